import Charts
import Markup

extension FigureMaker {
  /// `plot`: functions, their derivatives, or both side by side.
  func curves(_ groups: [RunGroup], hiding slider: String?) -> [any Chart] {
    guard case .plot(let plot)? = experiment.plans.first?.job else { return [] }
    if plot.isSchedules {
      return [lines(groups, "curves", slider, x: words.epoch, y: words.rate, isStep: true)]
    }
    var charts: [any Chart] = []
    if plot.derivatives != "only" {
      charts.append(lines(groups, "curves", slider, x: "$x$", y: "$f(x)$", isStep: false))
    }
    if plot.derivatives != "false" {
      charts.append(lines(groups, "derivatives", slider, x: "$x$", y: "$f'(x)$", isStep: false))
    }
    return charts
  }

  private func lines(
    _ groups: [RunGroup], _ table: String, _ slider: String?, x: String, y: String, isStep: Bool
  ) -> LineChart {
    var series: [LineChart.Series] = []
    for group in groups {
      let label = group.label(hiding: [slider])
      guard let table = group.runs.first?.table(table), let first = table.columns.first,
        case .numbers(let xs) = first.values
      else { continue }
      for column in table.columns.dropFirst() {
        guard case .numbers(let ys) = column.values else { continue }
        // Where only an argument varies, its value tells the curves apart; the name is the same.
        let isAlone = table.columns.count == 2 && !label.isEmpty
        let name = isAlone ? label : label.isEmpty ? column.name : "\(column.name), \(label)"
        series.append(LineChart.Series(name, x: xs, y: ys, isStep: isStep))
      }
    }
    return LineChart(
      series: series, x: Axis(x, format: isStep ? .whole : .automatic),
      y: Axis(y, scale: isStep ? .automatic : .linear))
  }
}

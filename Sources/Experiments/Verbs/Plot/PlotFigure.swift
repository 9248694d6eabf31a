import Charts
import Markup

extension FigureMaker {
  /// The charts of `plot`: functions, their derivatives, or both side by side.
  func curves(_ groups: [RunGroup], hiding slider: String?) -> [any Chart] {
    guard let plot = experiment.plans.first?.job(as: PlotJob.self) else { return [] }
    if plot.isSchedules {
      return [lines(groups, .values, slider, x: words.epoch, y: words.rate, isStep: true)]
    }
    var charts: [any Chart] = []
    if plot.derivatives != .only {
      charts.append(lines(groups, .values, slider, x: "$x$", y: "$f(x)$", isStep: false))
    }
    if plot.derivatives != .hidden {
      charts.append(lines(groups, .derivatives, slider, x: "$x$", y: "$f'(x)$", isStep: false))
    }
    return charts
  }

  private func lines(
    _ groups: [RunGroup], _ subject: RecordedCurves.Subject, _ slider: String?, x: String,
    y: String, isStep: Bool
  ) -> LineChart {
    var series: [LineChart.Series] = []
    for group in groups {
      let label = group.label(hiding: [slider])
      guard let curves = group.runs.first.flatMap({ RecordedCurves(of: subject, in: $0) }) else {
        continue
      }
      let functions = curves.functions
      for (function, values) in functions {
        // If only an argument varies, its value labels the curves, since the function's name is the
        // same.
        let isAlone = functions.count == 1 && !label.isEmpty
        let name = isAlone ? label : label.isEmpty ? function : "\(function), \(label)"
        series.append(LineChart.Series(name, x: curves.x, y: values, isStep: isStep))
      }
    }
    return LineChart(
      series: series, x: Axis(x, format: isStep ? .whole : .automatic),
      y: Axis(y, scale: isStep ? .automatic : .linear))
  }
}

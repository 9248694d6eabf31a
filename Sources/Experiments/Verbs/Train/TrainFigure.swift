import Charts
import DecimalText
import Localization
import Markup

extension FigureMaker {
  /// The charts of `train`: those of `show`, in order.
  ///
  /// - Parameter epoch: The epoch of the pictures in a frame of the slider; `nil` shows the last.
  func training(_ groups: [RunGroup], hiding slider: String?, epoch: Double?) -> [any Chart] {
    display.show.flatMap { show -> [any Chart] in
      switch show {
      case .loss: return histories(groups, slider, .loss, epoch)
      case .accuracy: return histories(groups, slider, .accuracy, epoch)
      case .schedule: return [schedule(groups, slider)]
      case .boundary: return Facets.sharingScales(groups.flatMap { boundaries($0, slider, epoch) })
      case .fit: return Facets.sharingScales(groups.flatMap { fits($0, slider, epoch) })
      case .gradients:
        return layerHistories(groups, slider, words.gradientNorm, .automatic, \.gradient)
      case .activations:
        return layerHistories(groups, slider, words.mean, .linear, \.mean)
          + layerHistories(groups, slider, words.variance, .automatic, \.variance)
      case .sparsity: return layerHistories(groups, slider, words.sparsity, .linear, \.sparsity)
      case .weights: return groups.flatMap { weights($0, slider) }
      case .confusion: return Facets.sharingScales(groups.flatMap { confusions($0, slider) })
      case .predictions: return groups.flatMap { predictions($0, slider) }
      case .filters: return groups.flatMap { filters($0, slider) }
      case .landscape: return groups.flatMap { landscapes($0, slider) }
      case .summary: return summaries(groups, slider)
      case .finals: return [finals(groups, slider)]
      case .table: return [finalTable(groups, slider)]
      default: return []
      }
    }
  }

  /// The frames of a slider that replays a training: one for each recorded epoch.
  func epochFrames(_ groups: [RunGroup]) -> [Figure.Frame] {
    let run = groups.first?.runs.first
    let epochs =
      run?.table(BoundaryFrameTable.self)?.epoch ?? run?.table(FitTable.self)?.epoch ?? []
    var seen: [Double] = []
    for epoch in epochs where !seen.contains(epoch) { seen.append(epoch) }
    guard !seen.isEmpty else {
      return [Figure.Frame("", training(groups, hiding: nil, epoch: nil))]
    }
    return seen.map { epoch in
      Figure.Frame(shortest(epoch), training(groups, hiding: nil, epoch: epoch))
    }
  }

  // MARK: Over the epochs

  /// Loss or accuracy by epoch. One run: training and held-out samples. Several: a line for each
  /// value of the first variable, a panel for each combination of the others; accuracy of held-out
  /// samples if there are any.
  private func histories(
    _ groups: [RunGroup], _ slider: String?, _ quantity: HistoryQuantity, _ epoch: Double?
  ) -> [any Chart] {
    let isLoss = quantity == .loss
    let first = groups.compactMap { $0.runs.first?.table(HistoryTable.self) }
    let hasTest = first.contains { quantity.ofTest($0) != nil }
    guard first.contains(where: { quantity.ofTraining($0) != nil }) else { return [] }
    let rules: [LineChart.Rule] = epoch.map { [.init(.vertical, at: $0, shortest($0))] } ?? []
    let y = Axis(
      isLoss ? words.loss : words.accuracy, scale: isLoss ? scale(.automatic) : .linear,
      format: isLoss ? .automatic : .percent)
    var charts: [LineChart] = []
    for facet in facets(groups, hiding: slider) {
      var series: [LineChart.Series] = []
      var title = facet.title
      if facet.groups.count == 1, let group = facet.groups.first {
        let label = group.label(hiding: [slider] + experiment.variables.map(\.name))
        series.append(self.series(joined(label, words.training), group, quantity.ofTraining))
        if hasTest {
          series.append(
            self.series(
              joined(label, words.heldOut), group, quantity.ofTest, Style(dash: .long)))
        }
      } else {
        let column = isLoss || !hasTest ? quantity.ofTraining : quantity.ofTest
        title = joined(
          facet.title,
          isLoss ? words.trainingLoss : hasTest ? words.testAccuracy : words.trainingAccuracy)
        let color = colorVariable(hiding: slider)?.name
        for group in facet.groups {
          let name = group.variables.first { $0.name == color }?.value ?? ""
          series.append(self.series(name, group, column))
        }
      }
      charts.append(
        LineChart(
          title, series: series, x: Axis(words.epoch, format: .whole), y: y, rules: rules))
    }
    return LineChart.sharingScales(charts)
  }

  /// A column of the history averaged over the repeats, with a band of one standard deviation.
  private func series(
    _ name: String, _ group: RunGroup, _ column: (HistoryTable) -> [Double]?,
    _ style: Style = Style()
  ) -> LineChart.Series {
    let tables = group.runs.compactMap { $0.table(HistoryTable.self) }
    let columns = tables.compactMap(column)
    let longest = columns.map(\.count).max() ?? 0
    let x = tables.map(\.epoch).max { $0.count < $1.count } ?? []
    guard columns.count > 1 else {
      return LineChart.Series(name, x: x, y: columns.first ?? x.map { _ in .nan }, style: style)
    }
    var mean: [Double] = []
    var lower: [Double] = []
    var upper: [Double] = []
    for index in 0..<longest {
      // Runs that ended early, by stopping or diverging, are no longer included.
      let values = columns.filter { index < $0.count }.map { $0[index] }
      let spread = Spread(values)
      mean.append(spread.mean)
      lower.append(max(spread.mean - spread.deviation, values.min() ?? spread.mean))
      upper.append(spread.mean + spread.deviation)
    }
    return LineChart.Series(
      name, x: x, y: mean, band: .init(lower: lower, upper: upper), style: style)
  }

  private func schedule(_ groups: [RunGroup], _ slider: String?) -> LineChart {
    let series = groups.compactMap { group -> LineChart.Series? in
      guard let table = group.runs.first?.table(RateTable.self) else { return nil }
      return LineChart.Series(
        group.label(hiding: [slider]), x: table.epoch, y: table.rate, isStep: true)
    }
    return LineChart(
      words.rate, series: series, x: Axis(words.epoch, format: .whole),
      y: Axis(words.rate, scale: .automatic))
  }

  /// A statistic of each layer by epoch: a panel for each run, a line for each layer.
  private func layerHistories(
    _ groups: [RunGroup], _ slider: String?, _ title: String, _ usual: Axis.Scale,
    _ column: (LayerHistoryTable) -> [Double]
  ) -> [any Chart] {
    let charts = groups.compactMap { group -> LineChart? in
      guard let table = group.runs.first?.table(LayerHistoryTable.self) else { return nil }
      let values = column(table)
      var numbers: [Double] = []
      for layer in table.layer where !numbers.contains(layer) { numbers.append(layer) }
      let series = numbers.map { number in
        let rows = table.layer.indices.filter { table.layer[$0] == number }
        return LineChart.Series(
          "\(words.layer) \(shortest(number))", x: rows.map { table.epoch[$0] },
          y: rows.map { values[$0] })
      }
      return LineChart(
        joined(group.label(hiding: [slider]), title), series: series,
        x: Axis(words.epoch, format: .whole), y: Axis(title, scale: scale(usual)))
    }
    return LineChart.sharingScales(charts)
  }

  // MARK: At the end

  /// The final accuracy if there are classes, otherwise the loss; of held-out samples if there are
  /// any. A box over the repeats for each setting; with a second variable, or without repeats, a
  /// bar.
  private func finals(_ groups: [RunGroup], _ slider: String?) -> any Chart {
    let metrics: [(MetricKey, String)] = [
      (.testAccuracy, words.testAccuracy), (.accuracy, words.trainingAccuracy),
      (.testLoss, words.testLoss), (.loss, words.trainingLoss),
    ]
    let (metric, title) =
      metrics.first { key, _ in groups.contains { $0.spread(key) != nil } } ?? metrics[3]
    let isShare = metric.isAccuracy
    func samples(_ group: RunGroup) -> [Double] { group.runs.compactMap { $0.metric(metric) } }
    let facets = facets(groups, hiding: slider)
    let hasRepeats = groups.contains { $0.runs.count > 1 }
    let color = colorVariable(hiding: slider)?.name
    func value(of group: RunGroup) -> String {
      group.variables.first { $0.name == color }?.value ?? ""
    }
    if facets.count == 1, hasRepeats {
      return BoxChart(
        groups: groups.map { BoxChart.Group(value(of: $0), samples($0)) },
        groupLabel: color ?? "", value: Axis(title, format: isShare ? .percent : .automatic))
    }
    let axis = Axis(title, format: isShare ? .percent : .automatic, includesZero: true)
    func series(_ name: String, _ groups: [RunGroup]) -> BarChart.Series {
      let spreads = groups.map { $0.spread(metric) }
      return BarChart.Series(
        name, spreads.map { $0?.mean ?? .nan },
        errors: hasRepeats ? spreads.map { $0?.deviation ?? .nan } : nil)
    }
    guard facets.count > 1 else {
      return BarChart(
        categories: groups.map(value), series: [series("", groups)], categoryLabel: color ?? "",
        value: axis)
    }
    var names: [String] = []
    for group in groups where !names.contains(value(of: group)) { names.append(value(of: group)) }
    return BarChart(
      categories: facets.map(\.title),
      series: names.map { name in
        series(name, facets.compactMap { $0.groups.first { value(of: $0) == name } })
      }, value: axis)
  }

  // MARK: Tables

  private func summaries(_ groups: [RunGroup], _ slider: String?) -> [any Chart] {
    groups.compactMap { group in
      guard let table = group.runs.first?.table(SummaryTable.self) else { return nil }
      var rows = table.layerName.indices.map { index -> [TableChart.Cell] in
        [
          .text(table.layerName[index]), .text(table.output[index]),
          .number(table.parameters[index]), .number(table.multiplyAdds[index]),
        ]
      }
      rows.append([
        .text("Σ"), .empty, .number(table.parameters.reduce(0, +)),
        .number(table.multiplyAdds.reduce(0, +)),
      ])
      return TableChart(
        group.label(hiding: [slider]),
        columns: [
          .init(words.layer), .init(words.shape), .init(words.parameters, format: .whole),
          .init(words.multiplyAdds, format: .whole),
        ], rows: rows)
    }
  }

  /// The final numbers. One run: a row for each set of samples. Several: a row for each combination
  /// of variables.
  private func finalTable(_ groups: [RunGroup], _ slider: String?) -> TableChart {
    let hasAccuracy = groups.contains { $0.spread(.accuracy) != nil }
    let hasTest = groups.contains { $0.spread(.testLoss) != nil }
    if experiment.variables.isEmpty, let group = groups.first {
      return setTable(group, hasAccuracy: hasAccuracy, hasTest: hasTest)
    }
    return sweepTable(groups, slider, hasAccuracy: hasAccuracy, hasTest: hasTest)
  }

  private func setTable(_ group: RunGroup, hasAccuracy: Bool, hasTest: Bool) -> TableChart {
    func row(_ name: String, _ loss: MetricKey, _ accuracy: MetricKey) -> [TableChart.Cell] {
      [.text(name), cell(group, loss)] + (hasAccuracy ? [cell(group, accuracy)] : [])
    }
    var rows = [row(words.training, .trainLoss, .trainAccuracy)]
    if hasTest { rows.append(row(words.heldOut, .testLoss, .testAccuracy)) }
    let accuracy: [TableChart.Column] =
      hasAccuracy ? [.init(words.accuracy, format: .percent, decimals: 1)] : []
    return TableChart(columns: [.init(""), .init(words.loss)] + accuracy, rows: rows)
  }

  /// A row for each combination of variables, with mean ± standard deviation over the repeats and
  /// the best in bold.
  private func sweepTable(
    _ groups: [RunGroup], _ slider: String?, hasAccuracy: Bool, hasTest: Bool
  ) -> TableChart {
    var columns = experiment.variables.filter { $0.name != slider }.map {
      TableChart.Column($0.name)
    }
    var metrics: [(MetricKey, String, TableChart.Best)] = [
      (.trainLoss, words.trainingLoss, .minimum)
    ]
    if hasTest { metrics.append((.testLoss, words.testLoss, .minimum)) }
    if hasAccuracy { metrics.append((.trainAccuracy, words.trainingAccuracy, .maximum)) }
    if hasAccuracy, hasTest { metrics.append((.testAccuracy, words.testAccuracy, .maximum)) }
    let epochs = Set(groups.flatMap(\.runs).compactMap { $0.metric(.epochs) })
    if epochs.count > 1 { metrics.append((.epochs, words.epoch, .none)) }
    for (key, title, best) in metrics {
      columns.append(
        .init(
          title, format: key.isAccuracy ? .percent : .automatic,
          decimals: key.isAccuracy ? 1 : nil, best: best))
    }
    let rows = groups.map { group in
      group.variables.filter { $0.name != slider }.map { TableChart.Cell.text($0.value) }
        + metrics.map { cell(group, $0.0) }
    }
    return TableChart(columns: columns, rows: rows)
  }

  private func cell(_ group: RunGroup, _ key: MetricKey) -> TableChart.Cell {
    if let epoch = group.divergedEpoch, key == .trainLoss || key == .testLoss {
      return .text(words(.diverged(epoch: epoch)))
    }
    guard let spread = group.spread(key) else { return .empty }
    return spread.count > 1 ? .spread(spread.mean, spread.deviation) : .number(spread.mean)
  }
}

/// A quantity of the history, for training and for held-out samples.
private enum HistoryQuantity {
  case loss, accuracy

  func ofTraining(_ history: HistoryTable) -> [Double]? {
    self == .loss ? history.trainLoss : history.trainAccuracy
  }

  func ofTest(_ history: HistoryTable) -> [Double]? {
    self == .loss ? history.testLoss : history.testAccuracy
  }
}

extension MetricKey {
  /// Whether the number is a fraction that is shown as a percentage.
  fileprivate var isAccuracy: Bool {
    [.accuracy, .trainAccuracy, .testAccuracy].contains(self)
  }
}

extension LayerHistoryTable {
  /// The fraction of outputs that are 0.
  fileprivate var sparsity: [Double] { active.map { 1 - $0 } }
}

import Charts
import DecimalText
import Localization
import Markup

extension FigureMaker {
  /// The charts of `signal`: statistics through the depth of the network.
  func signal(_ groups: [RunGroup], hiding slider: String?) -> [any Chart] {
    display.show.flatMap { show -> [any Chart] in
      switch show {
      case .variance: return depth(groups, slider, \.variance, words.variance, .automatic)
      case .mean: return depth(groups, slider, \.mean, words.mean, .linear)
      case .saturation: return depth(groups, slider, \.saturated, words.saturated, .linear)
      case .active: return depth(groups, slider, \.active, words.active, .linear)
      case .gradients: return depth(groups, slider, \.gradient, words.gradientNorm, .automatic)
      case .outputs: return groups.compactMap { ridges($0, slider, .outputs, words.output) }
      case .deltas: return groups.compactMap { ridges($0, slider, .deltas, words.gradient) }
      case .table: return [signalTable(groups, slider)]
      default: return []
      }
    }
  }

  /// A statistic by layer, with a line for each value of the first variable.
  private func depth(
    _ groups: [RunGroup], _ slider: String?, _ column: KeyPath<SignalTable, [Double]>,
    _ title: String, _ usual: Axis.Scale
  ) -> [any Chart] {
    let color = colorVariable(hiding: slider)?.name
    let isShare = column == \.saturated || column == \.active
    let charts = facets(groups, hiding: slider).map { facet in
      let series = facet.groups.compactMap { group -> LineChart.Series? in
        let name = group.variables.first { $0.name == color }?.value ?? title
        let tables = group.runs.compactMap { $0.table(SignalTable.self) }
        guard let layers = tables.first?.layer else { return nil }
        let columns = tables.map { $0[keyPath: column] }
        let spreads = layers.indices.map { index in Spread(columns.map { $0[index] }) }
        var series = LineChart.Series(
          name, x: layers, y: spreads.map(\.mean), showsPoints: layers.count <= 40)
        if columns.count > 1 {
          series.band = .init(
            lower: layers.indices.map { index in
              max(
                spreads[index].mean - spreads[index].deviation,
                columns.map { $0[index] }.min() ?? spreads[index].mean)
            }, upper: spreads.map { $0.mean + $0.deviation })
        }
        return series
      }
      return LineChart(
        joined(facet.title, title), series: series, x: Axis(words.layer, format: .whole),
        y: Axis(title, scale: scale(usual), format: isShare ? .percent : .automatic),
        naming: groups.count == 1 ? .none : .automatic)
    }
    return LineChart.sharingScales(charts)
  }

  private func ridges(
    _ group: RunGroup, _ slider: String?, _ subject: RecordedHistograms.Subject, _ axis: String
  ) -> RidgelineChart? {
    guard let run = group.runs.first, let layers = run.table(SignalTable.self)?.layer,
      let bins = RecordedHistograms(of: subject, in: run)?.bins, bins.count == layers.count
    else { return nil }
    // More than a dozen ridges cannot be distinguished: evenly chosen ones, with the first and the
    // last.
    let count = min(12, bins.count)
    let chosen = (0..<count).map { count == 1 ? 0 : $0 * (bins.count - 1) / (count - 1) }
    return RidgelineChart(
      group.label(hiding: [slider]),
      ridges: chosen.map { .init(shortest(layers[$0]), bins[$0]) }, ridgeLabel: words.layer,
      x: Axis(axis))
  }

  /// One run: a row for each layer. Several: a row for each, with its first and last layer.
  private func signalTable(_ groups: [RunGroup], _ slider: String?) -> TableChart {
    if experiment.variables.isEmpty, let table = groups.first?.runs.first?.table(SignalTable.self) {
      return layerTable(table)
    }
    return endsTable(groups, slider)
  }

  private func layerTable(_ table: SignalTable) -> TableChart {
    let shown: [(title: String, values: [Double], format: Axis.Format, decimals: Int?)] = [
      (words.mean, table.mean, .automatic, nil), (words.variance, table.variance, .automatic, nil),
      (words.saturated, table.saturated, .percent, 1),
      (words.gradientNorm, table.gradient, .automatic, nil),
      (words.distinct, table.distinct, .whole, nil),
    ]
    let rows = table.layerName.indices.map { row in
      [TableChart.Cell.number(Double(row + 1)), .text(table.layerName[row])]
        + shown.map { .number($0.values[row]) }
    }
    return TableChart(
      columns: [.init("", format: .whole), .init(words.layer)]
        + shown.map { .init($0.title, format: $0.format, decimals: $0.decimals) }, rows: rows)
  }

  private func endsTable(_ groups: [RunGroup], _ slider: String?) -> TableChart {
    var columns = experiment.variables.filter { $0.name != slider }.map {
      TableChart.Column($0.name)
    }
    let ends = [words(.firstLayer), words(.lastLayer)]
    for title in [words.variance, words.gradientNorm] {
      columns += ends.map { .init("\(title), \($0)") }
    }
    let rows = groups.map { group -> [TableChart.Cell] in
      var row = group.variables.filter { $0.name != slider }.map { TableChart.Cell.text($0.value) }
      let tables = group.runs.compactMap { $0.table(SignalTable.self) }
      for values in [tables.map(\.variance), tables.map(\.gradient)] {
        for end in [values.compactMap(\.first), values.compactMap(\.last)] {
          let spread = Spread(end)
          row.append(
            spread.count > 1 ? .spread(spread.mean, spread.deviation) : .number(spread.mean))
        }
      }
      return row
    }
    return TableChart(columns: columns, rows: rows)
  }
}

import Charts
import DecimalText
import Markup

extension FigureMaker {
  /// The charts of `dataset`: samples in the plane or as images, and a table of columns.
  func datasets(_ groups: [RunGroup]) -> [any Chart] {
    let charts = groups.flatMap { group -> [any Chart] in
      guard let run = group.runs.first else { return [] }
      let show =
        display.show.isEmpty
        ? (RecordedImages(in: run) == nil ? [.scatter, .columns] : [.images]) : display.show
      return show.flatMap { show -> [any Chart] in
        switch show {
        case .scatter: scatter(run, group)
        case .histograms: histograms(run, group)
        case .boxes: boxes(run, group)
        case .classes: classes(run, group)
        case .images: sampleImages(run, group)
        case .columns: columns(run, group)
        default: []
        }
      }
    }
    // Common axes show how the groups differ, even with other charts between them.
    var scatters = ScatterChart.sharingScales(charts.compactMap { $0 as? ScatterChart })[...]
    return charts.map { $0 is ScatterChart ? scatters.removeFirst() : $0 }
  }

  private func scatter(_ run: Run, _ group: RunGroup) -> [any Chart] {
    guard let points = RecordedPoints(in: run) else { return [] }
    let classes = points.classes
    let features = points.features
    let wanted = display[.axes].compactMap { name in features.first { $0.name == name } }
    let axes = wanted.count == 2 ? wanted : Array(features.prefix(2))
    guard let first = axes.first else { return [] }
    let x = first.values
    guard axes.count == 2 else { return distributions(first.name, x, classes, run, group) }
    let y = axes[1].values
    let names = run.classNames
    let sets: [PointSet]
    if let classes {
      sets = (0..<max(1, names.count)).map { label in
        let rows = classes.indices.filter { Int(exactly: classes[$0]) == label }
        return PointSet(
          label < names.count ? names[label] : "\(label)", x: rows.map { x[$0] },
          y: rows.map { y[$0] }, style: Style(color: label))
      }
    } else {
      sets = [PointSet("", x: x, y: y)]
    }
    return [
      ScatterChart(
        group.label(hiding: []), sets: sets, x: Axis(Self.label(first.name)),
        y: Axis(Self.label(axes[1].name)),
        hasEqualUnits: classes != nil && features.count == 2)
    ]
  }

  /// A panel with the histogram of each column.
  private func histograms(_ run: Run, _ group: RunGroup) -> [any Chart] {
    guard let points = RecordedPoints(in: run) else { return [] }
    return points.features.flatMap { name, values in
      distributions(name, values, points.classes, run, group)
    }
  }

  /// A panel for each column with a box for each class; one panel for all columns if there are no
  /// classes.
  private func boxes(_ run: Run, _ group: RunGroup) -> [any Chart] {
    let points = RecordedPoints(in: run)
    let features = points?.features ?? []
    let title = group.label(hiding: [])
    guard let classes = points?.classes, let names = run.table(ClassTable.self)?.className else {
      return [
        BoxChart(title, groups: features.map { BoxChart.Group($0.name, $0.values) })
      ]
    }
    return features.map { name, values in
      BoxChart(
        title,
        groups: names.indices.map { label in
          let rows = classes.indices.filter { Int(exactly: classes[$0]) == label }
          return BoxChart.Group(
            names[label], rows.map { values[$0] }, style: Style(color: label))
        }, groupLabel: words.truth, value: Axis(Self.label(name)))
    }
  }

  private func classes(_ run: Run, _ group: RunGroup) -> [any Chart] {
    guard let table = run.table(ClassTable.self), let counts = table.samples else { return [] }
    return [
      BarChart(
        group.label(hiding: []), categories: table.className, series: [BarChart.Series("", counts)],
        categoryLabel: words.truth,
        value: Axis(words.samples, format: .whole, includesZero: true))
    ]
  }

  /// The distribution of one feature, by class.
  private func distributions(
    _ name: String, _ x: [Double], _ classes: [Double]?, _ run: Run, _ group: RunGroup
  ) -> [any Chart] {
    guard let low = x.min(), let high = x.max(), low < high else { return [] }
    let count = 24
    let edges = (0...count).map { low + (high - low) * Double($0) / Double(count) }
    let names = run.table(ClassTable.self)?.className ?? [""]
    let series = names.indices.map { label -> Histogram.Series in
      var counts = [Double](repeating: 0, count: count)
      for index in x.indices where classes.map({ Int(exactly: $0[index]) == label }) ?? true {
        let share = (x[index] / 2 - low / 2) / (high / 2 - low / 2)
        counts[min(count - 1, max(0, Int(clamped: share * Double(count))))] += 1
      }
      return Histogram.Series(names[label], Bins(edges: edges, counts: counts))
    }
    return [Histogram(group.label(hiding: []), series: series, x: Axis(Self.label(name)))]
  }

  /// A column's label as mathematics: `x1` is $x_1$.
  private static func label(_ name: String) -> String {
    let number = name.dropFirst()
    return name.hasPrefix("x") && !number.isEmpty && number.allSatisfy(\.isNumber)
      ? "$x_{\(number)}$" : name
  }

  private func sampleImages(_ run: Run, _ group: RunGroup) -> [any Chart] {
    guard let recorded = RecordedImages(in: run) else { return [] }
    let labels = recorded.labels?.label
    let names = run.classNames
    let images = Self.images(recorded.images, limit: 40) { index in
      let label = labels.flatMap { $0.indices.contains(index) ? Int(exactly: $0[index]) : nil }
      return (label.map { names.indices.contains($0) ? names[$0] : "\($0)" } ?? "", .none)
    }
    return images.isEmpty ? [] : [ImageGrid(group.label(hiding: []), images: images)]
  }

  private func columns(_ run: Run, _ group: RunGroup) -> [any Chart] {
    guard let table = run.table(ColumnTable.self) else { return [] }
    let numbers = [table.mean, table.deviation, table.lowest, table.highest]
    let rows = table.columnName.indices.map { row -> [TableChart.Cell] in
      [.text(table.columnName[row])] + numbers.map { .number($0[row]) }
    }
    return [
      TableChart(
        group.label(hiding: []),
        columns: [
          .init(words.name), .init(words.average), .init(words.deviation), .init(words.minimum),
          .init(words.maximum),
        ], rows: rows)
    ]
  }
}

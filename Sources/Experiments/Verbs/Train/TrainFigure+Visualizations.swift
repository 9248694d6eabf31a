import Charts
import DecimalText

/// Pictures of a training: planes, fits, images, matrices. Of several repeats, the first is shown.
extension FigureMaker {
  func boundaries(_ group: RunGroup, _ slider: String?, _ epoch: Double?) -> [any Chart] {
    guard let run = group.runs.first, let boundary = RecordedBoundary(in: run),
      let plane = boundary.ranges.plane
    else { return [] }
    let epochs = boundary.frames.epoch
    let frame = epoch.flatMap { epochs.firstIndex(of: $0) } ?? epochs.count - 1
    let names = run.classNames
    var chart = BoundaryChart(
      joined(group.label(hiding: [slider])),
      fields: Self.fields(of: boundary, frame, plane, classes: max(2, names.count)),
      classNames: names, points: Self.points(of: boundary, names))
    if chart.title.isEmpty, display.show.count > 1 { chart.title = words.decisionBoundary }
    return [chart]
  }

  /// The probability of each class over the plane; for two classes, of the second only.
  private static func fields(
    of boundary: RecordedBoundary, _ frame: Int, _ plane: RangeColumns.Plane, classes: Int
  ) -> [Field] {
    let (rows, columns) = (boundary.shares.shape[1], boundary.shares.shape[2])
    // The values belong to the middles of cells.
    func middles(_ axis: (low: Double, high: Double), _ count: Int) -> ClosedRange<Double> {
      let half = (axis.high - axis.low) / Double(2 * count)
      return .init(spanning: axis.low + half, axis.high - half)
    }
    let shares = boundary.probabilities(of: frame)
    let winners = boundary.classes.map { $0.values[boundary.cells(of: frame)] }
    return (classes == 2 ? [1] : Array(0..<classes)).map { label in
      // The grid has the winning class and its probability; the rest is divided evenly among the
      // others.
      let values: [Double] =
        if let winners, classes > 2 {
          zip(winners, shares).map { winner, share in
            Int(exactly: winner) == label ? share : (1 - share) / Double(classes - 1)
          }
        } else {
          shares
        }
      return Field(
        columns: columns, rows: rows, x: middles(plane.x, columns), y: middles(plane.y, rows),
        values: values)
    }
  }

  private static func points(of boundary: RecordedBoundary, _ names: [String]) -> [PointSet] {
    let points = boundary.points
    return (0..<max(2, names.count)).map { label in
      let indices = points.label.indices.filter { Int(exactly: points.label[$0]) == label }
      return PointSet(
        label < names.count ? names[label] : "\(label)", x: indices.map { points.x[$0] },
        y: indices.map { points.y[$0] }, style: Style(color: label))
    }
  }

  func fits(_ group: RunGroup, _ slider: String?, _ epoch: Double?) -> [any Chart] {
    guard let fit = group.runs.first.flatMap({ RecordedFit(in: $0) }) else { return [] }
    let (curves, points) = (fit.curves, fit.points)
    let shown = epoch ?? curves.epoch.max() ?? 0
    let indices = curves.epoch.indices.filter { curves.epoch[$0] == shown }
    var sets: [PointSet] = []
    for (name, flag) in [(words.training, 0.0), (words.heldOut, 1.0)] {
      let chosen = points.heldOut.indices.filter { points.heldOut[$0] == flag }
      guard !chosen.isEmpty else { continue }
      sets.append(
        PointSet(
          name, x: chosen.map { points.x[$0] }, y: chosen.map { points.y[$0] },
          style: Style(color: Int(clamped: flag) + 1)))
    }
    return [
      LineChart(
        group.label(hiding: [slider]),
        series: [
          LineChart.Series(
            words.fit, x: indices.map { curves.x[$0] }, y: indices.map { curves.y[$0] },
            style: Style(color: 0))
        ], x: Axis("$x$"), y: Axis("$y$"), points: sets)
    ]
  }

  func landscapes(_ group: RunGroup, _ slider: String?) -> [any Chart] {
    guard let landscape = group.runs.first.flatMap({ RecordedLandscape(in: $0) }),
      let plane = landscape.ranges.plane
    else { return [] }
    let (grid, trajectory) = (landscape.losses, landscape.trajectory)
    let axes =
      landscape.parameters?.parameter ?? [words.firstDirection, words.secondDirection]
    guard axes.count == 2 else { return [] }
    let label = group.label(hiding: [slider])
    return [
      ContourChart(
        label.isEmpty && display.show.count > 1 ? words.lossLandscape : label,
        field: Field(
          columns: grid.shape[1], rows: grid.shape[0],
          x: .init(spanning: plane.x.low, plane.x.high),
          y: .init(spanning: plane.y.low, plane.y.high), values: grid.values),
        paths: [
          LineChart.Series(words.way, x: trajectory.x, y: trajectory.y, style: Style(color: 1))
        ],
        x: Axis(axes[0]), y: Axis(axes[1]), valueName: words.loss)
    ]
  }

  func weights(_ group: RunGroup, _ slider: String?) -> [any Chart] {
    guard let run = group.runs.first, let table = run.table(WeightTable.self),
      let before = RecordedHistograms(of: .weightsBefore, in: run)?.bins,
      let after = RecordedHistograms(of: .weightsAfter, in: run)?.bins,
      before.count == table.layer.count, after.count == table.layer.count
    else { return [] }
    return before.indices.map { index in
      Histogram(
        joined(group.label(hiding: [slider]), "\(words.layer) \(index + 1)"),
        series: [
          .init(words.weightsBefore, Self.coarsened(before[index])),
          .init(words.weightsAfter, Self.coarsened(after[index])),
        ], x: Axis(words.weight))
    }
  }

  /// Merges bins until there are at most 3·∛n of them for n numbers, 1.5 times Rice's rule for one
  /// distribution: a few dozen weights in forty bins look like a comb.
  private static func coarsened(_ bins: Bins) -> Bins {
    let cube = max(27 * bins.counts.reduce(0, +), 125)
    func isFew(_ factor: Int) -> Bool {
      let left = Double(bins.counts.count / factor)
      return left * left * left <= cube
    }
    let factor = [1, 2, 4, 5, 8].first(where: isFew) ?? 8
    guard factor > 1, bins.counts.count.isMultiple(of: factor) else { return bins }
    let starts = stride(from: 0, to: bins.counts.count, by: factor)
    return Bins(
      edges: stride(from: 0, to: bins.edges.count, by: factor).map { bins.edges[$0] },
      counts: starts.map { bins.counts[$0..<$0 + factor].reduce(0, +) })
  }

  func confusions(_ group: RunGroup, _ slider: String?) -> [any Chart] {
    guard let confusion = group.runs.first.flatMap({ RecordedConfusion(in: $0) }) else {
      return []
    }
    let names = confusion.names.className
    return [
      HeatMap(
        joined(group.label(hiding: [slider]), words.confusion), rows: names.count,
        columns: names.count, values: confusion.counts.values, rowNames: names, columnNames: names,
        rowLabel: words.truth, columnLabel: words.predicted, format: .whole)
    ]
  }

  func predictions(_ group: RunGroup, _ slider: String?) -> [any Chart] {
    guard let run = group.runs.first, let recorded = RecordedPredictions(in: run) else {
      return []
    }
    let (labels, predicted) = (recorded.predictions.label, recorded.predictions.predicted)
    let names = run.classNames
    func name(_ label: Double) -> String {
      guard let place = Int(exactly: label), names.indices.contains(place) else {
        return shortest(label)
      }
      return names[place]
    }
    let images = Self.images(recorded.inputs, limit: 40) { index in
      let isRight = labels[index] == predicted[index]
      return (
        isRight ? name(labels[index]) : "\(name(labels[index])) → \(name(predicted[index]))",
        isRight ? .right : .wrong
      )
    }
    guard !images.isEmpty else { return [] }
    return [ImageGrid(joined(group.label(hiding: [slider]), words.predictions), images: images)]
  }

  func filters(_ group: RunGroup, _ slider: String?) -> [any Chart] {
    guard let filters = group.runs.first.flatMap({ RecordedFilters(in: $0) }) else { return [] }
    let images = Self.images(filters.weights, limit: 64) { _ in ("", .none) }
    guard !images.isEmpty else { return [] }
    return [
      ImageGrid(
        joined(group.label(hiding: [slider]), words.filters), images: images, tone: .signed)
    ]
  }
}

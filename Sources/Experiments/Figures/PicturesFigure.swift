import Charts
import DecimalText

/// What a training shows in pictures: planes, fits, images, matrices. Of repeats the first is shown.
extension FigureMaker {
  func boundaries(_ group: RunGroup, _ slider: String?, _ epoch: Double?) -> [any Chart] {
    guard let run = group.runs.first, let ranges = run.table("boundary.range"),
      let low = ranges.numbers("low"), let high = ranges.numbers("high"),
      let shares = run.grid("boundary"),
      let frames = run.table("boundary.epochs"), let epochs = frames.numbers("epoch"),
      let least = frames.numbers("least"), let greatest = frames.numbers("greatest"),
      shares.shape.count == 3, shares.shape[0] == epochs.count, low.count == 2, high.count == 2,
      low[0] < high[0], low[1] < high[1], !epochs.isEmpty
    else { return [] }
    let frame = epoch.flatMap { epochs.firstIndex(of: $0) } ?? epochs.count - 1
    let rows = shares.shape[1]
    let columns = shares.shape[2]
    let classes = run.grid("boundary.class").flatMap { $0.shape == shares.shape ? $0 : nil }
    let start = frame * rows * columns
    let names = run.table("classes")?.words("name") ?? []
    let count = max(2, names.count)
    let span = start..<start + rows * columns
    // The numbers are of the middles of cells.
    func middles(_ axis: Int, _ count: Int) -> ClosedRange<Double> {
      let half = (high[axis] - low[axis]) / Double(2 * count)
      return .init(spanning: low[axis] + half, high[axis] - half)
    }
    let fields = (count == 2 ? [1] : Array(0..<count)).map { label in
      // The grid knows the winning class and its probability; the rest is shared evenly by the others.
      Field(
        columns: columns, rows: rows, x: middles(0, columns), y: middles(1, rows),
        values: span.map { index in
          let share =
            least[frame] + (greatest[frame] - least[frame]) * shares.values[index] / 1000
          guard let classes, count > 2 else { return share }
          return Int(exactly: classes.values[index]) == label
            ? share : (1 - share) / Double(count - 1)
        })
    }
    var chart = BoundaryChart(
      joined(group.label(hiding: [slider])), fields: fields, classNames: names,
      points: points(of: run, names))
    if chart.title.isEmpty, display.show.count > 1 { chart.title = words.decisionBoundary }
    return [chart]
  }

  private func points(of run: Run, _ names: [String]) -> [PointSet] {
    guard let table = run.table("boundary.points"), let x = table.numbers("x"),
      let y = table.numbers("y"), let classes = table.numbers("class")
    else { return [] }
    return (0..<max(2, names.count)).map { label in
      let indices = classes.indices.filter { Int(exactly: classes[$0]) == label }
      return PointSet(
        label < names.count ? names[label] : "\(label)", x: indices.map { x[$0] },
        y: indices.map { y[$0] }, style: Style(color: label))
    }
  }

  func fits(_ group: RunGroup, _ slider: String?, _ epoch: Double?) -> [any Chart] {
    guard let run = group.runs.first, let fit = run.table("fit"), let epochs = fit.numbers("epoch"),
      let x = fit.numbers("x"), let y = fit.numbers("y")
    else { return [] }
    let shown = epoch ?? epochs.max() ?? 0
    let indices = epochs.indices.filter { epochs[$0] == shown }
    var sets: [PointSet] = []
    if let points = run.table("fit.points"), let px = points.numbers("x"),
      let py = points.numbers("y"), let isTest = points.numbers("held.out")
    {
      for (name, flag) in [(words.training, 0.0), (words.heldOut, 1.0)] {
        let chosen = isTest.indices.filter { isTest[$0] == flag }
        guard !chosen.isEmpty else { continue }
        sets.append(
          PointSet(
            name, x: chosen.map { px[$0] }, y: chosen.map { py[$0] },
            style: Style(color: Int(clamped: flag) + 1)))
      }
    }
    return [
      LineChart(
        group.label(hiding: [slider]),
        series: [
          LineChart.Series(
            words.fit, x: indices.map { x[$0] }, y: indices.map { y[$0] }, style: Style(color: 0))
        ], x: Axis("$x$"), y: Axis("$y$"), points: sets)
    ]
  }

  func landscapes(_ group: RunGroup, _ slider: String?) -> [any Chart] {
    guard let run = group.runs.first, let ranges = run.table("landscape.range"),
      let low = ranges.numbers("low"), let high = ranges.numbers("high"),
      low.count == 2, high.count == 2, low[0] < high[0], low[1] < high[1],
      let grid = run.grid("landscape"), grid.shape.count == 2,
      let way = run.table("landscape.way"), let x = way.numbers("x"), let y = way.numbers("y")
    else { return [] }
    let axes =
      run.table("landscape.axes")?.words("name") ?? [words.firstDirection, words.secondDirection]
    guard axes.count == 2 else { return [] }
    let label = group.label(hiding: [slider])
    return [
      ContourChart(
        label.isEmpty && display.show.count > 1 ? words.lossLandscape : label,
        field: Field(
          columns: grid.shape[1], rows: grid.shape[0], x: .init(spanning: low[0], high[0]),
          y: .init(spanning: low[1], high[1]),
          values: grid.values),
        paths: [LineChart.Series(words.way, x: x, y: y, style: Style(color: 1))],
        x: Axis(axes[0]), y: Axis(axes[1]), valueName: words.loss)
    ]
  }

  func weights(_ group: RunGroup, _ slider: String?) -> [any Chart] {
    guard let run = group.runs.first, let names = run.table("weights")?.words("name") else {
      return []
    }
    let before = bins(run, "weights.before")
    let after = bins(run, "weights.after")
    guard before.count == names.count, after.count == names.count else { return [] }
    return names.indices.map { index in
      Histogram(
        joined(group.label(hiding: [slider]), "\(words.layer) \(index + 1)"),
        series: [
          .init(words.weightsBefore, Self.coarsened(before[index])),
          .init(words.weightsAfter, Self.coarsened(after[index])),
        ], x: Axis(words.weight))
    }
  }

  /// Intervals joined until there are no more of them than three times the cube root of how many numbers
  /// there are, half again what Rice's rule has for one distribution: a few dozen weights in forty intervals are a comb.
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

  /// Histograms as ``Run/add(_:named:)`` stored them.
  func bins(_ run: Run, _ name: String) -> [Bins] {
    guard let table = run.table("\(name).range"), let low = table.numbers("low"),
      let high = table.numbers("high"), let grid = run.grid("\(name).counts"),
      grid.shape.count == 2, grid.shape[0] == low.count
    else { return [] }
    let count = grid.shape[1]
    return low.indices.map { row in
      let edges = (0...count).map { bin in
        low[row] + (high[row] - low[row]) * Double(bin) / Double(count)
      }
      return Bins(edges: edges, counts: Array(grid.values[row * count..<(row + 1) * count]))
    }
  }

  func confusions(_ group: RunGroup, _ slider: String?) -> [any Chart] {
    guard let run = group.runs.first, let grid = run.grid("confusion"),
      let names = run.table("confusion.names")?.words("name"),
      grid.shape == [names.count, names.count]
    else { return [] }
    return [
      HeatMap(
        joined(group.label(hiding: [slider]), words.confusion), rows: names.count,
        columns: names.count, values: grid.values, rowNames: names, columnNames: names,
        rowLabel: words.truth, columnLabel: words.predicted, format: .whole)
    ]
  }

  func predictions(_ group: RunGroup, _ slider: String?) -> [any Chart] {
    guard let run = group.runs.first, let table = run.table("predictions"),
      let labels = table.numbers("label"), let predicted = table.numbers("predicted"),
      let grid = run.grid("predictions.input")
    else { return [] }
    let names = run.table("classes")?.words("name") ?? []
    func name(_ label: Double) -> String {
      guard let place = Int(exactly: label), names.indices.contains(place) else {
        return shortest(label)
      }
      return names[place]
    }
    let images = Self.images(grid, limit: 40) { index in
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
    guard let run = group.runs.first, let grid = run.grid("filters") else { return [] }
    let images = Self.images(grid, limit: 64) { _ in ("", .none) }
    guard !images.isEmpty else { return [] }
    return [
      ImageGrid(
        joined(group.label(hiding: [slider]), words.filters), images: images, tone: .signed)
    ]
  }

  /// Images out of a grid (N, H, W) or (N, C, H, W); of the channels one or three are shown.
  static func images(
    _ grid: Run.Grid, limit: Int, _ caption: (Int) -> (String, ImageGrid.Image.Mark)
  ) -> [ImageGrid.Image] {
    let shape = grid.shape.count == 3 ? [grid.shape[0], 1] + grid.shape[1...] : grid.shape
    guard shape.count == 4, shape.allSatisfy({ $0 > 0 }) else { return [] }
    let (channels, height, width) = (shape[1], shape[2], shape[3])
    let shown = channels >= 3 ? 3 : 1
    return (0..<min(shape[0], limit)).map { index in
      let (text, mark) = caption(index)
      return ImageGrid.Image(
        width: width, height: height,
        channels: (0..<shown).map { channel in
          let start = (index * channels + channel) * height * width
          return Array(grid.values[start..<start + height * width])
        }, caption: text, mark: mark)
    }
  }
}

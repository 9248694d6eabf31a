import Localization
import Markup

extension RidgelineChart {
  /// One row for each bin of each ridge: group, edges and count.
  package var data: DataTable {
    var names: [String] = []
    var lows: [Double] = []
    var highs: [Double] = []
    var counts: [Double] = []
    for ridge in ridges {
      for index in ridge.bins.counts.indices {
        names.append(ridge.name)
        lows.append(ridge.bins.edges[index])
        highs.append(ridge.bins.edges[index + 1])
        counts.append(ridge.bins.counts[index])
      }
    }
    return DataTable([
      .init(ridgeLabel.isEmpty ? "group" : ridgeLabel, .texts(names)),
      .init("from", .numbers(lows)), .init("to", .numbers(highs)), .init("count", .numbers(counts)),
    ])
  }

  /// Outlines from the top down, each overlapping the one above it, all equally high.
  package func draw(in context: DrawingContext) -> Drawing {
    var xs = Extent()
    for ridge in ridges where !ridge.bins.counts.isEmpty { xs.add(ridge.bins.edges) }
    let names = Categorical(ridges.map(\.name))
    let count = max(ridges.count, 1)
    let rowHeight = ridges.count > 12 ? 22 : 30
    // An extra row at the top leaves space for the first row's peak.
    let frame = Cartesian(
      xAxis: x, yAxis: Axis(ridgeLabel), x: x.resolved(for: xs, margin: 0),
      y: AxisScale(.linear, -0.15...(Double(count) + 0.75)), width: context.width,
      height: rowHeight * count + rowHeight, isFluid: true, names: names.names)
    var drawing = Drawing(frame.shape, title: title)
    var svg = MarkupWriter()
    frame.write(to: &svg) { svg in
      for (index, ridge) in ridges.enumerated() {
        // Each is scaled to its own maximum: readers compare shape and width, not counts.
        let bins = ridge.bins
        let densities = bins.counts.indices.map { at in
          let width = bins.edges[at + 1] - bins.edges[at]
          guard width > 0, bins.counts[at].isFinite else { return 0.0 }
          return min(bins.counts[at] / width, .greatestFiniteMagnitude)
        }
        let greatest = densities.max() ?? 0
        guard greatest > 0 else { continue }
        let base = Double(count - 1 - index)
        let foot = frame.plane.y(frame.y.position(base))
        var px: [Double] = []
        var py: [Double] = []
        let width = Double(frame.plane.width)
        let height = Double(frame.plane.height)
        for (at, density) in densities.enumerated() {
          let middle = bins.edges[at] / 2 + bins.edges[at + 1] / 2
          let position = min(max(frame.x.position(middle), 0), 1)
          px.append((position.isNaN ? 0 : position) * width)
          py.append((1 - frame.y.position(base + 1.6 * density / greatest)) * height)
        }
        let kept = Thinning.kept(px, py, in: 0..<px.count, tolerance: 0.25)
        var area = PathWriter()
        var line = PathWriter()
        let first = frame.units(px[0], 0).x
        area.move(to: first, foot)
        for (order, at) in kept.enumerated() {
          let unit = frame.units(px[at], py[at])
          area.line(to: unit.x, unit.y)
          if order == 0 { line.move(to: unit.x, unit.y) } else { line.line(to: unit.x, unit.y) }
        }
        area.line(to: frame.units(px[px.count - 1], 0).x, foot)
        area.close(startedAt: first, foot)
        svg.raw("<g class=\"c0\">")
        svg.path("ridge", area)
        svg.path("line thin", line)
        svg.raw("</g>")
      }
    }
    if xs.isEmpty { svg.noData(context.words) }
    drawing.body = svg.bytes
    drawing.name = context.words.over(x.label, ridgeLabel)
    drawing.description = description(context.words)
    drawing.script = PointerReadout.rows(
      along: .y,
      places: ridges.indices.map { 1 - frame.y.position(Double(count - 1 - $0) + 0.3) })
    drawing.table = summaryTable(context)
    return drawing
  }

  private func summaryTable(_ context: DrawingContext) -> [UInt8] {
    let moments = ridges.map { $0.bins.moments }
    return DataTable([
      .init(
        ridgeLabel.isEmpty ? context.words(.group) : ridgeLabel, .texts(ridges.map(\.name))),
      .init(context.words(.mean), .numbers(moments.map { $0?.mean ?? .nan })),
      .init(
        context.words(.standardDeviation),
        .numbers(moments.map { $0?.deviation ?? .nan })),
    ]).html(id: context.id + "-data", caption: Label(title).plain, words: context.words)
  }

  private func description(_ words: Words) -> String {
    let widths = ridges.compactMap { ridge in
      ridge.bins.moments.map { (Label(ridge.name).plain, $0.deviation) }
    }
    guard let first = widths.first, let last = widths.last else {
      return words.sentences([words(.nothingToDraw)])
    }
    let n = { NumberText.reading($0, digits: 3) }
    let what = Label(x.label).plain
    let subject = what.isEmpty ? words(.theValues) : what
    var extent = Extent()
    for ridge in ridges {
      extent.add(ridge.bins.edges)
      extent.add(ridge.bins.counts)
    }
    return words.sentences([
      words(
        .deviationGoes(
          name: subject, from: n(first.1), fromGroup: first.0, to: n(last.1), toGroup: last.0)),
      words.notFinite(extent.lostCount),
    ])
  }
}

import Localization
import Markup

extension Histogram {
  package var data: DataTable {
    var columns: [DataTable.Column] = []
    for series in series {
      let lead = self.series.count == 1 || series.name.isEmpty ? "" : series.name + " "
      let edges = series.bins.edges
      columns += [
        .init(lead + "from", .numbers(Array(edges.dropLast()))),
        .init(lead + "to", .numbers(Array(edges.dropFirst()))),
        .init(lead + (y.label.isEmpty ? "count" : y.label), .numbers(series.bins.counts)),
      ]
    }
    return DataTable(columns)
  }

  /// Series over the same bins share the columns of their edges.
  private var pageTable: DataTable {
    guard series.count > 1, sharesBins else { return data }
    let all = data.columns
    return DataTable(
      [.init("from", all[0].values), .init("to", all[1].values)]
        + series.enumerated().map { .init($1.name, all[3 * $0 + 2].values) })
  }

  private var sharesBins: Bool {
    series.dropFirst().allSatisfy { $0.bins.edges == series[0].bins.edges }
  }

  /// Rows of the table, a bin each; where series have bins of their own, their outlines.
  private func reading(_ frame: Cartesian) -> PointerReadout.Attributes {
    guard let first = series.first?.bins, !first.counts.isEmpty else { return [] }
    if sharesBins, pageTable.pageRows().count == first.counts.count {
      return PointerReadout.rows(
        along: .x,
        places: zip(first.edges, first.edges.dropFirst()).map { frame.x.position($0 / 2 + $1 / 2) })
    }
    return PointerReadout.lines(
      series.map { Label($0.name).plain }, x: frame.x, y: frame.y,
      xName: x.label.isEmpty ? "x" : Label(x.label).plain, count: PointerReadout.mostPlaces)
  }

  package func draw(in context: DrawingContext) -> Drawing {
    var xs = Extent()
    var ys = Extent()
    for series in series where !series.bins.counts.isEmpty {
      xs.add(series.bins.edges)
      ys.add(series.bins.counts)
    }
    var countAxis = y
    countAxis.includesZero = true
    let frame = Cartesian(
      xAxis: x, yAxis: countAxis, x: x.resolved(for: xs, margin: 0), y: countAxis.niced(for: ys),
      width: context.width, height: context.height ?? (context.isWide ? 240 : 180), isFluid: true)
    var drawing = Drawing(frame.shape, title: title)
    var svg = MarkupWriter()
    frame.write(to: &svg) { svg in
      for (index, series) in self.series.enumerated() {
        let outline = series.bins.outline(on: frame, base: 0)
        svg.raw("<g class=\"s c\((series.style.color ?? index) % 8)\" data-s=\"\(index)\">")
        svg.path(self.series.count == 1 ? "area soft" : "band", outline.area)
        let dash = series.style.dash ?? Dash(rawValue: index % Dash.allCases.count)!
        svg.path(dash == .solid ? "line thin" : "line thin d\(dash.rawValue)", outline.line)
        svg.raw("</g>")
      }
    }
    if ys.isEmpty { svg.noData(context.words) }
    drawing.body = svg.bytes
    if series.count > 1 {
      drawing.legend = series.enumerated().map {
        LegendItem(
          name: $1.name,
          key: .line(
            color: ($1.style.color ?? $0) % 8,
            dash: $1.style.dash ?? Dash(rawValue: $0 % Dash.allCases.count)!, marker: nil))
      }
    }
    drawing.name = context.words.over(y.label, x.label)
    drawing.description = context.words.sentences(
      series.isEmpty
        ? [context.words(.nothingToDraw)]
        : series.map {
          $0.bins.description(Label($0.name.isEmpty ? x.label : $0.name).plain, context.words)
        } + [context.words.notFinite(xs.lostCount + ys.lostCount)])
    drawing.script = reading(frame)
    drawing.table = pageTable.html(
      id: context.id + "-data", caption: Label(title).plain, words: context.words)
    return drawing
  }
}

extension Bins {
  /// The stairs of the counts, and what lies under them down to `base` (a place from 0 to 1).
  func outline(on frame: Cartesian, base: Double) -> (area: PathWriter, line: PathWriter) {
    var area = PathWriter()
    var line = PathWriter()
    guard !counts.isEmpty else { return (area, line) }
    func place(_ edge: Double) -> Int {
      let position = frame.x.position(edge)
      return frame.plane.x(min(max(position.isNaN ? 0 : position, 0), 1))
    }
    let foot = frame.plane.y(base)
    let start = place(edges[0])
    area.move(to: start, foot)
    line.move(to: start, foot)
    for (index, count) in counts.enumerated() {
      let position = frame.y.position(count)
      let top = frame.plane.y(min(max(position.isNaN ? 0 : position, 0), 1))
      for edge in [place(edges[index]), place(edges[index + 1])] {
        area.line(to: edge, top)
        line.line(to: edge, top)
      }
    }
    area.line(to: place(edges[counts.count]), foot)
    line.line(to: place(edges[counts.count]), foot)
    area.close(startedAt: start, foot)
    return (area, line)
  }

  /// Mean and standard deviation, with each count in the middle of its bin.
  var moments: (mean: Double, deviation: Double)? {
    // Shares of the greatest count, and distances as shares of the greatest: nothing overflows.
    let most = counts.filter(\.isFinite).max() ?? 0
    guard most > 0 else { return nil }
    let filled = counts.indices.filter {
      counts[$0] > 0 && counts[$0].isFinite && edges[$0].isFinite && edges[$0 + 1].isFinite
    }
    let weights = filled.map { counts[$0] / most }
    let middles = filled.map { edges[$0] / 2 + edges[$0 + 1] / 2 }
    let weight = weights.reduce(0, +)
    guard weight > 0 else { return nil }
    let mean = zip(weights, middles).reduce(0) { $0 + $1.0 / weight * $1.1 }
    let reach = middles.map { ($0 / 2 - mean / 2).magnitude }.max() ?? 0
    guard reach > 0 else { return (mean, 0) }
    let squares = zip(weights, middles).reduce(0.0) { sum, bin in
      let away = (bin.1 / 2 - mean / 2) / reach
      return sum + bin.0 / weight * away * away
    }
    return (mean, squares.squareRoot() * reach * 2)
  }

  func description(_ name: String, _ words: Words) -> String {
    guard let (mean, deviation) = moments,
      let most = counts.indices.max(by: { counts[$0] < counts[$1] })
    else { return words(.noCounts(name: name)) }
    let n = { NumberText.reading($0, digits: 3) }
    return words(
      .distribution(
        name: name, mean: n(mean), deviation: n(deviation), low: n(edges[most]),
        high: n(edges[most + 1])))
  }
}

extension RidgelineChart {
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

  package func draw(in context: DrawingContext) -> Drawing {
    var xs = Extent()
    for ridge in ridges where !ridge.bins.counts.isEmpty { xs.add(ridge.bins.edges) }
    let names = Categorical(ridges.map(\.name))
    let count = max(ridges.count, 1)
    let rowHeight = ridges.count > 12 ? 22 : 30
    // Room above the first row for its peak.
    let frame = Cartesian(
      xAxis: x, yAxis: Axis(ridgeLabel), x: x.resolved(for: xs, margin: 0),
      y: AxisScale(.linear, -0.15...(Double(count) + 0.75)), width: context.width,
      height: rowHeight * count + rowHeight, isFluid: true, names: names.names)
    var drawing = Drawing(frame.shape, title: title)
    var svg = MarkupWriter()
    frame.write(to: &svg) { svg in
      for (index, ridge) in ridges.enumerated() {
        // Each at its own height: what is compared is shape and width, not how many.
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

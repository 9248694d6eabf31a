import DecimalText
import Localization
import Markup

extension LineChart {
  /// Lines thinned to the visible resolution, with bands, rules and points, named at their ends or
  /// in a legend.
  package func draw(in context: DrawingContext) -> Drawing {
    let lines = lines()
    let (xScale, yScale) = scales(for: lines)
    let plotHeight = height ?? context.height ?? (context.isWide ? 260 : 200)

    // Names at the lines' ends need the plane to find the ends, and the plane needs the names'
    // width.
    let names = lines.map { Label($0.name) }
    let wantsDirect =
      naming == .automatic && context.allowsDirectLabels && context.isWide
      && names.contains { !$0.isEmpty } && lines.count <= 8
    let nameWidth = names.map { $0.width(size: TextSize.label) }.max() ?? 0
    // A single line named by the axis needs no name of its own.
    let needsNames = lines.count > 1 || y.label.isEmpty || !points.isEmpty
    var direct: [DirectLabel]?
    if wantsDirect, needsNames, nameWidth <= 150 {
      direct = DirectLabel.placed(
        lines: lines, names: names, y: yScale, height: Double(plotHeight))
    }
    let right = direct == nil ? 12 : Int(clamped: nameWidth.rounded(.up)) + 26
    let frame = Cartesian(
      xAxis: x, yAxis: y, x: xScale, y: yScale, width: context.width, height: plotHeight,
      isFluid: true, right: right)

    var drawing = Drawing(frame.shape, title: title)
    var svg = MarkupWriter()
    frame.write(to: &svg) { svg in
      for line in lines where line.band != nil { Self.writeBand(line, frame, &svg, lines) }
      for set in points.enumerated() { Self.writePoints(set.element, set.offset, frame, &svg) }
      for (index, line) in lines.enumerated() { Self.writeLine(line, index, frame, &svg) }
    }
    writeRules(frame, to: &svg)
    if let direct { writeDirectLabels(direct, lines, frame, to: &svg) }
    if lines.allSatisfy({ $0.extent.isEmpty }) && points.allSatisfy({ $0.x.isEmpty }) {
      svg.element(
        "text", ["class": "empty", "x": "50%", "y": "50%", "text-anchor": "middle"],
        text: context.words(.noData))
    }
    drawing.body = svg.bytes
    if naming != .none, needsNames, lines.contains(where: { !$0.name.isEmpty }) {
      drawing.legend = lines.map {
        LegendItem(
          name: $0.name,
          key: .line(
            color: $0.color, dash: $0.dash, marker: $0.showsPoints ? $0.marker : nil))
      }
      drawing.legend += points.enumerated().map { index, set in
        LegendItem(name: set.name, key: .point(color: set.color(at: index), marker: .circle))
      }
      drawing.isLegendNarrowOnly = direct != nil && points.isEmpty
    }
    drawing.description = description(of: lines, words: context.words)
    drawing.name = context.words.over(y.label, x.label)
    let table = Self.table(lines, xName: x.label)
    drawing.script = reading(lines, table, xScale, yScale)
    drawing.table = table.html(
      id: context.id + "-data", caption: Label(title).plain, words: context.words)
    return drawing
  }

  /// Attributes that read the table's rows if it has all of them, otherwise the paths.
  private func reading(
    _ lines: [Line], _ table: DataTable, _ xScale: AxisScale, _ yScale: AxisScale
  ) -> PointerReadout.Attributes {
    guard let first = table.columns.first, case .numbers(let xs) = first.values, !xs.isEmpty else {
      return []
    }
    let places = xs.map(xScale.position)
    let isEven =
      xs.count > 1 && !table.isSparse
      && places.indices.allSatisfy {
        (places[$0] - Double($0) / Double(xs.count - 1)).magnitude < 1e-6
      }
    let names = lines.map { Label($0.name.isEmpty ? "y" : $0.name).plain }
    let xName = Label(first.name).plain
    guard table.pageRows().count == xs.count else {
      return PointerReadout.lines(
        names, x: xScale, y: yScale, xName: xName,
        count: isEven ? min(xs.count, PointerReadout.mostPlaces) : PointerReadout.mostPlaces)
    }
    // A line's column is followed by the two of its band.
    var columns: [Int] = []
    var column = 1
    for line in lines {
      columns.append(column)
      column += line.band == nil ? 1 : 3
    }
    return PointerReadout.lines(
      names, x: xScale, y: yScale, xName: xName, columns: columns, places: isEven ? [] : places,
      count: xs.count)
  }

  /// Axes that show all finite numbers, bands included, and end at a tick if one is near.
  func scales(for lines: [Line]) -> (x: AxisScale, y: AxisScale) {
    var xs = Extent()
    var ys = Extent()
    for line in lines {
      if let first = line.x.first(where: { $0.isFinite }) { xs.add(first) }
      if let last = line.x.last(where: { $0.isFinite }) { xs.add(last) }
      if case .log = x.scale { xs.add(line.x) }
      ys.merge(line.extent)
      if let band = line.band {
        ys.add(band.lower)
        ys.add(band.upper)
      }
    }
    for set in points {
      xs.add(set.x)
      ys.add(set.y)
    }
    for rule in rules {
      if rule.direction == .horizontal { ys.add(rule.value) }
    }
    return (x.resolved(for: xs, margin: 0), y.niced(for: ys))
  }

  // MARK: Marks

  private static func writeLine(
    _ line: Line, _ index: Int, _ frame: Cartesian, _ svg: inout MarkupWriter
  ) {
    var builder = LineBuilder(frame)
    builder.add(line.x, line.y, isStep: line.isStep)
    let path = builder.path()
    svg.raw("<g class=\"s c\(line.color)\" data-s=\"\(index)\">")
    var className = line.dash == .solid ? "line" : "line d\(line.dash.rawValue)"
    if builder.isDense { className = "line fine" }
    svg.path(className, path, stretch: builder.stretch)
    svg.path("dot", builder.alone)
    if line.showsPoints {
      var dots = PathWriter()
      for (x, y) in zip(line.x, line.y) {
        let (px, py) = (frame.x.position(x), frame.y.position(y))
        if px >= 0, px <= 1, py >= 0, py <= 1 { dots.dot(at: frame.plane.x(px), frame.plane.y(py)) }
      }
      svg.path(line.marker == .square ? "dot square" : "dot", dots)
    }
    if line.end != nil, let last = line.y.lastIndex(where: { $0.isFinite }) {
      // A mark at the last number before the line ends early.
      let px = frame.x.position(line.x[last])
      let py = min(max(frame.y.position(line.y[last]), 0), 1)
      if px >= 0, px <= 1, py.isFinite {
        var dot = PathWriter()
        dot.dot(at: frame.plane.x(px), frame.plane.y(py))
        svg.path("lost", dot)
      }
    }
    svg.close("g")
  }

  private static func writeBand(
    _ line: Line, _ frame: Cartesian, _ svg: inout MarkupWriter, _ lines: [Line]
  ) {
    guard let band = line.band else { return }
    let index = lines.firstIndex { $0.name == line.name && $0.color == line.color } ?? 0
    var builder = LineBuilder(frame)
    let path = builder.area(line.x, lower: band.lower, upper: band.upper)
    guard !path.isEmpty else { return }
    svg.raw("<g class=\"s c\(line.color)\" data-s=\"\(index)\">")
    svg.path("band", path)
    svg.close("g")
  }

  private static func writePoints(
    _ set: PointSet, _ index: Int, _ frame: Cartesian, _ svg: inout MarkupWriter
  ) {
    var dots = PathWriter()
    for (x, y) in zip(set.x, set.y) {
      let (px, py) = (frame.x.position(x), frame.y.position(y))
      if px >= 0, px <= 1, py >= 0, py <= 1 { dots.dot(at: frame.plane.x(px), frame.plane.y(py)) }
    }
    svg.raw("<g class=\"c\(set.color(at: index))\">")
    svg.path("dot data", dots)
    svg.close("g")
  }

  private func writeRules(_ frame: Cartesian, to svg: inout MarkupWriter) {
    let height = Double(frame.plane.height)
    let n = { (value: Double) in fixed(value, 1, trimmingZeros: true) }
    // A label that would overlap another rule's in wide or in narrow panels is omitted.
    var taken: [(left: Double, right: Double, baseline: Double)] = []
    func isFree(_ x: (Double) -> Double, _ width: Double, isEnd: Bool, _ baseline: Double) -> Bool {
      let boxes = [Double(frame.plane.width), 220].map { whole in
        let left = x(whole) - (isEnd ? width : 0)
        return (left: left, right: left + width, baseline: baseline)
      }
      guard baseline >= 10, baseline <= height else { return false }
      let isClear = zip(boxes, [0, 1]).allSatisfy { box, form in
        !taken.enumerated().contains { index, other in
          index % 2 == form && (other.baseline - box.baseline).magnitude < 12
            && min(other.right, box.right) > max(other.left, box.left) - 4
        }
      }
      if isClear { taken += boxes }
      return isClear
    }
    for rule in rules {
      let label = Label(rule.label)
      let width = label.width(size: TextSize.tick)
      var place: String?
      switch rule.direction {
      case .vertical:
        let at = frame.x.position(rule.value)
        guard at >= 0, at <= 1 else { continue }
        svg.raw(
          "<line class=\"rule\" x1=\"\(percent(at))\" x2=\"\(percent(at))\" y2=\"\(n(height))\"/>")
        let isEnd = at > 0.6
        let shift = isEnd ? -5.0 : 5
        for baseline in [12.0, 27, 42]
        where isFree({ at * $0 + shift }, width, isEnd: isEnd, baseline) {
          place =
            "x=\"\(percent(at))\" dx=\"\(n(shift))\" y=\"\(n(baseline))\"\(isEnd ? " text-anchor=\"end\"" : "")"
          break
        }
      case .horizontal:
        let at = frame.y.position(rule.value)
        guard at >= 0, at <= 1 else { continue }
        let y = (1 - at) * height
        svg.raw("<line class=\"rule\" x2=\"100%\" y1=\"\(n(y))\" y2=\"\(n(y))\"/>")
        search: for isEnd in [false, true] {
          for baseline in at > 0.93 ? [y + 14, y - 5] : [y - 5, y + 14]
          where isFree({ isEnd ? $0 - 6 : 6 }, width, isEnd: isEnd, baseline) {
            place =
              isEnd
              ? "x=\"100%\" dx=\"-6\" text-anchor=\"end\" y=\"\(n(baseline))\""
              : "x=\"6\" y=\"\(n(baseline))\""
            break search
          }
        }
      }
      guard let place, !label.isEmpty else { continue }
      svg.raw("<text class=\"note\" \(place)>")
      label.writeSVG(to: &svg)
      svg.raw("</text>")
    }
  }

  private func writeDirectLabels(
    _ labels: [DirectLabel], _ lines: [Line], _ frame: Cartesian, to svg: inout MarkupWriter
  ) {
    svg.raw("<g class=\"w names\">")
    for label in labels {
      let line = lines[label.index]
      svg.raw("<g class=\"s c\(line.color)\" data-s=\"\(label.index)\">")
      let end = percent(frame.x.position(label.x))
      let y = { fixed($0, 1, trimmingZeros: true) }
      // A leader from the line's end to its name, bent where the name was moved.
      svg.raw(
        "<line class=\"lead\" x1=\"\(end)\" y1=\"\(y(label.from))\" x2=\"100%\" y2=\"\(y(label.from))\"/>"
      )
      svg.raw(
        "<svg x=\"100%\" class=\"over\"><path class=\"lead\" d=\"M0 \(y(label.from))h3L11 \(y(label.to))h4\"/></svg>"
      )
      svg.raw("<text class=\"name\" x=\"100%\" dx=\"18\" y=\"\(y(label.to + 4))\">")
      Label(line.name).writeSVG(to: &svg)
      svg.raw("</text></g>")
    }
    svg.raw("</g>")
  }
}

extension PointSet {
  func color(at index: Int) -> Int { (style.color ?? index) % 8 }
  func marker(at index: Int) -> Marker {
    style.marker ?? Marker(rawValue: index % Marker.allCases.count)!
  }
}

extension Extent {
  mutating func merge(_ other: Extent) {
    low = min(low, other.low)
    high = max(high, other.high)
    leastPositive = min(leastPositive, other.leastPositive)
    finiteCount += other.finiteCount
    missingCount += other.missingCount
    infiniteCount += other.infiniteCount
  }
}

extension Axis {
  /// As `resolved`, with a linear scale extended to the nice numbers around the data.
  func niced(for extent: Extent) -> AxisScale {
    let plain = resolved(for: extent, margin: 0.04)
    guard plain.kind == .linear, range == nil, extent.high > extent.low,
      extent.high.magnitude < 1e100, extent.low.magnitude < 1e100,
      extent.high - extent.low > max(extent.high.magnitude, extent.low.magnitude) * 1e-5,
      extent.high - extent.low > 1e-100
    else { return plain }
    let low = includesZero ? min(extent.low, 0) : extent.low
    let high = includesZero ? max(extent.high, 0) : extent.high
    let numbers = ExtendedWilkinson.numbers(
      .init(spanning: low, high), count: 6, wholeOnly: format == .whole
    )
    .map(\.value)
    guard let first = numbers.first, let last = numbers.last else { return plain }
    let margin = (high - low) * 0.04
    let newLow = first <= low ? first : includesZero && low == 0 ? 0 : low - margin
    let newHigh = last >= high ? last : includesZero && high == 0 ? 0 : high + margin
    return AxisScale(.linear, .init(spanning: newLow, newHigh))
  }
}

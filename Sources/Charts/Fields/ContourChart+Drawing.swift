import DecimalText
import Localization
import Markup

extension ContourChart {
  /// Each grid point with its height.
  package var data: DataTable {
    BoundaryChart(fields: [field], classNames: ["", valueName], x: x, y: y).data
  }

  /// The given levels, or about ten nice ones. If the values span many powers of ten, the levels
  /// are nice on a logarithmic scale, since even steps would all be on the steepest slope.
  private func shownLevels(_ extent: Extent) -> [Double] {
    levels?.sorted() ?? niceLevels(extent)
  }

  func niceLevels(_ extent: Extent) -> [Double] {
    guard extent.high > extent.low, extent.low.magnitude < 1e150, extent.high.magnitude < 1e150
    else { return [] }
    if extent.low > 0, extent.high / extent.low > 200 {
      let first = Logarithm.exponent(extent.low)
      let last = Logarithm.exponent(extent.high)
      let digits = last - first > 5 ? [1.0] : last - first > 3 ? [1.0, 3] : [1.0, 2, 5]
      return (first...last).flatMap { power in digits.map { $0 * Logarithm.power(power) } }
        .filter { $0 > extent.low && $0 < extent.high }
    }
    return ExtendedWilkinson.numbers(.init(spanning: extent.low, extent.high), count: 11).map(
      \.value
    )
    .filter { $0 > extent.low && $0 < extent.high }
  }

  /// Shades and contour lines, the paths on top, a color bar at the right.
  package func draw(in context: DrawingContext) -> Drawing {
    var extent = Extent()
    extent.add(field.values)
    let levels = shownLevels(extent)
    let bar = ColorBar(levels: levels)
    var frame = squareFrame(
      field, points: [], x: x, y: y, context: context, hasEqualUnits: false,
      right: isFilled && !levels.isEmpty ? bar.width : 12)
    frame.margins.right = max(frame.margins.right, isFilled && !levels.isEmpty ? bar.width : 12)
    var drawing = Drawing(frame.shape, title: title)
    var svg = MarkupWriter()
    let opacity = ColorBar.opacity(of: levels.count)
    frame.write(to: &svg, hasGrid: false) { svg in
      if isFilled {
        svg.raw("<g class=\"c0\" fill-opacity=\"\(opacity)\">")
        for level in levels { svg.path("level", field.region(atLeast: level, on: frame)) }
        svg.raw("</g>")
      }
      for level in levels { svg.path("contour", field.lines(at: level, on: frame)) }
      for (index, way) in paths.enumerated() {
        let color = (way.style.color ?? index + 1) % 8
        var builder = LineBuilder(frame)
        builder.add(way.x, way.y)
        let line = builder.path(isOrdered: false)
        svg.raw("<g class=\"s c\(color)\" data-s=\"\(index)\">")
        svg.path("halo line-halo", line)
        let dash = way.style.dash ?? Dash(rawValue: index % Dash.allCases.count)!
        svg.path(dash == .solid ? "line" : "line d\(dash.rawValue)", line)
        var dots = PathWriter()
        for (px, py) in [zip(way.x, way.y).first { _ in true }, zip(way.x, way.y).reversed().first]
          .compactMap(\.self)
        {
          let (u, v) = (frame.x.position(px), frame.y.position(py))
          if u >= 0, u <= 1, v >= 0, v <= 1 { dots.dot(at: frame.plane.x(u), frame.plane.y(v)) }
        }
        svg.path("dot", dots)
        svg.raw("</g>")
      }
      svg.path("rim", frame.outline)
    }
    if isFilled, !levels.isEmpty {
      bar.write(lowest: frame.lowestHeight, to: &svg)
    }
    if extent.isEmpty { svg.noData(context.words) }
    drawing.body = svg.bytes
    drawing.legend = paths.enumerated().map { index, way in
      LegendItem(
        name: way.name,
        key: .line(
          color: (way.style.color ?? index + 1) % 8,
          dash: way.style.dash ?? Dash(rawValue: index % Dash.allCases.count)!, marker: nil))
    }
    drawing.name = Label(valueName).plain
    drawing.description = description(extent, context.words)
    if frame.x.kind == .linear, frame.y.kind == .linear {
      drawing.script = PointerReadout.cells(
        frame.cellMiddles.map { field.value(atX: $0.x, y: $0.y) ?? .nan },
        columns: PointerReadout.side, name: valueName.isEmpty ? "z" : Label(valueName).plain,
        on: frame,
        x: Label(x.label).plain, y: Label(y.label).plain)
    }
    return drawing
  }

  private func description(_ extent: Extent, _ words: Words) -> String {
    guard !extent.isEmpty else {
      return words.sentences([words(.nothingToDraw)])
    }
    let n = { NumberText.reading($0, digits: 3) }
    let lowest = field.values.firstIndex(of: extent.low) ?? 0
    let px =
      field.x.lowerBound + (field.x.upperBound - field.x.lowerBound)
      * Double(lowest % field.columns) / Double(max(field.columns - 1, 1))
    let py =
      field.y.lowerBound + (field.y.upperBound - field.y.lowerBound)
      * Double(lowest / field.columns) / Double(max(field.rows - 1, 1))
    let name = Label(valueName).plain
    var sentences = [
      words(.surfaceRange(name: name, low: n(extent.low), x: n(px), y: n(py), high: n(extent.high)))
    ]
    sentences.append(words.notFinite(extent.lostCount))
    for way in paths {
      if let x = way.x.last, let y = way.y.last {
        let subject = Label(way.name).plain
        sentences.append(
          words(.pathEnds(name: subject, x: n(x), y: n(y), steps: way.x.count - 1)))
      }
    }
    return words.sentences(sentences)
  }
}

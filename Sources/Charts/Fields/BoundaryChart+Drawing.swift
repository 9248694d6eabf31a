import DecimalText
import Localization
import Markup

extension BoundaryChart {
  /// The margin of each class over the field: positive where the class wins.
  ///
  /// With one field p these are ½ − p for the first class and p − ½ for the second.
  private var margins: [Field] {
    guard let first = fields.first else { return [] }
    if fields.count == 1 {
      return [
        first.with(first.values.map { 0.5 - $0 }), first.with(first.values.map { $0 - 0.5 }),
      ]
    }
    return fields.indices.map { k in
      first.with(
        first.values.indices.map { at in
          var other = -Double.infinity
          for j in fields.indices where j != k { other = max(other, fields[j].values[at]) }
          return fields[k].values[at] - other
        })
    }
  }

  /// Margins at which a class' shade deepens.
  private var steps: [Double] {
    if fields.count == 1 { return [0, 0.25, 0.45] }
    let areShares = fields.allSatisfy { $0.values.allSatisfy { $0 >= 0 && $0 <= 1 } }
    return areShares ? [0, 0.5, 0.9] : [0]
  }

  private func className(_ k: Int) -> String {
    if classNames.indices.contains(k) { return classNames[k] }
    return points.indices.contains(k) && !points[k].name.isEmpty ? points[k].name : String(k)
  }

  /// Each grid point with the values of all fields there.
  package var data: DataTable {
    guard let first = fields.first else { return DataTable([]) }
    let stepX =
      first.columns > 1 ? (first.x.upperBound - first.x.lowerBound) / Double(first.columns - 1) : 0
    let stepY =
      first.rows > 1 ? (first.y.upperBound - first.y.lowerBound) / Double(first.rows - 1) : 0
    var xs: [Double] = []
    var ys: [Double] = []
    for row in 0..<first.rows {
      for column in 0..<first.columns {
        xs.append(first.x.lowerBound + Double(column) * stepX)
        ys.append(first.y.lowerBound + Double(row) * stepY)
      }
    }
    return DataTable(
      [.init(x.label, .numbers(xs)), .init(y.label, .numbers(ys))]
        + fields.enumerated().map { k, field in
          .init(className(fields.count == 1 ? 1 : k), .numbers(field.values))
        })
  }

  /// Shaded regions where each class wins, boundaries between the classes, the points on top.
  package func draw(in context: DrawingContext) -> Drawing {
    let frame = squareFrame(
      fields.first, points: points, x: x, y: y, context: context, hasEqualUnits: false)
    var drawing = Drawing(frame.shape, title: title)
    var svg = MarkupWriter()
    let margins = margins
    let layer = PointLayer(points, on: frame)
    frame.write(to: &svg, hasGrid: false) { svg in
      for (k, field) in margins.enumerated() {
        svg.raw("<g class=\"c\(k % 8)\">")
        for step in steps { svg.path("shade", field.region(atLeast: step, on: frame)) }
        svg.raw("</g>")
      }
      // With two classes one line separates them; with more, each region has its own outline.
      for field in margins.count == 2 ? Array(margins.suffix(1)) : margins {
        svg.path("boundary", field.lines(at: 0, on: frame))
      }
      layer.write(points, id: context.id, to: &svg)
      svg.path("rim", frame.outline)
    }
    if fields.isEmpty, points.isEmpty { svg.noData(context.words) }
    drawing.body = svg.bytes
    var legend = PointLayer.legend(
      points.enumerated().map { index, set in
        var set = set
        if set.name.isEmpty { set.name = className(index) }
        return set
      })
    if points.isEmpty {
      legend = margins.indices.map { LegendItem(name: className($0), key: .area(color: $0 % 8)) }
    }
    drawing.legend = legend
    drawing.name = context.words(.classifierOverPlane)
    let summary = summary(margins)
    drawing.description = description(summary, every: layer.every, words: context.words)
    drawing.script = reading(frame)
    drawing.table = table(summary, context: context)
    return drawing
  }

  /// The class at the middle of each cell of a grid over the plot, with the classifier's
  /// confidence.
  private func reading(_ frame: Cartesian) -> PointerReadout.Attributes {
    let count = fields.count == 1 ? 2 : fields.count
    guard !fields.isEmpty, frame.x.kind == .linear, frame.y.kind == .linear else { return [] }
    let areShares = fields.allSatisfy { $0.values.allSatisfy { $0 >= 0 && $0 <= 1 } }
    let winners = frame.cellMiddles.map { x, y -> (name: Int, share: Double?)? in
      let scores = fields.map { $0.value(atX: x, y: y) ?? .nan }
      guard scores.allSatisfy({ !$0.isNaN }) else { return nil }
      if scores.count == 1 {
        let second = scores[0] >= 0.5
        return (second ? 1 : 0, areShares ? (second ? scores[0] : 1 - scores[0]) : nil)
      }
      let best = scores.indices.max { scores[$0] < scores[$1] }!
      return (best, areShares ? scores[best] : nil)
    }
    return PointerReadout.classes(
      winners, columns: PointerReadout.side, names: (0..<count).map { Label(className($0)).plain },
      on: frame, x: Label(x.label).plain, y: Label(y.label).plain)
  }

  // MARK: Words

  private struct Summary {
    var name: String
    /// Fraction of the plane where the class wins.
    var share: Double
    var pointCount: Int
    /// Points of the class inside the region where it wins.
    var rightCount: Int
    /// Points of the class that cannot be placed because a coordinate is not finite.
    var lostCount: Int
  }

  private func summary(_ margins: [Field]) -> [Summary] {
    margins.enumerated().map { k, field in
      let won = field.values.count { $0 > 0 }
      var (finite, right, lost) = (0, 0, 0)
      if points.indices.contains(k) {
        for (px, py) in zip(points[k].x, points[k].y) {
          guard px.isFinite, py.isFinite else {
            lost += 1
            continue
          }
          finite += 1
          if let value = field.value(atX: px, y: py), value > 0 { right += 1 }
        }
      }
      return Summary(
        name: Label(className(k)).plain,
        share: Double(won) / Double(max(field.values.count, 1)),
        pointCount: finite, rightCount: right, lostCount: lost)
    }
  }

  private func description(_ summary: [Summary], every: Int, words: Words) -> String {
    guard fields.contains(where: { $0.values.contains { !$0.isNaN } }) else {
      return words.sentences([words(.nothingToDraw)])
    }
    let shares = summary.map { entry in
      words(.classOnShare(name: entry.name, share: NumberText.fixed(entry.share * 100, 0)))
    }
    var sentences = [
      words(.classifierSays(shares: words.list(shares)))
    ]
    let total = summary.reduce(0) { $0 + $1.pointCount }
    if total > 0 {
      let right = summary.reduce(0) { $0 + $1.rightCount }
      sentences.append(
        words(.pointsOnOwnSide(count: right, total: total)))
    }
    let lost = summary.reduce(0) { $0 + $1.lostCount }
    if lost > 0 { sentences.append(words(.pointsNotFinite(count: lost))) }
    if every > 1 {
      sentences.append(words(.onePointDrawnIn(count: every)))
    }
    if fields.contains(where: { $0.values.contains { !$0.isFinite } }) {
      sentences.append(
        words(.noShadeWithoutNumber))
    }
    return words.sentences(sentences)
  }

  private func table(_ summary: [Summary], context: DrawingContext) -> [UInt8] {
    let words = context.words
    return DataTable([
      .init(words(.classColumn), .texts(summary.map(\.name))),
      .init(
        words(.shareOfPlane),
        .texts(summary.map { NumberText.fixed($0.share * 100, 1) + "%" })),
      .init(words(.points), .numbers(summary.map { Double($0.pointCount) })),
      .init(
        words(.onOwnSide), .numbers(summary.map { Double($0.rightCount) })),
    ]).html(id: context.id + "-data", caption: Label(title).plain, words: words)
  }
}

extension Field {
  func with(_ values: [Double]) -> Field {
    Field(columns: columns, rows: rows, x: x, y: y, values: values)
  }
}

/// A frame for a view from above: the range is that of the field, or of the points.
func squareFrame(
  _ field: Field?, points: [PointSet], x: Axis, y: Axis, context: DrawingContext,
  hasEqualUnits: Bool, right: Int = 12
) -> Cartesian {
  var xs = Extent()
  var ys = Extent()
  if let field {
    for bound in [field.x.lowerBound, field.x.upperBound] { xs.add(bound) }
    for bound in [field.y.lowerBound, field.y.upperBound] { ys.add(bound) }
  } else {
    for set in points {
      xs.add(set.x)
      ys.add(set.y)
    }
  }
  let margin = field == nil ? 0.05 : 0
  var xScale = x.resolved(for: xs, margin: margin)
  var yScale = y.resolved(for: ys, margin: margin)
  let width = (context.isWide ? 400 : 370) - 40 - right
  let spanX = xScale.range.upperBound - xScale.range.lowerBound
  let spanY = yScale.range.upperBound - yScale.range.lowerBound
  var ratio = 0.8
  let isPlane = xScale.kind == .linear && yScale.kind == .linear
  if isPlane, spanX > 0, spanY > 0, (spanY / spanX).isFinite {
    if field != nil || hasEqualUnits { ratio = min(max(spanY / spanX, 0.5), 1.1) }
    if hasEqualUnits {
      // A range that is too flat or too steep is widened.
      if spanY < ratio * spanX {
        let middle = (yScale.range.lowerBound + yScale.range.upperBound) / 2
        yScale = AxisScale(
          .linear, .init(spanning: middle - ratio * spanX / 2, middle + ratio * spanX / 2))
      } else if spanX < spanY / ratio {
        let middle = (xScale.range.lowerBound + xScale.range.upperBound) / 2
        xScale = AxisScale(
          .linear, .init(spanning: middle - spanY / ratio / 2, middle + spanY / ratio / 2))
      }
    }
  }
  let height = context.height ?? Int(clamped: (Double(width) * ratio).rounded())
  return Cartesian(
    xAxis: x, yAxis: y, x: xScale, y: yScale, width: width, height: height, isFluid: false,
    right: right)
}

extension Cartesian {
  /// Middles of the cells of a grid over a plot with linear axes, row by row from the top.
  var cellMiddles: [(x: Double, y: Double)] {
    let shares = (0..<PointerReadout.side).map { (Double($0) + 0.5) / Double(PointerReadout.side) }
    func number(_ share: Double, _ range: ClosedRange<Double>) -> Double {
      range.lowerBound * (1 - share) + range.upperBound * share
    }
    return shares.flatMap { down in
      shares.map { (number($0, x.range), number(1 - down, y.range)) }
    }
  }
}

import DecimalText
import Localization
import Markup

/// The plane of a chart with both axes laid out, shared by all charts with axes.
struct Cartesian: Sendable {
  let x: AxisScale
  let y: AxisScale
  var plane: Plane
  var margins: Drawing.Margins
  /// Whether the height stays the same when the panel becomes narrower; otherwise the plot keeps
  /// its proportions. Text keeps its size in both cases.
  let isFluid: Bool

  /// Whether the left side has categories instead of numbers.
  private let hasNames: Bool
  /// Whether the bottom has text labels instead of numbers.
  private let hasNamesBelow: Bool
  private let xTicks: [(tick: Ticks.Tick, form: Form)]
  private let yTicks: [Ticks.Tick]
  private let heading: [Label]
  private let footing: [Label]

  /// The form of a fluid chart in which an element is visible.
  enum Form: Sendable {
    case both, wide, narrow

    var className: String? {
      switch self {
      case .both: nil
      case .wide: "w"
      case .narrow: "n"
      }
    }
  }

  /// - Parameters:
  ///   - width: Nominal width in pixels: of the whole panel where `isFluid`, otherwise of the plot.
  ///   - height: Height of the plot in pixels.
  ///   - names: Categories at the left, from the top; the y scale then numbers them from the
  ///     bottom.
  init(
    xAxis: Axis, yAxis: Axis, x: AxisScale, y: AxisScale, width: Int, height: Int, isFluid: Bool,
    right: Int = 12, names: [Label]? = nil
  ) {
    self.x = x
    self.y = y
    self.isFluid = isFluid
    hasNames = names != nil
    hasNamesBelow = xAxis.ticks != nil
    // A plot that keeps its proportions is lowest where it is narrowest.
    let lowest =
      isFluid
      ? height : height * min(width, DrawingContext.narrowWidth - 28 - right) / max(width, 1)
    let yTickSet: Ticks
    if let names {
      yTickSet = Ticks(
        ticks: names.enumerated().map {
          Ticks.Tick(value: Double(names.count - 1 - $0), label: $1)
        })
    } else {
      yTickSet = yAxis.ticks(on: y, count: max(2, lowest / 42)) { labels in
        zip(labels, labels.dropFirst()).allSatisfy {
          ($1.position - $0.position) * Double(lowest) >= TextSize.line + 2
        }
      }
    }
    yTicks = yTickSet.ticks.filter { y.position($0.value).isFinite }
    let labelSize = names == nil ? TextSize.tick : TextSize.label
    let labelWidth = yTicks.map { $0.label.width(size: labelSize) }.max() ?? 0
    var left = max(16, Int(clamped: (labelWidth + 9).rounded(.up)))
    var right = right

    let narrowest = min(isFluid ? width : width + left + right, DrawingContext.narrowWidth)
    let wideLength = Double(isFluid ? max(width - left - right, 80) : width)
    let narrowLength = Double(max(narrowest - left - (isFluid ? 12 : right), 80))
    let plannedWide = min(wideLength, Double(DrawingContext.wideWidth - left - right))
    let isWide = isFluid && width >= DrawingContext.wideWidth
    let ticks = xAxis.ticks(
      on: x, count: max(2, Int(clamped: (isWide ? plannedWide : narrowLength) / 58)),
      fits: Ticks.horizontalFit(length: isWide ? plannedWide : narrowLength))
    // The narrow form shows every tick, or every second, third, …
    let fitsNarrow = Ticks.horizontalFit(length: narrowLength)
    let count = ticks.ticks.count
    let every =
      (1...max(1, count)).first { every in
        fitsNarrow(Ticks(ticks: ticks.every(every)).extents(on: x))
      } ?? 1
    let offset = ticks.offset(every: every)
    let placed = ticks.ticks.enumerated().map { index, tick in
      (tick: tick, form: index % every == offset ? Form.both : .wide)
    }.filter { x.position($0.tick.value).isFinite }
    xTicks = placed

    // Half of the first and last label may extend past the plot's ends.
    var narrowRight = 12
    for (tick, form) in placed {
      let half = tick.label.width(size: TextSize.tick) / 2
      let position = x.position(tick.value)
      for length in form == .wide ? [plannedWide] : [narrowLength] {
        left = max(left, Int(clamped: (half - position * length).rounded(.up)) + 2)
        let over = Int(clamped: (half - (1 - position) * length).rounded(.up)) + 2
        if form != .wide { narrowRight = max(narrowRight, over) }
        right = max(right, over)
      }
    }

    heading = yAxis.heading(yTickSet).wrapped(width: Double(narrowest - 8), size: TextSize.label)
    footing = xAxis.heading(ticks).wrapped(width: narrowLength, size: TextSize.label)
    margins = Drawing.Margins()
    margins.left = left
    margins.right = right
    margins.narrowRight = isFluid ? narrowRight : max(right, narrowRight)
    if !isFluid { margins.right = margins.narrowRight }
    margins.top = heading.isEmpty ? 10 : heading.count * Int(clamped: TextSize.line) + 12
    margins.bottom = 24 + footing.count * Int(clamped: TextSize.line) + (footing.isEmpty ? 0 : 5)
    plane =
      isFluid
      ? .fluid(width: max(width - left - right, 80), height: height)
      : .fixed(width: width, height: height)
  }

  var shape: Drawing.Shape {
    isFluid
      ? .fluid(margins, width: plane.width, height: plane.height)
      : .proportional(margins, width: plane.width, height: plane.height)
  }

  /// Height of the plot in the narrowest panel.
  var lowestHeight: Double {
    guard !isFluid else { return Double(plane.height) }
    let narrowest = DrawingContext.narrowWidth - margins.left - margins.right
    return Double(plane.height) * Double(min(plane.width, narrowest)) / Double(plane.width)
  }

  /// Converts a position in pixels from the upper left to units of the plane.
  func units(_ px: Double, _ py: Double) -> (x: Int, y: Int) {
    (plane.x(px / Double(plane.width)), plane.y(1 - py / Double(plane.height)))
  }

  /// The plot's edge.
  var outline: PathWriter {
    var path = PathWriter()
    path.move(to: 0, 0)
    path.line(to: plane.unitsAcross, 0)
    path.line(to: plane.unitsAcross, plane.height * plane.unitsY)
    path.line(to: 0, plane.height * plane.unitsY)
    path.close(startedAt: 0, 0)
    return path
  }

  /// Horizontal position of a number in units; the number must be finite and on the scale.
  func unitX(_ value: Double) -> Int { plane.x(x.position(value)) }
  func unitY(_ value: Double) -> Int { plane.y(y.position(value)) }

  /// Writes the plot's background, grid, marks and axis labels, in this order.
  func write(
    to svg: inout MarkupWriter, hasGrid: Bool = true, marks: (inout MarkupWriter) -> Void
  ) {
    svg.raw("<rect class=\"plot\" width=\"100%\" height=\"100%\"/>")
    openMarks(&svg)
    if hasGrid { writeGrid(to: &svg) }
    marks(&svg)
    svg.close("svg")
    writeTicks(to: &svg)
  }

  /// Opens the plane in its units, for a second layer of marks over the first.
  func openMarks(_ svg: inout MarkupWriter) {
    svg.raw("<svg class=\"marks\" width=\"100%\" height=\"100%\" viewBox=\"\(plane.viewBox)\"")
    svg.raw(" preserveAspectRatio=\"none\">")
  }

  private func writeGrid(to svg: inout MarkupWriter) {
    let width = plane.unitsAcross
    let bottom = plane.height * plane.unitsY
    var grid = PathWriter()
    for tick in yTicks where !hasNames {
      let place = unitY(tick.value)
      if place >= bottom { continue }
      grid.move(to: 0, place)
      grid.line(to: width, place)
    }
    // With categories at the left, numbers are at the bottom, and the grid lines are vertical.
    for (tick, _) in xTicks where hasNames {
      grid.move(to: unitX(tick.value), 0)
      grid.line(to: unitX(tick.value), bottom)
    }
    svg.path("grid", grid)
    // The zero line is emphasized where it is inside the plot.
    var zero = PathWriter()
    if !hasNames, y.range.lowerBound < 0, y.range.upperBound > 0, y.kind != .log {
      zero.move(to: 0, unitY(0))
      zero.line(to: width, unitY(0))
    }
    if !hasNamesBelow, x.range.lowerBound < 0, x.range.upperBound > 0, x.kind != .log {
      zero.move(to: unitX(0), 0)
      zero.line(to: unitX(0), bottom)
    }
    svg.path("zero", zero)
    svg.path("axis", minorTicks)
    var axis = PathWriter()
    axis.move(to: 0, bottom)
    axis.line(to: width, bottom)
    svg.path("axis", axis)
    for form in [Form.both, .wide, .narrow] {
      var path = PathWriter()
      for (tick, its) in xTicks where its == form {
        path.move(to: unitX(tick.value), bottom)
        path.line(to: unitX(tick.value), bottom + 5 * plane.unitsY)
      }
      svg.path(form.className.map { "axis \($0)" } ?? "axis", path)
    }
  }

  /// Two to nine times each power of ten, which mark an axis as logarithmic.
  private var minorTicks: PathWriter {
    var path = PathWriter()
    let bottom = plane.height * plane.unitsY
    if !hasNames {
      for value in Self.minorTicks(y, besides: yTicks.map(\.value), length: lowestHeight) {
        path.move(to: 0, unitY(value))
        path.line(to: 4 * plane.unitsAcross / plane.width, unitY(value))
      }
    }
    for value in Self.minorTicks(
      x, besides: xTicks.map(\.tick.value), length: Double(DrawingContext.narrowWidth - 60))
    where !hasNamesBelow {
      path.move(to: unitX(value), bottom)
      path.line(to: unitX(value), bottom + 3 * plane.unitsY)
    }
    return path
  }

  private static func minorTicks(_ scale: AxisScale, besides ticks: [Double], length: Double)
    -> [Double]
  {
    guard scale.kind == .log else { return [] }
    let first = Logarithm.exponent(scale.range.lowerBound)
    let last = Logarithm.exponent(scale.range.upperBound)
    // Closer lines would blur.
    guard length / Double(last - first + 1) >= 24 else { return [] }
    return (first...last).flatMap { power in
      (2...9).map { Double($0) * Logarithm.power(power) }
    }.filter { scale.range.contains($0) && !ticks.contains($0) }
  }

  private func writeTicks(to svg: inout MarkupWriter) {
    if !yTicks.isEmpty {
      svg.raw("<g class=\"\(hasNames ? "name" : "tick")\" text-anchor=\"end\">")
      for tick in yTicks {
        svg.raw("<text x=\"-8\"\(depth(1 - y.position(tick.value), 4))>")
        tick.label.writeSVG(to: &svg)
        svg.raw("</text>")
      }
      svg.raw("</g>")
    }
    if !xTicks.isEmpty {
      svg.raw("<g class=\"tick\" text-anchor=\"middle\">")
      for (tick, form) in xTicks {
        svg.raw("<text x=\"\(percent(x.position(tick.value)))\"\(depth(1, 19))")
        if let name = form.className { svg.raw(" class=\"\(name)\"") }
        svg.raw(">")
        tick.label.writeSVG(to: &svg)
        svg.raw("</text>")
      }
      svg.raw("</g>")
    }
    for (index, line) in heading.enumerated() {
      // A font that covers Chinese extends above its letters by a quarter of its size.
      let y = -margins.top + 14 + index * Int(clamped: TextSize.line)
      svg.raw("<text class=\"label\" x=\"\(-margins.left + 2)\" y=\"\(y)\">")
      line.writeSVG(to: &svg)
      svg.raw("</text>")
    }
    for (index, line) in footing.enumerated() {
      let below = 24 + 14 + index * Int(clamped: TextSize.line)
      svg.raw("<text class=\"label\" text-anchor=\"middle\" x=\"50%\"\(depth(1, below))>")
      line.writeSVG(to: &svg)
      svg.raw("</text>")
    }
  }
}

extension Cartesian {
  /// Attributes of a text's baseline: a fraction of the height from the top, and an offset in
  /// pixels.
  fileprivate func depth(_ share: Double, _ pixels: Int) -> String {
    isFluid
      ? " y=\"\(Int(clamped: (share * Double(plane.height) + Double(pixels)).rounded()))\""
      : " y=\"\(percent(share))\" dy=\"\(pixels)\""
  }
}

/// A position between 0 and 1 as a percentage, which moves with the picture's width.
func percent(_ position: Double) -> String {
  fixed(position * 100, 1, trimmingZeros: true) + "%"
}

extension MarkupWriter {
  /// Writes a path with a class; nothing for an empty path.
  mutating func path(_ className: String, _ path: PathWriter, stretch: Int = 1) {
    guard !path.isEmpty else { return }
    raw("<path class=\"\(className)\"")
    if stretch != 1 { raw(" transform=\"scale(1 \(stretch))\"") }
    raw(" d=\"")
    raw(path.bytes)
    raw("\"/>")
  }
}

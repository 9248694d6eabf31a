import DecimalText
import Markup

/// Builds the path of a line or an area from numbers, thinned and clipped to the plot.
struct LineBuilder {
  private let frame: Cartesian
  private var px: [Double] = []
  private var py: [Double] = []
  private let unitsX: Double
  private var unitsY: Int
  /// Whether the points are so dense that the line is a band of ink.
  private(set) var isDense = false

  /// Maximum distance of omitted points from the drawn line, in pixels, before rounding.
  static let tolerance = 0.2

  init(_ frame: Cartesian) {
    self.frame = frame
    unitsX = Double(frame.plane.unitsAcross) / Double(frame.plane.width)
    unitsY = frame.plane.unitsY
  }

  /// Vertical stretch of the path: dense lines are written in half pixels.
  var stretch: Int { frame.plane.unitsY / unitsY }

  /// Adds points in order of x; NaN and numbers that the scale cannot show leave a gap.
  mutating func add(_ x: [Double], _ y: [Double], isStep: Bool = false) {
    let width = Double(frame.plane.width)
    let height = Double(frame.plane.height)
    px.reserveCapacity(px.count + x.count * (isStep ? 2 : 1))
    py.reserveCapacity(px.capacity)
    var previous = Double.nan
    for index in x.indices {
      let place = frame.x.position(x[index]) * width
      let depth = (1 - frame.y.position(y[index])) * height
      let isShown = place.isFinite && depth.isFinite
      if isStep, isShown, previous.isFinite {
        px.append(place)
        py.append(previous)
      }
      px.append(isShown ? place : .nan)
      py.append(isShown ? depth : .nan)
      previous = isShown ? depth : .nan
    }
  }

  /// The lines' path in the plane's units.
  mutating func path(isOrdered: Bool = true) -> PathWriter {
    clip()
    var runs: [[Int]] = []
    var start = 0
    while start < px.count {
      guard px[start].isFinite else {
        start += 1
        continue
      }
      var end = start + 1
      while end < px.count, px[end].isFinite { end += 1 }
      runs.append(Thinning.kept(px, py, in: start..<end, tolerance: Self.tolerance))
      start = end
    }
    isDense = isOrdered && runs.reduce(0) { $0 + $1.count } > frame.plane.width
    if isDense, frame.plane.unitsY % 2 == 0 { unitsY = 2 }
    var path = PathWriter()
    for run in runs { write(run, isOrdered: isOrdered, to: &path) }
    return path
  }

  /// The outline of the area between two lines.
  mutating func area(_ x: [Double], lower: [Double], upper: [Double]) -> PathWriter {
    let width = Double(frame.plane.width)
    let height = Double(frame.plane.height)
    var path = PathWriter()
    func isShown(_ index: Int) -> Bool {
      x[index].isFinite && frame.x.position(x[index]).isFinite
        && (lower[index].isFinite || frame.y.kind == .log) && upper[index].isFinite
    }
    var start = 0
    while start < x.count {
      guard isShown(start) else {
        start += 1
        continue
      }
      var end = start + 1
      while end < x.count, isShown(end) { end += 1 }
      func depth(_ value: Double) -> Double {
        let position = frame.y.position(value)
        // On a logarithmic scale a band that extends below zero is drawn down to the axis.
        return (1 - min(max(position.isNaN ? 0 : position, 0), 1)) * height
      }
      let places = (start..<end).map { min(max(frame.x.position(x[$0]), 0), 1) * width }
      let tops = (start..<end).map { depth(upper[$0]) }
      let bottoms = (start..<end).map { depth(lower[$0]) }
      let above = Thinning.kept(places, tops, in: 0..<places.count, tolerance: Self.tolerance)
      let below = Thinning.kept(places, bottoms, in: 0..<places.count, tolerance: Self.tolerance)
      let first = (units(places[0], tops[0]))
      path.move(to: first.x, first.y)
      for index in above.dropFirst() {
        let unit = units(places[index], tops[index])
        path.line(to: unit.x, unit.y)
      }
      for index in below.reversed() {
        let unit = units(places[index], bottoms[index])
        path.line(to: unit.x, unit.y)
      }
      path.close(startedAt: first.x, first.y)
      start = end
    }
    return path
  }

  /// The points without neighbors to connect to.
  var alone: PathWriter {
    var dots = PathWriter()
    for index in px.indices where px[index].isFinite {
      let hasNeighbor =
        (index > 0 && px[index - 1].isFinite) || (index + 1 < px.count && px[index + 1].isFinite)
      if !hasNeighbor {
        dots.dot(
          at: Int(clamped: (px[index] * unitsX).rounded()),
          Int(clamped: (py[index] * Double(frame.plane.unitsY)).rounded()))
      }
    }
    return dots
  }

  // MARK: -

  private func units(_ x: Double, _ y: Double) -> (x: Int, y: Int) {
    (
      Int(clamped: (x * unitsX).rounded()),
      Int(clamped: (y * Double(unitsY)).rounded())
    )
  }

  private func write(_ kept: [Int], isOrdered: Bool, to path: inout PathWriter) {
    let first = units(px[kept[0]], py[kept[0]])
    if kept.count == 1 { return }
    path.move(to: first.x, first.y)
    guard isOrdered else {
      for index in kept.dropFirst() {
        let unit = units(px[index], py[index])
        path.line(to: unit.x, unit.y)
      }
      return
    }
    writeColumns(kept, from: first, to: &path)
  }

  /// Writes the kept points as a path. Three or more points within nine units, a little less than a
  /// pixel, become a vertical stroke from their minimum to their maximum, which looks the same and
  /// takes fewer bytes.
  private func writeColumns(
    _ kept: [Int], from first: (x: Int, y: Int), to path: inout PathWriter
  ) {
    let columnUnits = 9
    func column(_ index: Int) -> Int {
      (units(px[index], 0).x + columnUnits / 2) / columnUnits
    }
    var at = first.y
    var place = 0
    var wasDense = false
    var previousColumn = -2
    while place < kept.count {
      let here = column(kept[place])
      var next = place + 1
      while next < kept.count, column(kept[next]) == here { next += 1 }
      if next - place < 3 {
        for index in kept[place..<next] {
          let unit = units(px[index], py[index])
          path.line(to: unit.x, unit.y)
          at = unit.y
        }
        wasDense = false
      } else {
        var low = Double.infinity
        var high = -Double.infinity
        // Points omitted between this column and its neighbors may be in it too.
        let from = place > 0 ? kept[place - 1] + 1 : kept[place]
        let to = next < kept.count ? kept[next] : kept[next - 1] + 1
        for index in from..<to where column(index) == here {
          low = min(low, py[index])
          high = max(high, py[index])
        }
        let middle = here * columnUnits
        // Rounded outwards, so that the stroke covers every number of its column.
        let top = Int(clamped: (low * Double(unitsY)).rounded(.down))
        let bottom = Int(clamped: (high * Double(unitsY)).rounded(.up))
        // A line from a distant column ends at the exact point.
        if !(wasDense && here == previousColumn + 1) {
          let unit = units(px[kept[place]], py[kept[place]])
          path.line(to: unit.x, unit.y)
          at = unit.y
        }
        if abs(at - top) <= abs(at - bottom) {
          path.line(to: middle, top)
          path.line(to: middle, bottom)
          at = bottom
        } else {
          path.line(to: middle, bottom)
          path.line(to: middle, top)
          at = top
        }
        let goesOn =
          next < kept.count && column(kept[next]) == here + 1
          && next + 2 < kept.count && column(kept[next + 2]) == here + 1
        if !goesOn {
          let unit = units(px[kept[next - 1]], py[kept[next - 1]])
          path.line(to: unit.x, unit.y)
          at = unit.y
        }
        wasDense = goesOn
      }
      previousColumn = here
      place = next
    }
  }

  /// Clips the lines at the plot's edges, if any point is outside.
  private mutating func clip() {
    let width = Double(frame.plane.width)
    let height = Double(frame.plane.height)
    let slack = 0.01
    var isInside = true
    for index in px.indices where px[index].isFinite {
      if px[index] < -slack || px[index] > width + slack || py[index] < -slack
        || py[index] > height + slack
      {
        isInside = false
        break
      }
    }
    if isInside { return }
    var newX: [Double] = []
    var newY: [Double] = []
    func add(_ x: Double, _ y: Double) {
      newX.append(x)
      newY.append(y)
    }
    for index in px.indices {
      let isShown = px[index].isFinite
      let hasNext = index + 1 < px.count && px[index + 1].isFinite
      guard isShown, hasNext else {
        let isAlone =
          isShown && (index == 0 || !px[index - 1].isFinite) && px[index] >= 0
          && px[index] <= width && py[index] >= 0 && py[index] <= height
        if isAlone { add(px[index], py[index]) }
        add(.nan, .nan)
        continue
      }
      guard
        let cut = Self.clipped(
          px[index], py[index], px[index + 1], py[index + 1], width: width, height: height)
      else {
        add(.nan, .nan)
        continue
      }
      if newX.last != cut.x0 || newY.last != cut.y0 {
        add(.nan, .nan)
        add(cut.x0, cut.y0)
      }
      add(cut.x1, cut.y1)
    }
    (px, py) = (newX, newY)
  }

  /// The part of a segment inside the plot, by the Liang–Barsky algorithm.
  static func clipped(
    _ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double, width: Double, height: Double
  ) -> (x0: Double, y0: Double, x1: Double, y1: Double)? {
    var from = 0.0
    var to = 1.0
    let dx = x1 - x0
    let dy = y1 - y0
    for (p, q) in [(-dx, x0), (dx, width - x0), (-dy, y0), (dy, height - y0)] {
      if p == 0 {
        if q < 0 { return nil }
      } else {
        let r = q / p
        if p < 0 { from = max(from, r) } else { to = min(to, r) }
      }
    }
    guard from <= to else { return nil }
    return (
      from == 0 ? x0 : x0 + from * dx, from == 0 ? y0 : y0 + from * dy,
      to == 1 ? x1 : x0 + to * dx, to == 1 ? y1 : y0 + to * dy
    )
  }
}

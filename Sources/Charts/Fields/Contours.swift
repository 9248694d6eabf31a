import DecimalText
import Markup

/// Contours of a field at a level, by marching squares.
///
/// A border of −∞ surrounds the field at the positions of its edge, so that each region is closed
/// along the edge and every outline is a loop. In an ambiguous cell, the mean of its four corners
/// decides which corners are connected.
///
/// - Source: Lorensen and Cline 1987 in two dimensions; Wenger, *Isosurfaces*, 2013, §2.1.
struct Contours {
  /// A closed outline with the region on its left, in the field's columns and rows.
  struct Loop: Sendable {
    var x: [Double] = []
    var y: [Double] = []
    /// Whether a point is on the field's edge, where it closes the region.
    var isEdge: [Bool] = []
  }

  private let columns: Int
  private let rows: Int
  private let values: [Double]

  /// - Parameters:
  ///   - columns: At least 1, as is `rows`.
  ///   - values: Row by row; NaN counts as below everything.
  init(columns: Int, rows: Int, values: [Double]) {
    precondition(values.count == columns * rows)
    // With the border.
    self.columns = columns + 2
    self.rows = rows + 2
    var padded = [Double](repeating: -.infinity, count: self.columns * self.rows)
    for row in 0..<rows {
      for column in 0..<columns {
        let value = values[row * columns + column]
        padded[(row + 1) * self.columns + column + 1] = value.isNaN ? -.infinity : value
      }
    }
    self.values = padded
  }

  /// The outlines of the regions where the field is at least `level`.
  func loops(at level: Double) -> [Loop] {
    let cellColumns = columns - 1
    // A grid edge is identified by its lower left end and its direction: to the right, or upwards.
    let horizontalCount = columns * rows
    var next = [Int32](repeating: -1, count: 2 * horizontalCount)
    for row in 0..<(rows - 1) {
      for column in 0..<cellColumns {
        let corner = row * columns + column
        let a = values[corner]
        let b = values[corner + 1]
        let c = values[corner + columns + 1]
        let d = values[corner + columns]
        var kind = 0
        if a >= level { kind |= 1 }
        if b >= level { kind |= 2 }
        if c >= level { kind |= 4 }
        if d >= level { kind |= 8 }
        if kind == 0 || kind == 15 { continue }
        let bottom = corner
        let top = corner + columns
        let left = horizontalCount + corner
        let right = horizontalCount + corner + 1
        func link(_ from: Int, _ to: Int) { next[from] = Int32(to) }
        // The region is to the left of the direction of travel.
        switch kind {
        case 1: link(bottom, left)
        case 2: link(right, bottom)
        case 3: link(right, left)
        case 4: link(top, right)
        case 6: link(top, bottom)
        case 7: link(top, left)
        case 8: link(left, top)
        case 9: link(bottom, top)
        case 11: link(right, top)
        case 12: link(left, right)
        case 13: link(bottom, right)
        case 14: link(left, bottom)
        default:
          let isJoined = (a + b + c + d) / 4 >= level
          if kind == 5 {
            if isJoined {
              link(bottom, right)
              link(top, left)
            } else {
              link(bottom, left)
              link(top, right)
            }
          } else if isJoined {
            link(right, top)
            link(left, bottom)
          } else {
            link(right, bottom)
            link(left, top)
          }
        }
      }
    }
    var loops: [Loop] = []
    for start in next.indices where next[start] >= 0 {
      var loop = Loop()
      var edge = start
      while next[edge] >= 0 {
        append(edge, level, to: &loop)
        let following = Int(next[edge])
        next[edge] = -1
        edge = following
      }
      loops.append(loop)
    }
    return loops
  }

  /// Appends the point where the field crosses the level on a grid edge.
  private func append(_ edge: Int, _ level: Double, to loop: inout Loop) {
    let isHorizontal = edge < columns * rows
    let corner = isHorizontal ? edge : edge - columns * rows
    let row = corner / columns
    let column = corner % columns
    let a = values[corner]
    let b = values[isHorizontal ? corner + 1 : corner + columns]
    var share = 0.5
    if a.isFinite, b.isFinite, a != b { share = min(max((level - a) / (b - a), 0), 1) }
    let across = Double(column) + (isHorizontal ? share : 0) - 1
    let along = Double(row) + (isHorizontal ? 0 : share) - 1
    let isEdge =
      isHorizontal
      ? column == 0 || column == columns - 2
      : row == 0 || row == rows - 2
    loop.x.append(min(max(across, 0), Double(columns - 3)))
    loop.y.append(min(max(along, 0), Double(rows - 3)))
    loop.isEdge.append(isEdge)
  }
}

extension Field {
  /// Outlines of the regions where the field is at least `level`, as closed paths on the plane.
  func region(atLeast level: Double, on frame: Cartesian) -> PathWriter {
    var path = PathWriter()
    // A single row or column has no interior.
    guard columns > 1, rows > 1 else { return path }
    for loop in Contours(columns: columns, rows: rows, values: values).loops(at: level) {
      let (px, py) = pixels(loop, frame)
      let kept = Thinning.kept(px, py, in: 0..<px.count, tolerance: 0.25)
      let units = kept.map { frame.units(px[$0], py[$0]) }
      guard let first = units.first, units.count > 2 else { continue }
      path.move(to: first.x, first.y)
      for unit in units.dropFirst() { path.line(to: unit.x, unit.y) }
      path.close(startedAt: first.x, first.y)
    }
    return path
  }

  /// The lines where the field crosses the level, without the field's edge.
  func lines(at level: Double, on frame: Cartesian) -> PathWriter {
    var path = PathWriter()
    // A single row or column has no interior.
    guard columns > 1, rows > 1 else { return path }
    for loop in Contours(columns: columns, rows: rows, values: values).loops(at: level) {
      let (px, py) = pixels(loop, frame)
      // Begin at a point on the edge, so that each piece is whole; a loop without such points
      // closes itself.
      let count = px.count
      let start = loop.isEdge.firstIndex(of: true) ?? 0
      let isClosed = !loop.isEdge.contains(true)
      var x: [Double] = []
      var y: [Double] = []
      func flush() {
        if x.count > 1 {
          let kept = Thinning.kept(x, y, in: 0..<x.count, tolerance: 0.25)
          let first = frame.units(x[kept[0]], y[kept[0]])
          path.move(to: first.x, first.y)
          for index in kept.dropFirst() {
            let unit = frame.units(x[index], y[index])
            path.line(to: unit.x, unit.y)
          }
        }
        x.removeAll()
        y.removeAll()
      }
      for offset in 0...count {
        let index = (start + offset) % count
        if offset == count, !isClosed { break }
        if loop.isEdge[index] {
          flush()
        } else {
          x.append(px[index])
          y.append(py[index])
        }
      }
      flush()
    }
    return path
  }

  private func pixels(_ loop: Contours.Loop, _ frame: Cartesian) -> (x: [Double], y: [Double]) {
    let stepX = columns > 1 ? (x.upperBound - x.lowerBound) / Double(columns - 1) : 0
    let stepY = rows > 1 ? (y.upperBound - y.lowerBound) / Double(rows - 1) : 0
    let width = Double(frame.plane.width)
    let height = Double(frame.plane.height)
    return (
      loop.x.map {
        min(max(frame.x.position(x.lowerBound + $0 * stepX), 0), 1) * width
      },
      loop.y.map {
        (1 - min(max(frame.y.position(y.lowerBound + $0 * stepY), 0), 1)) * height
      }
    )
  }

  /// The value at a point, by bilinear interpolation; `nil` outside.
  func value(atX px: Double, y py: Double) -> Double? {
    guard x.contains(px), y.contains(py), columns > 1, rows > 1 else { return nil }
    let across = (px - x.lowerBound) / (x.upperBound - x.lowerBound) * Double(columns - 1)
    let along = (py - y.lowerBound) / (y.upperBound - y.lowerBound) * Double(rows - 1)
    let column = min(max(Int(clamped: across), 0), columns - 2)
    let row = min(max(Int(clamped: along), 0), rows - 2)
    let u = across - Double(column)
    let v = along - Double(row)
    let at = row * columns + column
    let lower = values[at] * (1 - u) + values[at + 1] * u
    let upper = values[at + columns] * (1 - u) + values[at + columns + 1] * u
    return lower * (1 - v) + upper * v
  }
}

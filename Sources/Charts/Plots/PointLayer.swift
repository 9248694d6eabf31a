import Markup

/// Points of several sets over a plane that scales as a whole.
struct PointLayer {
  /// Maximum number of points; more are thinned evenly, since they would cover each other and take
  /// more bytes than the picture below them.
  static let limit = 1500

  let frame: Cartesian
  /// One in `every` points is drawn.
  let every: Int

  init(_ sets: [PointSet], on frame: Cartesian) {
    self.frame = frame
    let count = sets.reduce(0) { $0 + $1.x.count }
    every = max(1, (count + Self.limit - 1) / Self.limit)
  }

  /// - Parameter id: Prefix of the ids of paths that are drawn twice, as a halo and as a mark.
  func write(_ sets: [PointSet], id: String, to svg: inout MarkupWriter) {
    for (index, set) in sets.enumerated() {
      let marker = set.marker(at: index)
      let path = path(set, marker)
      guard !path.isEmpty else { continue }
      svg.raw("<g class=\"s c\(set.color(at: index))\" data-s=\"\(index)\">")
      switch marker {
      case .circle, .square:
        // Dots are lines of zero length, drawn twice: wider in the background color, then in their
        // own.
        let shape = marker == .square ? " square" : ""
        let name = "\(id)-p\(index)"
        svg.raw("<defs><path id=\"\(name)\" vector-effect=\"non-scaling-stroke\" d=\"")
        svg.raw(path.bytes)
        svg.raw("\"/></defs><use class=\"halo\(shape)\" href=\"#\(name)\"/>")
        svg.raw("<use class=\"dot\(shape)\" href=\"#\(name)\"/>")
      case .triangle, .diamond: svg.path("mark point", path)
      case .cross, .plus: svg.path("mark stroked point", path)
      }
      svg.raw("</g>")
    }
  }

  private func path(_ set: PointSet, _ marker: Marker) -> PathWriter {
    var path = PathWriter()
    for index in stride(from: 0, to: set.x.count, by: every) {
      let px = frame.x.position(set.x[index])
      let py = frame.y.position(set.y[index])
      guard px >= 0, px <= 1, py >= 0, py <= 1 else { continue }
      let x = frame.plane.x(px)
      let y = frame.plane.y(py)
      switch marker {
      case .circle, .square: path.dot(at: x, y)
      // Each begins at its center, where the page's script finds the point.
      case .triangle:
        path.move(to: x, y)
        path.move(to: x, y - 40)
        path.line(to: x + 37, y + 25)
        path.line(to: x - 37, y + 25)
        path.close(startedAt: x, y - 40)
      case .diamond:
        path.move(to: x, y)
        path.move(to: x, y - 42)
        path.line(to: x + 42, y)
        path.line(to: x, y + 42)
        path.line(to: x - 42, y)
        path.close(startedAt: x, y - 42)
      case .cross:
        path.move(to: x, y)
        for (dx, dy) in [(-27, -27), (27, 27), (0, 0), (27, -27), (-27, 27)] {
          path.line(to: x + dx, y + dy)
        }
      case .plus:
        path.move(to: x, y)
        for (dx, dy) in [(-35, 0), (35, 0), (0, 0), (0, -35), (0, 35)] {
          path.line(to: x + dx, y + dy)
        }
      }
    }
    return path
  }

  static func legend(_ sets: [PointSet]) -> [LegendItem] {
    sets.enumerated().filter { !$0.element.name.isEmpty }.map { index, set in
      LegendItem(
        name: set.name, key: .point(color: set.color(at: index), marker: set.marker(at: index)))
    }
  }

  static func table(_ sets: [PointSet], x: Axis, y: Axis, setName: String) -> DataTable {
    let xName = x.label.isEmpty ? "x" : x.label
    let yName = y.label.isEmpty ? "y" : y.label
    return DataTable([
      .init(setName, .texts(sets.flatMap { set in set.x.map { _ in set.name } })),
      .init(xName, .numbers(sets.flatMap(\.x))),
      .init(yName, .numbers(sets.flatMap(\.y))),
    ])
  }
}

import Localization

/// The boxes, frames and arrows of a network drawing, in one of two directions.
struct NetworkLayout {
  struct Box {
    var layer: NetworkDrawing.Layer
    /// The layer's name, broken into lines where the box is narrow.
    var name: [Label]
    var x: Double
    var y: Double
    var width: Double
    var height: Double
  }

  struct Frame {
    var text: String
    var x: Double
    var y: Double
    var width: Double
    var height: Double
  }

  struct Arrow {
    var points: [(x: Double, y: Double)]
    var label: String
  }

  private(set) var boxes: [Box] = []
  private(set) var frames: [Frame] = []
  private(set) var arrows: [Arrow] = []
  private(set) var width = 0.0
  private(set) var height = 0.0

  /// Whether layers follow each other downwards; otherwise to the right.
  let isUpright: Bool
  private let stub: Double
  private let boxWidth: Double
  private let nameWidth: Double

  /// - Parameters:
  ///   - stub: Space in pixels beside boxes with weights, for the gradients of the weights.
  ///   - nameWidth: Width in pixels at which upright boxes break their names.
  init(
    _ parts: [NetworkDrawing.Part], isUpright: Bool, stub: Double, nameWidth: Double = .infinity
  ) {
    self.isUpright = isUpright
    self.stub = stub
    self.nameWidth = isUpright ? nameWidth : .infinity
    let layers = Self.layers(parts)
    // Shapes are at the right of the arrows: in a lane, they need half of its box's width.
    let shapeWidth = layers.map { Label($0.shape).width(size: TextSize.tick) }.max() ?? 0
    // Where names are broken, boxes in lanes are as narrow as possible, and others as wide as
    // needed.
    let isBroken = isUpright && nameWidth.isFinite
    let alike = isBroken ? Self.layersInLanes(parts) : layers
    boxWidth = alike.reduce(isBroken ? max(60, 2 * shapeWidth - 28) : 60) {
      max($0, Self.textWidth($1, Self.name($1, nameWidth)))
    }
    let size = measure(sequence: parts)
    width = isUpright ? size.across : size.along
    height = isUpright ? size.along : size.across
    place(sequence: parts, along: 0, middle: size.across / 2)
  }

  static func layers(_ parts: [NetworkDrawing.Part]) -> [NetworkDrawing.Layer] {
    parts.flatMap { part -> [NetworkDrawing.Layer] in
      switch part {
      case .layer(let layer): [layer]
      case .repeated(_, let inner): layers(inner)
      case .residual(let inner, let join): layers(inner) + [join]
      case .branches(let lanes, let join): lanes.flatMap(layers) + [join]
      }
    }
  }

  private static func name(_ layer: NetworkDrawing.Layer, _ width: Double) -> [Label] {
    guard width.isFinite, !layer.name.contains("$") else { return [Label(layer.name)] }
    // Names break only between words.
    var lines: [String] = []
    for word in layer.name.split(separator: " ") {
      let longer = lines.last.map { "\($0) \(word)" }
      if let longer, FontMetrics.width(longer, size: 13) <= width {
        lines[lines.count - 1] = longer
      } else {
        lines.append(String(word))
      }
    }
    return lines.map { Label($0) }
  }

  private static func layersInLanes(_ parts: [NetworkDrawing.Part]) -> [NetworkDrawing.Layer] {
    parts.flatMap { part -> [NetworkDrawing.Layer] in
      switch part {
      case .layer: []
      case .repeated(_, let inner): layersInLanes(inner)
      case .residual(let inner, _): layersInLanes(inner)
      case .branches(let lanes, _): lanes.flatMap(layers)
      }
    }
  }

  private static func textWidth(_ layer: NetworkDrawing.Layer, _ name: [Label]) -> Double {
    max(
      56, (name.map { $0.width(size: 13) }.max() ?? 0) * 1.08 + (name.count > 1 ? 8 : 24),
      Label(layer.detail).width(size: TextSize.tick) + 16)
  }

  private func boxHeight(_ layer: NetworkDrawing.Layer) -> Double {
    let lines = isUpright ? Self.name(layer, nameWidth).count : 1
    return (layer.detail.isEmpty ? 30 : 44) + 16 * Double(max(lines, 1) - 1)
  }

  // MARK: Sizes

  private typealias Size = (along: Double, across: Double)

  private func size(_ layer: NetworkDrawing.Layer) -> Size {
    let width =
      layer.kind == .join
      ? max(36, Label(layer.name).width(size: 13) + 16)
      : isUpright
        ? max(boxWidth, Self.textWidth(layer, Self.name(layer, nameWidth)))
        : Self.textWidth(layer, [Label(layer.name)])
    let height = layer.kind == .join ? 30 : isUpright ? boxHeight(layer) : 44
    return isUpright ? (height, width + 2 * stub) : (width, height + 2 * stub)
  }

  private func gap(after part: NetworkDrawing.Part) -> Double {
    let shape = Self.lastShape(part)
    if isUpright { return shape.isEmpty ? 22 : 32 }
    return shape.isEmpty ? 26 : Label(shape).width(size: TextSize.tick) + 22
  }

  private static func lastShape(_ part: NetworkDrawing.Part) -> String {
    switch part {
    case .layer(let layer): layer.shape
    case .repeated(_, let inner): inner.last.map(lastShape) ?? ""
    case .residual(_, let join): join.shape
    case .branches(_, let join): join.shape
    }
  }

  private func measure(sequence parts: [NetworkDrawing.Part]) -> Size {
    var along = 0.0
    var across = 0.0
    for (index, part) in parts.enumerated() {
      let size = measure(part)
      along += size.along + (index + 1 < parts.count ? gap(after: part) : 0)
      across = max(across, size.across)
    }
    return (along, across)
  }

  private static let padding = 14.0
  private static let lane = 26.0
  private static let split = 26.0

  private func measure(_ part: NetworkDrawing.Part) -> Size {
    switch part {
    case .layer(let layer): return size(layer)
    case .repeated(_, let inner):
      let size = measure(sequence: inner)
      // The count is in the frame's upper left corner, above the repeated layers.
      return isUpright
        ? (size.along + 2 * Self.padding + 12, size.across + 2 * Self.padding)
        : (size.along + 2 * Self.padding, size.across + 2 * Self.padding + 24)
    case .residual(let inner, let join):
      let size = measure(sequence: inner)
      let meeting = self.size(join)
      return (
        Self.split + size.along + Self.split + meeting.along,
        max(size.across, meeting.across) + 2 * Self.lane
      )
    case .branches(let lanes, let join):
      let sizes = lanes.map { measure(sequence: $0) }
      let meeting = size(join)
      return (
        Self.split + (sizes.map(\.along).max() ?? 0) + Self.split + meeting.along,
        max(
          sizes.reduce(0) { $0 + $1.across } + 20 * Double(max(sizes.count - 1, 0)),
          meeting.across)
      )
    }
  }

  // MARK: Places

  private func point(_ along: Double, _ across: Double) -> (x: Double, y: Double) {
    isUpright ? (across, along) : (along, across)
  }

  private mutating func arrow(_ points: [(Double, Double)], _ label: String = "") {
    arrows.append(Arrow(points: points.map { point($0.0, $0.1) }, label: label))
  }

  private mutating func place(
    sequence parts: [NetworkDrawing.Part], along: Double, middle: Double
  ) {
    var along = along
    for (index, part) in parts.enumerated() {
      let size = measure(part)
      place(part, along: along, middle: middle, size)
      along += size.along
      if index + 1 < parts.count {
        let gap = gap(after: part)
        arrow([(along, middle), (along + gap, middle)], Self.lastShape(part))
        along += gap
      }
    }
  }

  private mutating func place(
    _ part: NetworkDrawing.Part, along: Double, middle: Double, _ size: Size
  ) {
    switch part {
    case .layer(let layer): place(layer, along: along, middle: middle)
    case .repeated(let count, let inner):
      let innerSize = measure(sequence: inner)
      let head = isUpright ? 12.0 : 0
      let start = along + Self.padding + head
      let a = point(along, middle - size.across / 2)
      let b = point(along + size.along, middle + size.across / 2)
      frames.append(
        Frame(text: "\(count) ×", x: a.x, y: a.y, width: b.x - a.x, height: b.y - a.y))
      arrow([(along, middle), (start, middle)])
      place(sequence: inner, along: start, middle: middle)
      arrow([(start + innerSize.along, middle), (along + size.along, middle)])
    case .residual(let inner, let join):
      let innerSize = measure(sequence: inner)
      let start = along + Self.split
      let end = start + innerSize.along
      let side = middle + size.across / 2 - Self.lane / 2
      let meeting = self.size(join)
      let joinMiddle = end + Self.split + meeting.along / 2
      let joinHalf = meeting.across / 2 - stub
      arrow([(along, middle), (start, middle)])
      place(sequence: inner, along: start, middle: middle)
      arrow([(end, middle), (end + Self.split, middle)])
      arrow([
        (along + 4, middle), (along + 4, side), (joinMiddle, side),
        (joinMiddle, middle + joinHalf),
      ])
      place(join, along: end + Self.split, middle: middle)
    case .branches(let lanes, let join):
      let sizes = lanes.map { measure(sequence: $0) }
      let total = sizes.reduce(0) { $0 + $1.across } + 20 * Double(max(sizes.count - 1, 0))
      let longest = sizes.map(\.along).max() ?? 0
      let start = along + Self.split
      let end = start + longest + Self.split
      let meeting = self.size(join)
      var across = middle - total / 2
      for (lane, laneSize) in zip(lanes, sizes) {
        let laneMiddle = across + laneSize.across / 2
        arrow([(along, middle), (along + 8, middle), (along + 8, laneMiddle), (start, laneMiddle)])
        place(sequence: lane, along: start, middle: laneMiddle)
        let turn = end - 14
        // Lanes within the join's breadth enter it straight; the others turn inwards.
        let reach = meeting.across / 2 - stub - 6
        let port = min(max(laneMiddle, middle - reach), middle + reach)
        arrow([
          (start + laneSize.along, laneMiddle), (turn, laneMiddle), (turn, port), (end, port),
        ])
        across += laneSize.across + 20
      }
      place(join, along: end, middle: middle)
    }
  }

  private mutating func place(
    _ layer: NetworkDrawing.Layer, along: Double, middle: Double
  ) {
    let size = size(layer)
    let a = point(along, middle - size.across / 2 + stub)
    let b = point(along + size.along, middle + size.across / 2 - stub)
    boxes.append(
      Box(
        layer: layer, name: layer.kind == .join ? [Label(layer.name)] : Self.name(layer, nameWidth),
        x: a.x, y: a.y, width: b.x - a.x, height: b.y - a.y))
  }
}

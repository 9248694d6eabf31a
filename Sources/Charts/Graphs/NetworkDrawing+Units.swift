import DecimalText
import Localization
import Markup

extension NetworkDrawing {
  /// Circles for units, each connected to all of the next layer; `nil` if fewer than two layers
  /// have a number of units.
  func unitsDrawing(_ context: DrawingContext) -> Drawing? {
    guard let columns = UnitColumns(self, within: Double(context.width - 20)) else { return nil }
    var svg = MarkupWriter()
    columns.writeSynapses(isBackward: direction == .backward, to: &svg)
    columns.writeUnits(to: &svg)
    var margins = Drawing.Margins()
    (margins.top, margins.left, margins.right) = (4, 6, 6)
    margins.bottom = 10 + 15 * (columns.texts.map(\.count).max() ?? 1)
    var drawing = Drawing(
      .fixed(
        margins, width: Int(clamped: columns.width.rounded(.up)),
        height: Int(clamped: columns.height.rounded(.up))),
      title: title)
    drawing.body = svg.bytes
    drawing.name = context.words(.network)
    let words = context.words
    drawing.description = words.sentences([
      columns.layers.map {
        words(.layerWithUnits(name: Label($0.name).plain, units: $0.units ?? 1))
      }.joined(separator: words(.thenLayer))
    ])
    return drawing
  }
}

/// Layers side by side as columns of circles.
private struct UnitColumns {
  let layers: [NetworkDrawing.Layer]
  /// Below each column: the layer's name, the layers without units that follow it, its shape.
  let texts: [[Label]]
  let width: Double
  let height: Double
  /// Number of circles drawn in each column.
  private let shown: [Int]
  /// Distance between two columns.
  private let distance: Double

  /// Maximum number of circles in a column; if there are more units, a gap with dots replaces the
  /// rest.
  private static let limit = 7
  private static let spacing = 30.0
  private static let radius = 10.0

  init?(_ network: NetworkDrawing, within room: Double) {
    var columns: [(layer: NetworkDrawing.Layer, notes: [String])] = []
    for layer in NetworkLayout.layers(network.parts) {
      if layer.units != nil {
        columns.append((layer, layer.detail.isEmpty ? [] : [layer.detail]))
      } else if !columns.isEmpty {
        columns[columns.count - 1].notes.append(layer.name)
      }
    }
    guard columns.count > 1 else { return nil }
    layers = columns.map(\.layer)
    shown = layers.map { min($0.units ?? 1, Self.limit) }
    texts = columns.map { column in
      ([column.layer.name] + column.notes
        + (column.layer.shape.isEmpty ? [] : [column.layer.shape]))
        .map { Label($0) }
    }
    let textWidth = texts.flatMap(\.self).map { $0.width(size: TextSize.tick) }.max() ?? 0
    let wanted = max(textWidth + 12, 84)
    distance = min(wanted, max(textWidth + 8, room / Double(columns.count)))
    width = distance * Double(columns.count)
    height = Double(shown.max() ?? 1) * Self.spacing
  }

  private func n(_ value: Double) -> String { fixed(value, 1, trimmingZeros: true) }

  /// Middles of a column's circles, including the one replaced by a gap.
  private func places(_ index: Int) -> [(x: Double, y: Double)] {
    let count = shown[index]
    let x = (Double(index) + 0.5) * distance
    let start = height / 2 - Double(count - 1) * Self.spacing / 2
    return (0..<count).map { (x, start + Double($0) * Self.spacing) }
  }

  private func hasGap(_ index: Int) -> Bool { layers[index].units ?? 1 > Self.limit }

  /// Middles of the circles that are drawn.
  private func units(_ index: Int) -> [(x: Double, y: Double)] {
    guard hasGap(index) else { return places(index) }
    return places(index).enumerated().filter { $0.offset != Self.limit / 2 }.map(\.element)
  }

  func writeSynapses(isBackward: Bool, to svg: inout MarkupWriter) {
    svg.raw("<path class=\"synapse\(isBackward ? " back" : "")\" d=\"")
    for index in layers.indices.dropLast() {
      for a in units(index) {
        for b in units(index + 1) {
          svg.raw("M\(n(a.x + Self.radius)) \(n(a.y))L\(n(b.x - Self.radius)) \(n(b.y))")
        }
      }
    }
    svg.raw("\"/>")
  }

  /// Writes the circles of each column, the dots of its gap and the text below.
  func writeUnits(to svg: inout MarkupWriter) {
    for (index, layer) in layers.enumerated() {
      for unit in units(index) {
        svg.raw("<circle class=\"unit l\(layer.kind.rawValue)\" cx=\"\(n(unit.x))\"")
        svg.raw(" cy=\"\(n(unit.y))\" r=\"\(n(Self.radius))\"/>")
      }
      let places = places(index)
      if hasGap(index) {
        let middle = places[Self.limit / 2]
        for shift in [-6.0, 0, 6] {
          svg.raw("<circle class=\"ellipsis\" cx=\"\(n(middle.x))\"")
          svg.raw(" cy=\"\(n(middle.y + shift))\" r=\"1.5\"/>")
        }
      }
      for (line, text) in texts[index].enumerated() {
        let name = line == 0 ? "layer-name" : "tick"
        svg.raw("<text class=\"\(name)\" text-anchor=\"middle\" x=\"\(n(places[0].x))\"")
        svg.raw(" y=\"\(n(height + 16 + Double(line) * 15))\">")
        text.writeSVG(to: &svg)
        svg.raw("</text>")
      }
    }
  }
}

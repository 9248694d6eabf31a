import DecimalText
import Localization
import Markup

extension NetworkDrawing {
  /// Circles for units, all joined with all; `nil` where no layer says how many units it has.
  func unitsDrawing(_ context: DrawingContext) -> Drawing? {
    let all = NetworkLayout.layers(parts)
    var columns: [(layer: Layer, notes: [String])] = []
    for layer in all {
      if layer.units != nil {
        columns.append((layer, layer.detail.isEmpty ? [] : [layer.detail]))
      } else if !columns.isEmpty {
        columns[columns.count - 1].notes.append(layer.name)
      }
    }
    guard columns.count > 1 else { return nil }
    let most = 7
    let spacing = 30.0
    let radius = 10.0
    let shown = columns.map { min($0.layer.units ?? 1, most) }
    let tallest = shown.max() ?? 1
    let texts = columns.map { column in
      ([column.layer.name] + column.notes
        + (column.layer.shape.isEmpty ? [] : [column.layer.shape]))
        .map { Label($0) }
    }
    let textWidth = texts.flatMap(\.self).map { $0.width(size: TextSize.tick) }.max() ?? 0
    let wanted = max(textWidth + 12, 84)
    let room = Double(context.width - 20)
    let distance = min(wanted, max(textWidth + 8, room / Double(columns.count)))
    let width = distance * Double(columns.count)
    let height = Double(tallest) * spacing
    let n = { (value: Double) in fixed(value, 1, trimmingZeros: true) }
    /// Middles of a column's circles; where units are left out, a gap with dots is in the middle.
    func places(_ index: Int) -> [(x: Double, y: Double)] {
      let count = shown[index]
      let x = (Double(index) + 0.5) * distance
      let start = height / 2 - Double(count - 1) * spacing / 2
      return (0..<count).map { (x, start + Double($0) * spacing) }
    }
    var svg = MarkupWriter()
    svg.raw("<path class=\"synapse\(direction == .backward ? " back" : "")\" d=\"")
    for index in columns.indices.dropLast() {
      for a in visible(places(index), columns[index].layer.units ?? 1) {
        for b in visible(places(index + 1), columns[index + 1].layer.units ?? 1) {
          svg.raw("M\(n(a.x + radius)) \(n(a.y))L\(n(b.x - radius)) \(n(b.y))")
        }
      }
    }
    svg.raw("\"/>")
    for (index, column) in columns.enumerated() {
      let units = column.layer.units ?? 1
      let places = places(index)
      for place in visible(places, units) {
        svg.raw("<circle class=\"unit l\(column.layer.kind.rawValue)\" cx=\"\(n(place.x))\"")
        svg.raw(" cy=\"\(n(place.y))\" r=\"\(n(radius))\"/>")
      }
      if units > most {
        let middle = places[most / 2]
        for shift in [-6.0, 0, 6] {
          svg.raw(
            "<circle class=\"ellipsis\" cx=\"\(n(middle.x))\" cy=\"\(n(middle.y + shift))\" r=\"1.5\"/>"
          )
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
    var margins = Drawing.Margins()
    (margins.top, margins.left, margins.right) = (4, 6, 6)
    margins.bottom = 10 + 15 * (texts.map(\.count).max() ?? 1)
    var drawing = Drawing(
      .fixed(
        margins, width: Int(clamped: width.rounded(.up)), height: Int(clamped: height.rounded(.up))),
      title: title)
    drawing.body = svg.bytes
    drawing.name = context.words(.network)
    let words = context.words
    drawing.description = words.sentences([
      columns.map { column in
        words(.layerWithUnits(name: Label(column.layer.name).plain, units: column.layer.units ?? 1))
      }.joined(separator: words(.thenLayer))
    ])
    return drawing

    func visible(_ places: [(x: Double, y: Double)], _ units: Int) -> [(x: Double, y: Double)] {
      guard units > most else { return places }
      return places.enumerated().filter { $0.offset != most / 2 }.map(\.element)
    }
  }
}

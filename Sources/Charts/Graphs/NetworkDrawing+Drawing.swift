import DecimalText
import Localization
import Markup

extension NetworkDrawing {
  /// Each layer with its settings and the shape of its output.
  package var data: DataTable {
    let layers = NetworkLayout.layers(parts)
    return DataTable([
      .init("layer", .texts(layers.map(\.name))), .init("detail", .texts(layers.map(\.detail))),
      .init("output", .texts(layers.map(\.shape))),
    ])
  }

  /// Boxes or units from left to right; from the top down where they are too wide.
  package func draw(in context: DrawingContext) -> Drawing {
    if look == .units, let drawing = unitsDrawing(context) { return drawing }
    var drawing = boxes(isUpright: false, context)
    if drawing.fixedWidth > context.width { drawing = upright(within: context.width, context) }
    if drawing.fixedWidth > Self.phoneWidth {
      drawing.narrow = [upright(within: Self.phoneWidth, context)]
    }
    return drawing
  }

  /// Maximum width at which 12-pixel text is still 11 pixels on a phone when the picture is scaled
  /// down.
  private static let phoneWidth = Drawing.phoneWidth * 12 / 11

  /// Boxes from the top down, with names broken as narrowly as the width requires.
  private func upright(within width: Int, _ context: DrawingContext) -> Drawing {
    var drawing = boxes(isUpright: true, context)
    for nameWidth in [120.0, 96, 88, 76] where drawing.fixedWidth > width {
      drawing = boxes(isUpright: true, nameWidth: nameWidth, context)
    }
    return drawing
  }

  private func boxes(
    isUpright: Bool, nameWidth: Double = .infinity, _ context: DrawingContext
  ) -> Drawing {
    let isBackward = direction == .backward
    let layout = NetworkLayout(
      parts, isUpright: isUpright, stub: isBackward ? (isUpright ? 52 : 34) : 0,
      nameWidth: nameWidth)
    let n = { (value: Double) in fixed(value, 1, trimmingZeros: true) }
    var svg = MarkupWriter()
    for frame in layout.frames {
      svg.raw("<rect class=\"repeat\" x=\"\(n(frame.x))\" y=\"\(n(frame.y))\"")
      svg.raw(" width=\"\(n(frame.width))\" height=\"\(n(frame.height))\" rx=\"8\"/>")
      svg.raw("<text class=\"note\" x=\"\(n(frame.x + 8))\" y=\"\(n(frame.y + 15))\">")
      svg.text(frame.text)
      svg.raw("</text>")
    }
    for arrow in layout.arrows { write(arrow, isUpright: isUpright, to: &svg) }
    for box in layout.boxes { write(box, isUpright: isUpright, to: &svg) }
    var margins = Drawing.Margins()
    (margins.top, margins.bottom, margins.left, margins.right) = (6, 6, 6, 6)
    var width = layout.width
    // Upright, shapes are at the right of the arrows.
    if isUpright {
      for arrow in layout.arrows where !arrow.label.isEmpty {
        let end = (arrow.points.last?.x ?? 0) + 9 + Label(arrow.label).width(size: TextSize.tick)
        width = max(width, end)
      }
    }
    var drawing = Drawing(
      .fixed(
        margins, width: max(40, Int(clamped: width.rounded(.up))),
        height: max(30, Int(clamped: layout.height.rounded(.up)))), title: title)
    drawing.body = svg.bytes
    drawing.name =
      isBackward
      ? context.words(.backwardFlow)
      : context.words(.network)
    drawing.description = description(context.words)
    drawing.table = data.html(
      id: context.id + "-data", caption: Label(title).plain, words: context.words)
    return drawing
  }

  private func write(_ box: NetworkLayout.Box, isUpright: Bool, to svg: inout MarkupWriter) {
    let n = { (value: Double) in fixed(value, 1, trimmingZeros: true) }
    let layer = box.layer
    let frozen = layer.isFrozen ? " frozen" : ""
    svg.raw("<rect class=\"layer l\(layer.kind.rawValue)\(frozen)\" x=\"\(n(box.x))\"")
    svg.raw(" y=\"\(n(box.y))\" width=\"\(n(box.width))\" height=\"\(n(box.height))\"")
    svg.raw(" rx=\"\(layer.kind == .join ? 15 : 5)\"/>")
    let middle = n(box.x + box.width / 2)
    let hasDetail = !layer.detail.isEmpty
    let extra = 16 * Double(max(box.name.count, 1) - 1)
    var base = box.y + box.height / 2 + (hasDetail ? -2 : 5) - extra / 2
    for line in box.name {
      svg.raw("<text class=\"layer-name\" text-anchor=\"middle\" x=\"\(middle)\" y=\"\(n(base))\">")
      line.writeSVG(to: &svg)
      svg.raw("</text>")
      base += 16
    }
    base -= 16
    if hasDetail {
      svg.raw("<text class=\"tick\" text-anchor=\"middle\" x=\"\(middle)\" y=\"\(n(base + 15))\">")
      Label(layer.detail).writeSVG(to: &svg)
      svg.raw("</text>")
    }
    if direction == .backward, layer.kind == .weights, !layer.isFrozen {
      writeWeightGradient(of: box, isUpright: isUpright, to: &svg)
    }
  }

  /// Writes the arrow from the box's side to the gradient of its weights.
  private func writeWeightGradient(
    of box: NetworkLayout.Box, isUpright: Bool, to svg: inout MarkupWriter
  ) {
    let n = { (value: Double) in fixed(value, 1, trimmingZeros: true) }
    if isUpright {
      let y = box.y + box.height / 2
      let x = box.x + box.width
      svg.raw("<path class=\"edge back\" d=\"M\(n(x)) \(n(y))h14\"/>")
      svg.raw("<path class=\"tip back\" d=\"M\(n(x + 21)) \(n(y))l-8-4v8z\"/>")
      svg.raw("<text class=\"gradient\" x=\"\(n(x + 25))\" y=\"\(n(y + 4))\">")
    } else {
      let y = box.y + box.height
      let x = box.x + box.width / 2
      svg.raw("<path class=\"edge back\" d=\"M\(n(x)) \(n(y))v8\"/>")
      svg.raw("<path class=\"tip back\" d=\"M\(n(x)) \(n(y + 15))l-4-8h8z\"/>")
      svg.raw("<text class=\"gradient\" text-anchor=\"middle\" x=\"\(n(x))\" y=\"\(n(y + 29))\">")
    }
    Label("$\\nabla w$").writeSVG(to: &svg)
    svg.raw("</text>")
  }

  private func write(_ arrow: NetworkLayout.Arrow, isUpright: Bool, to svg: inout MarkupWriter) {
    let isBackward = direction == .backward
    let n = { (value: Double) in fixed(value, 1, trimmingZeros: true) }
    let points = isBackward ? arrow.points.reversed() : arrow.points
    guard let first = points.first, let end = points.last, points.count > 1 else { return }
    let back = isBackward ? " back" : ""
    svg.raw("<path class=\"edge\(back)\" d=\"M\(n(first.x)) \(n(first.y))")
    for (from, to) in zip(points, points.dropFirst()) where from != to {
      svg.raw(from.y == to.y ? "H\(n(to.x))" : "V\(n(to.y))")
    }
    svg.raw("\"/>")
    let before = points.reversed().dropFirst().first { $0 != end } ?? first
    let tip =
      before.y == end.y
      ? (before.x < end.x ? "l-8-4v8z" : "l8-4v8z") : (before.y < end.y ? "l-4-8h8z" : "l-4 8h8z")
    svg.raw("<path class=\"tip\(back)\" d=\"M\(n(end.x)) \(n(end.y))\(tip)\"/>")
    guard !arrow.label.isEmpty else { return }
    let label = Label(isBackward ? "$\\nabla x$: \(arrow.label)" : arrow.label)
    let a = arrow.points[0]
    let b = arrow.points[arrow.points.count - 1]
    if isUpright {
      svg.raw("<text class=\"\(isBackward ? "gradient" : "tick")\" x=\"\(n(a.x + 8))\"")
      svg.raw(" y=\"\(n((a.y + b.y) / 2 + 4))\">")
    } else {
      svg.raw("<text class=\"\(isBackward ? "gradient" : "tick")\" text-anchor=\"middle\"")
      svg.raw(" x=\"\(n((a.x + b.x) / 2))\" y=\"\(n(a.y - 7))\">")
    }
    (isUpright ? label : Label(isBackward ? "$\\nabla x$" : arrow.label)).writeSVG(to: &svg)
    svg.raw("</text>")
  }

  private func description(_ words: Words) -> String {
    func tell(_ parts: [Part]) -> String {
      parts.map { part -> String in
        switch part {
        case .layer(let layer):
          let shape =
            layer.shape.isEmpty ? "" : words(.giving(shape: layer.shape))
          return Label(layer.name).plain + Label(shape).plain
        case .repeated(let count, let inner):
          return words(.timesRepeated(count: count, layers: tell(inner)))
        case .residual(let inner, let join):
          return words(.withBypass(layers: tell(inner), join: Label(join.name).plain))
        case .branches(let lanes, let join):
          let all = lanes.map { "(\(tell($0)))" }
          return words(.sideBySide(branches: words.list(all), join: Label(join.name).plain))
        }
      }.joined(separator: words(.thenLayer))
    }
    guard !parts.isEmpty else {
      return words.sentences([words(.nothingToDraw)])
    }
    let order =
      direction == .backward
      ? words(.gradientsFlowBack)
      : words(.inputToOutput)
    return words.sentences([order + tell(parts)])
  }
}

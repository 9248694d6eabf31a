import DecimalText
import Localization
import Markup

extension LayeredGraph {
  package var data: DataTable {
    DataTable(
      [
        .init("from", .texts(edges.map { nodes[$0.from].name })),
        .init("to", .texts(edges.map { edge in edge.to.map { nodes[$0].name } ?? "" })),
        .init("value", .numbers(edges.map { $0.value ?? .nan })),
        .init("gradient", .numbers(edges.map { $0.gradient ?? .nan })),
      ], isSparse: true)
  }

  package func draw(in context: DrawingContext) -> Drawing {
    for edge in edges {
      precondition(
        nodes.indices.contains(edge.from) && edge.to.map(nodes.indices.contains) ?? true,
        "an edge from \(edge.from) to \(edge.to ?? -1) among \(nodes.count) nodes")
    }
    var drawing = picture(isUpright: false, context)
    if case .fixed(let margins, let width, _) = drawing.shape,
      width + margins.left + margins.right > 340, context.isWide
    {
      let upright = picture(isUpright: true, context)
      if width + margins.left + margins.right > 680 {
        drawing = upright
      } else {
        drawing.narrow = [upright]
      }
    } else if case .fixed(let margins, let width, _) = drawing.shape,
      width + margins.left + margins.right > context.width
    {
      drawing = picture(isUpright: true, context)
    }
    return drawing
  }

  private func picture(isUpright: Bool, _ context: DrawingContext) -> Drawing {
    let labels = nodes.map { Label($0.name) }
    let texts = edges.map { edge in
      (
        edge.value.map { NumberText.reading($0, digits: 4) },
        edge.gradient.map { NumberText.reading($0, digits: 4) }
      )
    }
    let textWidth =
      texts.flatMap { [$0.0, $0.1].compactMap(\.self) }
      .map { FontMetrics.width($0, size: TextSize.tick) }.max() ?? 0
    // Room for a number above and one below each edge; or, upright, for both at its right.
    let portSpacing = isUpright ? textWidth + 16 : 36
    let sizes = nodes.enumerated().map { index, node -> LayeredLayout.Node in
      let incoming = Double(edges.count { $0.to == index })
      let text = labels[index].width(size: 14) + 20
      let width = max(34, text)
      return isUpright
        ? LayeredLayout.Node(
          along: 32, across: max(width, (incoming - 1) * portSpacing + 28))
        : LayeredLayout.Node(along: width, across: max(32, (incoming - 1) * portSpacing + 24))
    }
    let layout = LayeredLayout(
      nodes: sizes, edges: edges.map { .init(from: $0.from, to: $0.to) },
      gap: isUpright ? 46 : textWidth + 22, separation: isUpright ? max(18, textWidth - 8) : 20,
      portSpacing: portSpacing)
    func point(_ place: (along: Double, across: Double)) -> (x: Double, y: Double) {
      isUpright ? (place.across, place.along) : (place.along, place.across)
    }
    let number = { (n: Double) in fixed(n, 1, trimmingZeros: true) }
    var svg = MarkupWriter()
    svg.raw("<g>")
    for route in layout.routes {
      let points = route.points.map(point)
      svg.raw("<path class=\"edge\" d=\"M\(number(points[0].x)) \(number(points[0].y))")
      for (from, to) in zip(points, points.dropFirst()) {
        svg.raw(from.y == to.y ? "H\(number(to.x))" : "V\(number(to.y))")
      }
      svg.raw("\"/>")
      if let end = points.last {
        svg.raw("<path class=\"tip\" d=\"M\(number(end.x)) \(number(end.y))")
        svg.raw(isUpright ? "l-4-8h8z" : "l-8-4v8z")
        svg.raw("\"/>")
      }
    }
    svg.raw("</g>")
    for (index, node) in nodes.enumerated() {
      let middle = point(layout.middles[index])
      let width = isUpright ? sizes[index].across : sizes[index].along
      let height = isUpright ? sizes[index].along : sizes[index].across
      let radius = node.kind == .operation ? min(width, height) / 2 : 4
      svg.raw("<rect class=\"node k\(node.kind.rawValue)\" x=\"\(number(middle.x - width / 2))\"")
      svg.raw(" y=\"\(number(middle.y - height / 2))\" width=\"\(number(width))\"")
      svg.raw(" height=\"\(number(height))\" rx=\"\(number(min(radius, 17)))\"/>")
      svg.raw("<text class=\"node-name\" text-anchor=\"middle\" x=\"\(number(middle.x))\"")
      svg.raw(" y=\"\(number(middle.y + 5))\">")
      labels[index].writeSVG(to: &svg)
      svg.raw("</text>")
    }
    // Values above the last run, gradients below; upright, both at its right.
    var over = 0.0
    for (route, text) in zip(layout.routes, texts) {
      guard let end = route.points.last.map(point) else { continue }
      for (isGradient, string) in [(false, text.0), (true, text.1)] {
        guard let string else { continue }
        let x = isUpright ? end.x + 7 : end.x - 12
        let y = isUpright ? end.y - (isGradient ? 10 : 25) : end.y + (isGradient ? 15 : -6)
        if isUpright { over = max(over, x + FontMetrics.width(string, size: TextSize.tick)) }
        svg.raw("<text class=\"\(isGradient ? "gradient" : "value")\"")
        if !isUpright { svg.raw(" text-anchor=\"end\"") }
        svg.raw(" x=\"\(number(x))\" y=\"\(number(y))\">")
        svg.text(string)
        svg.raw("</text>")
      }
    }
    let width = isUpright ? layout.across : layout.along
    let height = isUpright ? layout.along : layout.across
    var margins = Drawing.Margins()
    (margins.left, margins.right, margins.top, margins.bottom) = (4, 4, 16, 18)
    margins.right = max(4, Int(clamped: (over - width).rounded(.up)) + 4)
    var drawing = Drawing(
      .fixed(
        margins, width: max(Int(clamped: width.rounded(.up)), 40),
        height: max(Int(clamped: height.rounded(.up)), 20)),
      title: title)
    drawing.body = svg.bytes
    drawing.name = context.words(.computationGraph)
    drawing.description = description(context.words)
    let hasBoth = edges.contains { $0.gradient != nil } && edges.contains { $0.value != nil }
    if hasBoth {
      drawing.legend = [
        LegendItem(name: context.words(.valueForward), key: .text(.value)),
        LegendItem(name: context.words(.gradientBackward), key: .text(.gradient)),
      ]
    }
    drawing.table = data.html(
      id: context.id + "-data", caption: Label(title).plain, words: context.words)
    return drawing
  }

  private func description(_ words: Words) -> String {
    guard !nodes.isEmpty else {
      return words.sentences([words(.nothingToDraw)])
    }
    let n = { NumberText.reading($0, digits: 4) }
    var sentences: [String] = []
    for edge in edges {
      guard let value = edge.value else { continue }
      let from = Label(nodes[edge.from].name).plain
      let to = edge.to.map { Label(nodes[$0].name).plain }
      let gradient = edge.gradient.map { words(.edgeGradient(gradient: n($0))) } ?? ""
      if let to {
        sentences.append(
          words(.edgeValue(from: from, to: to, value: n(value), gradient: gradient)))
      } else {
        sentences.append(
          words(.resultValue(value: n(value), gradient: gradient)))
      }
    }
    if sentences.isEmpty {
      sentences = [
        words(.nodesAndEdges(nodes: nodes.count, edges: edges.count))
      ]
    }
    return words.sentences([sentences.joined(separator: words(.semicolon))])
  }
}

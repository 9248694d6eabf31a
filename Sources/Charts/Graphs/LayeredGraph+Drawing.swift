import DecimalText
import Localization
import Markup

extension LayeredGraph {
  /// Each edge with its ends, its value and its gradient.
  package var data: DataTable {
    DataTable(
      [
        .init("from", .texts(edges.map { nodes[$0.from].name })),
        .init("to", .texts(edges.map { edge in edge.to.map { nodes[$0].name } ?? "" })),
        .init("value", .numbers(edges.map { $0.value ?? .nan })),
        .init("gradient", .numbers(edges.map { $0.gradient ?? .nan })),
      ], isSparse: true)
  }

  /// The graph from left to right, or from the top down where it is too wide.
  ///
  /// - Precondition: the ends of all edges are among the nodes.
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
    let picture = Picture(self, isUpright: isUpright)
    var svg = MarkupWriter()
    picture.writeEdges(to: &svg)
    picture.writeNodes(to: &svg)
    let over = picture.writeNumbers(to: &svg)
    let layout = picture.layout
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

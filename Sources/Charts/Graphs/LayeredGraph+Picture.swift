import DecimalText
import Markup

extension LayeredGraph {
  /// The graph laid out from left to right, or upright from the top down.
  struct Picture {
    let graph: LayeredGraph
    let isUpright: Bool
    let layout: LayeredLayout
    private let labels: [Label]
    /// The formatted numbers on each edge.
    private let texts: [(value: String?, gradient: String?)]
    private let sizes: [LayeredLayout.Node]

    init(_ graph: LayeredGraph, isUpright: Bool) {
      self.graph = graph
      self.isUpright = isUpright
      let labels = graph.nodes.map { Label($0.name) }
      texts = graph.edges.map { edge in
        (
          edge.value.map { NumberText.reading($0, digits: 4) },
          edge.gradient.map { NumberText.reading($0, digits: 4) }
        )
      }
      let textWidth =
        texts.flatMap { [$0.value, $0.gradient].compactMap(\.self) }
        .map { FontMetrics.width($0, size: TextSize.tick) }.max() ?? 0
      // Space for a number above and one below each edge; or, upright, for both at its right.
      let portSpacing = isUpright ? textWidth + 16 : 36
      sizes = labels.enumerated().map { index, label -> LayeredLayout.Node in
        let incoming = Double(graph.edges.count { $0.to == index })
        let width = max(34, label.width(size: 14) + 20)
        return isUpright
          ? LayeredLayout.Node(along: 32, across: max(width, (incoming - 1) * portSpacing + 28))
          : LayeredLayout.Node(along: width, across: max(32, (incoming - 1) * portSpacing + 24))
      }
      self.labels = labels
      layout = LayeredLayout(
        nodes: sizes, edges: graph.edges.map { .init(from: $0.from, to: $0.to) },
        gap: isUpright ? 46 : textWidth + 22, separation: isUpright ? max(18, textWidth - 8) : 20,
        portSpacing: portSpacing)
    }

    private func point(_ place: (along: Double, across: Double)) -> (x: Double, y: Double) {
      isUpright ? (place.across, place.along) : (place.along, place.across)
    }

    private func number(_ value: Double) -> String { fixed(value, 1, trimmingZeros: true) }

    func writeEdges(to svg: inout MarkupWriter) {
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
    }

    func writeNodes(to svg: inout MarkupWriter) {
      for (index, node) in graph.nodes.enumerated() {
        let middle = point(layout.middles[index])
        let width = isUpright ? sizes[index].across : sizes[index].along
        let height = isUpright ? sizes[index].along : sizes[index].across
        let radius = node.kind == .operation ? min(width, height) / 2 : 4
        svg.raw(
          "<rect class=\"node k\(node.kind.rawValue)\" x=\"\(number(middle.x - width / 2))\"")
        svg.raw(" y=\"\(number(middle.y - height / 2))\" width=\"\(number(width))\"")
        svg.raw(" height=\"\(number(height))\" rx=\"\(number(min(radius, 17)))\"/>")
        svg.raw("<text class=\"node-name\" text-anchor=\"middle\" x=\"\(number(middle.x))\"")
        svg.raw(" y=\"\(number(middle.y + 5))\">")
        labels[index].writeSVG(to: &svg)
        svg.raw("</text>")
      }
    }

    /// Writes values above each edge's last segment and gradients below it; upright, both at its
    /// right.
    ///
    /// - Returns: The rightmost extent of the numbers in pixels; 0 where they stay within the
    ///   layout.
    func writeNumbers(to svg: inout MarkupWriter) -> Double {
      var over = 0.0
      for (route, text) in zip(layout.routes, texts) {
        guard let end = route.points.last.map(point) else { continue }
        for (isGradient, string) in [(false, text.value), (true, text.gradient)] {
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
      return over
    }
  }
}

import DecimalText
import Localization
import Markup

extension ImageGrid {
  /// Rows of images with their captions below, as wide as the panel.
  package func standaloneDrawing(in context: DrawingContext) -> Drawing? {
    let zoom = zoom
    let (low, high) = lightRange
    let captions = images.map {
      Label(($0.mark == .wrong ? "✗ " : "") + $0.caption)
    }
    let widest = zip(images, captions).reduce(24.0) {
      max($0, Double($1.0.width * zoom), $1.1.width(size: TextSize.tick))
    }
    let tallest = images.map { $0.height * zoom }.max() ?? 24
    let hasCaptions = captions.contains { !$0.isEmpty }
    let cell = (
      width: Int(clamped: widest.rounded(.up)) + 12, height: tallest + (hasCaptions ? 30 : 12)
    )
    let across = max(1, min(images.count, context.width / cell.width))
    let down = (images.count + across - 1) / across
    var svg = MarkupWriter()
    for (index, image) in images.enumerated() {
      let x = Double(index % across * cell.width) + Double(cell.width) / 2
      let y = index / across * cell.height
      let width = image.width * zoom
      let left = fixed(x - Double(width) / 2, 1, trimmingZeros: true)
      let size = "width=\"\(width)\" height=\"\(image.height * zoom)\""
      svg.raw("<image class=\"\(tone == .ink ? "pixels ink" : "pixels")\" x=\"\(left)\" y=\"\(y)\"")
      svg.raw(" \(size) href=\"\(PNG.address(png(image, low, high)))\"/>")
      svg.raw("<rect class=\"\(image.mark == .wrong ? "shot wrong" : "shot")\"")
      svg.raw(" x=\"\(left)\" y=\"\(y)\" \(size)/>")
      guard !captions[index].isEmpty else { continue }
      svg.raw("<text class=\"\(image.mark == .wrong ? "gradient" : "label")\"")
      svg.raw(" text-anchor=\"middle\" x=\"\(fixed(x, 1, trimmingZeros: true))\"")
      svg.raw(" y=\"\(y + tallest + 15)\">")
      captions[index].writeSVG(to: &svg)
      svg.raw("</text>")
    }
    var margins = Drawing.Margins()
    (margins.left, margins.right, margins.top, margins.bottom) = (8, 8, 8, 8)
    var drawing = Drawing(
      .fixed(margins, width: max(across * cell.width, 40), height: max(down * cell.height, 20)),
      title: title)
    drawing.body = svg.bytes
    drawing.description = alternative ?? description(context.words)
    drawing.name = context.words(.images)
    return drawing
  }
}

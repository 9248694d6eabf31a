import DecimalText
import Localization
import Markup

extension ImageGrid {
  /// Each image with its caption and mark; its pixels are left out.
  package var data: DataTable {
    DataTable([
      .init("image", .numbers(images.indices.map { Double($0 + 1) })),
      .init("caption", .texts(images.map(\.caption))),
      .init(
        "mark",
        .texts(
          images.map {
            switch $0.mark {
            case .none: ""
            case .right: "right"
            case .wrong: "wrong"
            }
          })),
    ])
  }

  /// A list of images with their captions, as HTML.
  package func draw(in context: DrawingContext) -> Drawing {
    var drawing = Drawing(.markup, title: title)
    let words = context.words
    let (low, high) = lightRange
    drawing.description = description(words)
    var html = MarkupWriter()
    let zoom = zoom
    html.raw("<ul class=\"images\" role=\"img\" aria-label=\"")
    html.text(
      (title.isEmpty ? "" : Label(title).plain + words(.sentenceBreak)) + drawing.description)
    html.raw("\">")
    for image in images {
      let mark =
        switch image.mark {
        case .none: ""
        case .right: " class=\"right\""
        case .wrong: " class=\"wrong\""
        }
      html.raw(
        "<li\(mark)><span class=\"shot\"><img class=\"\(tone == .ink ? "pixels ink" : "pixels")\" alt=\"\""
      )
      html.raw(" width=\"\(image.width * zoom)\" height=\"\(image.height * zoom)\" src=\"")
      html.raw(PNG.address(png(image, low, high)))
      html.raw("\"/></span>")
      if !image.caption.isEmpty {
        html.raw("<span>")
        // A sign, since color alone is invisible to many readers.
        if image.mark == .wrong { html.raw("✗ ") }
        html.raw(Label(image.caption).html)
        html.raw("</span>")
      }
      html.raw("</li>")
    }
    html.raw("</ul>")
    drawing.body = html.bytes
    return drawing
  }

  /// More than six images need the whole width.
  package var takesWholeRow: Bool { images.count > 6 }

  /// Integer magnification, so that every pixel is a square of the same size.
  var zoom: Int {
    let largest = images.map { max($0.width, $0.height) }.max() ?? 1
    return max(1, (images.count > 24 ? 48 : 72) / max(largest, 1))
  }

  /// Numbers shown as no light and as full light.
  var lightRange: (low: Double, high: Double) {
    var extent = Extent()
    for image in images { for channel in image.channels { extent.add(channel) } }
    return (
      range?.lowerBound ?? (extent.isEmpty ? 0 : extent.low),
      range?.upperBound ?? (extent.isEmpty ? 1 : extent.high)
    )
  }

  func png(_ image: Image, _ low: Double, _ high: Double) -> [UInt8] {
    let span = high > low ? high / 2 - low / 2 : 0.5
    func light(_ value: Double) -> Double {
      value.isNaN ? 0 : min(max((value / 2 - low / 2) / span, 0), 1)
    }
    switch tone {
    case .signed:
      let values = image.channels.first ?? []
      let most = values.filter(\.isFinite).map(\.magnitude).max() ?? 0
      let indices = values.map { value -> UInt8 in
        guard value.isFinite, most > 0 else { return 128 }
        return UInt8(clamped: 128 + (value / most * 127).rounded())
      }
      return PNG.indexed(
        width: image.width, height: image.height, indices: indices, palette: PNG.signed(full: 0.95))
    case .ink, .light:
      if image.channels.count >= 3 {
        var pixels: [UInt8] = []
        for at in 0..<(image.width * image.height) {
          for channel in 0..<3 {
            pixels.append(UInt8(clamped: (light(image.channels[channel][at]) * 255).rounded()))
          }
        }
        return PNG.color(width: image.width, height: image.height, pixels: pixels)
      }
      // No more than sixteen gray levels can be distinguished in so small a square.
      let indices = (image.channels.first ?? []).map { UInt8(clamped: (light($0) * 15).rounded()) }
      let palette = (0..<16).map { step -> PNG.Color in
        let level = UInt8(step * 17)
        if tone == .ink { return PNG.Color(red: 0x11, green: 0x14, blue: 0x1a, alpha: level) }
        return PNG.Color(red: level, green: level, blue: level)
      }
      return PNG.indexed(
        width: image.width, height: image.height, indices: indices, palette: palette)
    }
  }

  func description(_ words: Words) -> String {
    guard let first = images.first else {
      return words.sentences([words(.noImages)])
    }
    var sentences = [
      words(.imagesOfSize(count: images.count, width: first.width, height: first.height))
    ]
    let wrong = images.count { $0.mark == .wrong }
    let right = images.count { $0.mark == .right }
    if wrong + right > 0 {
      sentences.append(
        words(.imagesMarked(right: right, wrong: wrong)))
    }
    sentences.append(
      words.notFinite(
        images.reduce(0) { $0 + $1.channels.reduce(0) { $0 + $1.count { !$0.isFinite } } }))
    let captions = images.map { Label($0.caption).plain }.filter { !$0.isEmpty }
    if !captions.isEmpty, captions.count <= 20 {
      sentences.append(words.list(captions))
    }
    return words.sentences(sentences)
  }
}

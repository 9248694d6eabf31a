import Localization
import Markup

extension Figure {
  /// The figure with all of its files.
  ///
  /// - Parameter id: Begins all ids in the figure; unique on its page.
  package func render(id: String) -> RenderedFigure { rendered(id: id, withFiles: true) }

  /// - Parameter withFiles: Whether to create the CSV and the SVG files too.
  package func rendered(id: String, withFiles: Bool) -> RenderedFigure {
    var writer = FigureWriter(self, id: id, withFiles: withFiles)
    writer.writeContent()
    writer.writeCaption()
    writer.writeData()
    return writer.finished()
  }

  static func writeLegend(
    _ items: [LegendItem], isNarrowOnly: Bool, to html: inout MarkupWriter
  ) {
    guard !items.isEmpty else { return }
    html.raw(isNarrowOnly ? "<ul class=\"legend n\">" : "<ul class=\"legend\">")
    for (index, item) in items.enumerated() {
      html.raw("<li data-s=\"\(index)\">")
      item.key.writeSVG(to: &html)
      html.raw("<span>\(Label(item.name).html)</span></li>")
    }
    html.raw("</ul>")
  }
}

extension Drawing {
  func writePanel(
    id: String, hasOwnLegend: Bool, isWhole: Bool, words: Words, to html: inout MarkupWriter
  ) {
    html.raw(isWhole ? "<div class=\"panel whole\"" : "<div class=\"panel\"")
    for (name, value) in script { html.raw(" data-\(name)=\"\(escaped(value))\"") }
    if !script.isEmpty {
      if table != nil { html.raw(" data-table=\"\(id)-data\"") }
      let plain = Label(title).plain
      html.raw(" data-label=\"\(escaped(words.values(plain.isEmpty ? name : plain)))\"")
    }
    html.raw(">")
    if !title.isEmpty {
      html.raw("<p class=\"panel-title\">")
      html.raw(Label(title).html)
      html.raw("</p>")
    }
    if hasOwnLegend { Figure.writeLegend(legend, isNarrowOnly: isLegendNarrowOnly, to: &html) }
    if case .markup = shape {
      html.raw(body)
    } else {
      writePicture(id: id, className: narrow.isEmpty ? nil : "w", to: &html)
      if let narrow = narrow.first {
        narrow.writePicture(id: "\(id)n", className: "n", to: &html)
      }
    }
    html.raw("</div>")
  }

  private func writePicture(id: String, className: String?, to html: inout MarkupWriter) {
    let form = className.map { " \($0)" } ?? ""
    switch shape {
    case .markup: return
    case .fluid(let margins, let width, let height):
      let total = height + margins.top + margins.bottom
      html.raw("<svg class=\"chart fluid\(form)\" style=\"height:\(total)px;")
      html.raw("max-width:\(width + margins.left + margins.right)px;padding:")
      html.raw("\(margins.top)px \(margins.narrowRight)px \(margins.bottom)px \(margins.left)px")
      if margins.right != margins.narrowRight { html.raw(";--wide-right:\(margins.right)px") }
      html.raw("\"")
      writeNames(id: id, to: &html)
      html.raw(body)
      html.raw("</svg>")
    case .proportional(let margins, let width, let height):
      html.raw("<svg class=\"chart plane\(form)\" style=\"max-width:\(width)px;")
      html.raw(
        "aspect-ratio:\(width)/\(height);--l:\(margins.left)px;--r:\(margins.narrowRight)px;")
      if margins.right != margins.narrowRight { html.raw("--wide-right:\(margins.right)px;") }
      html.raw("padding-top:\(margins.top)px;padding-bottom:\(margins.bottom)px\"")
      writeNames(id: id, to: &html)
      html.raw(body)
      html.raw("</svg>")
    case .fixed(let margins, let width, let height):
      // Below this width its text would be too small, so the picture scrolls instead.
      let least = className == "w" ? 0 : (fixedWidth * 11 + 11) / 12
      let scrolls = least > Self.phoneWidth
      if scrolls { html.raw("<div class=\"scroll\(form)\" tabindex=\"0\">") }
      let totalWidth = width + margins.left + margins.right
      let totalHeight = height + margins.top + margins.bottom
      html.raw("<svg class=\"chart\(form)\" viewBox=\"0 0 \(totalWidth) \(totalHeight)\"")
      html.raw(" style=\"max-width:\(totalWidth)px\(scrolls ? ";min-width:\(least)px" : "")\"")
      writeNames(id: id, to: &html)
      html.raw("<svg class=\"over\" x=\"\(margins.left)\" y=\"\(margins.top)\"")
      html.raw(" width=\"\(width)\" height=\"\(height)\">")
      html.raw(body)
      html.raw(scrolls ? "</svg></svg></div>" : "</svg></svg>")
    }
  }

  private func writeNames(id: String, to svg: inout MarkupWriter) {
    svg.raw(" role=\"img\" aria-labelledby=\"\(id)-title\" aria-describedby=\"\(id)-desc\">")
    let plain = Label(title).plain
    svg.raw("<title id=\"\(id)-title\">")
    svg.text(!plain.isEmpty ? plain : name.isEmpty ? firstSentence : name)
    svg.raw("</title><desc id=\"\(id)-desc\">")
    svg.text(description)
    svg.raw("</desc>")
  }

  private var firstSentence: String {
    var previous: Character = " "
    for index in description.indices {
      if description[index] == "。" || (description[index] == " " && previous == ".") {
        return String(description[..<index])
      }
      previous = description[index]
    }
    return description
  }
}

extension LegendItem.Key {
  /// Writes a small picture of the line or point.
  func writeSVG(to svg: inout MarkupWriter) {
    switch self {
    case .line(let color, let dash, let marker):
      svg.raw("<svg class=\"key c\(color)\" width=\"28\" height=\"12\" aria-hidden=\"true\">")
      let pattern = dash == .solid ? "" : " d\(dash.rawValue)"
      svg.raw("<path class=\"line\(pattern)\" d=\"M1 6h26\"/>")
      if let marker { marker.writeKey(at: 14, to: &svg) }
    case .point(let color, let marker):
      svg.raw("<svg class=\"key c\(color)\" width=\"14\" height=\"12\" aria-hidden=\"true\">")
      marker.writeKey(at: 7, to: &svg)
    case .area(let color):
      svg.raw("<svg class=\"key c\(color)\" width=\"18\" height=\"12\" aria-hidden=\"true\">")
      svg.raw("<rect class=\"area\" x=\"1\" y=\"1\" width=\"16\" height=\"10\"/>")
    case .text(let role):
      svg.raw("<svg class=\"key\" width=\"14\" height=\"12\" aria-hidden=\"true\">")
      svg.raw("<text class=\"\(role == .value ? "value" : "gradient")\" y=\"10\">12</text>")
    }
    svg.raw("</svg>")
  }
}

extension Marker {
  fileprivate func writeKey(at x: Int, to svg: inout MarkupWriter) {
    svg.raw("<path class=\"\(isStroked ? "mark stroked" : "mark")\" d=\"M\(x) 6")
    svg.raw(outline(radius: 4))
    svg.raw("\"/>")
  }

  /// Whether the marker is drawn as strokes instead of filled.
  var isStroked: Bool { self == .cross || self == .plus }

  /// Path data from the center; filled shapes return to their starting point.
  func outline(radius r: Int) -> String {
    switch self {
    case .circle: "m-\(r) 0a\(r) \(r) 0 1 0 \(2 * r) 0a\(r) \(r) 0 1 0-\(2 * r) 0z"
    case .square:
      "m-\(r - r / 8) -\(r - r / 8)h\(2 * (r - r / 8))v\(2 * (r - r / 8))h-\(2 * (r - r / 8))z"
    case .triangle: "m0-\(r + r / 8)l\(r + r / 8) \(2 * r)h-\(2 * (r + r / 8))z"
    case .diamond:
      "m0-\(r + r / 4)l\(r + r / 4) \(r + r / 4)-\(r + r / 4) \(r + r / 4)-\(r + r / 4)-\(r + r / 4)z"
    case .cross: "m-\(r)-\(r)l\(2 * r) \(2 * r)m0-\(2 * r)l-\(2 * r) \(2 * r)"
    case .plus: "m-\(r) 0h\(2 * r)m-\(r)-\(r)v\(2 * r)"
    }
  }
}

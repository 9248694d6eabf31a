import DecimalText
import Markup

extension Drawing {
  /// The picture as an SVG file of its own, at its nominal size, with its style embedded; `nil` for
  /// HTML.
  var svgFile: String? {
    let margins: Margins
    let width: Int
    let height: Int
    switch shape {
    case .markup: return nil
    case .fluid(let m, let w, let h), .proportional(let m, let w, let h),
      .fixed(let m, let w, let h):
      (margins, width, height) = (m, w, h)
    }
    var svg = MarkupWriter()
    let names = legendRows(width: width + margins.left + margins.right)
    let heading = title.isEmpty ? 0 : 24
    let head = heading + names.count * 20
    let totalWidth = width + margins.left + margins.right
    let totalHeight = height + margins.top + margins.bottom + head
    svg.raw("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"figure\" role=\"img\"")
    svg.raw(" viewBox=\"0 0 \(totalWidth) \(totalHeight)\"")
    svg.raw(" width=\"\(totalWidth)\" height=\"\(totalHeight)\"><title>")
    svg.text(title.isEmpty ? name : Label(title).plain)
    svg.raw("</title><desc>")
    svg.text(description)
    svg.raw("</desc><style>")
    svg.raw(FigureAssets.drawingStyle)
    svg.raw("</style>")
    svg.raw("<rect class=\"ground\" width=\"100%\" height=\"100%\"/>")
    if !title.isEmpty {
      svg.raw("<text class=\"title\" x=\"50%\" y=\"17\" text-anchor=\"middle\">")
      Label(title).writeSVG(to: &svg)
      svg.raw("</text>")
    }
    for (row, items) in names.enumerated() {
      for (item, x) in items {
        svg.raw("<svg class=\"over\" x=\"\(x)\" y=\"\(heading + row * 20 + 2)\">")
        item.key.writeSVG(to: &svg)
        svg.raw("<text class=\"name\" x=\"\(item.key.width + 5)\" y=\"10\">")
        Label(item.name).writeSVG(to: &svg)
        svg.raw("</text></svg>")
      }
    }
    svg.raw("<svg class=\"over\" x=\"\(margins.left)\" y=\"\(margins.top + head)\"")
    svg.raw(" width=\"\(width)\" height=\"\(height)\">")
    svg.raw(body)
    svg.raw("</svg></svg>\n")
    return svg.string
  }

  /// The legend's entries with their x positions, in rows that fit into `width`.
  private func legendRows(width: Int) -> [[(LegendItem, Int)]] {
    guard !isLegendNarrowOnly else { return [] }
    var rows: [[(LegendItem, Int)]] = []
    var row: [(LegendItem, Int)] = []
    var x = 8
    for item in legend {
      let own =
        item.key.width + 5 + Int(clamped: Label(item.name).width(size: TextSize.label).rounded(.up))
        + 18
      if x + own > width, !row.isEmpty {
        rows.append(row)
        row = []
        x = 8
      }
      row.append((item, x))
      x += own
    }
    if !row.isEmpty { rows.append(row) }
    return rows
  }
}

extension LegendItem.Key {
  /// Width of the key's small picture in pixels.
  var width: Int {
    switch self {
    case .line: 28
    case .point, .text: 14
    case .area: 18
    }
  }
}

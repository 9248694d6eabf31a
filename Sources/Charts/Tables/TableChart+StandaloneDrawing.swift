import DecimalText
import Localization
import Markup

extension TableChart {
  /// The table as a picture: columns as wide as their text, rules as in the page.
  package func standaloneDrawing(in context: DrawingContext) -> Drawing? {
    let size = Self.textSize
    let best = columns.indices.map { bestRows(of: $0) }
    let heads = columns.map { Label($0.name) }
    let texts = rows.map { cells in
      zip(cells, columns).map { cell, column in
        Label(cell.text(as: column)).wrapped(width: 300, size: size)
      }
    }
    let widths = columns.indices.map { index in
      // Bold is about a tenth wider.
      let words = rows.indices.reduce(heads[index].width(size: size) * 1.1) { widest, row in
        texts[row][index].reduce(widest) { max($0, $1.width(size: size) * 1.1) }
      }
      let hasLines = rows.contains { $0[index].curve != nil }
      return max(words, hasLines ? Double(Sparkline.width) : 0) + Self.padding
    }
    let isNumeric = columns.indices.map { index in
      rows.contains { $0[index].number != nil } && !rows.contains { $0[index].isText }
    }
    let width = max(widths.reduce(0, +), 40)
    let n = { (value: Double) in fixed(value, 1, trimmingZeros: true) }
    var svg = MarkupWriter()
    var y = 24.0
    svg.raw(
      "<g class=\"cells\"><path class=\"rim\" d=\"M0 0H\(n(width))M0 \(n(y + 4))H\(n(width))\"/>")

    func write(_ lines: [Label], column: Int, at y: Double, isBold: Bool) {
      let start = widths[..<column].reduce(0, +)
      let x =
        isNumeric[column] ? start + widths[column] - Self.padding / 2 : start + Self.padding / 2
      for (index, line) in lines.enumerated() {
        svg.raw("<text x=\"\(n(x))\" y=\"\(n(y + Double(index) * 18))\"")
        if isNumeric[column] { svg.raw(" text-anchor=\"end\"") }
        if isBold { svg.raw(" font-weight=\"600\"") }
        svg.raw(">")
        line.writeSVG(to: &svg)
        svg.raw("</text>")
      }
    }
    for (column, head) in heads.enumerated() where !head.isEmpty {
      write([head], column: column, at: y - 6, isBold: true)
    }
    y += 4
    for (row, cells) in rows.enumerated() {
      let lines = texts[row].map(\.count).max() ?? 1
      for (column, cell) in cells.enumerated() {
        if let (xs, ys) = cell.curve {
          let x = widths[..<column].reduce(0, +) + Self.padding / 2
          svg.raw("<g class=\"c0\" transform=\"translate(\(n(x)) \(n(y + 2)))\">")
          Sparkline.writeLine(x: xs, y: ys, to: &svg)
          svg.raw("</g>")
        } else {
          write(texts[row][column], column: column, at: y + 19, isBold: best[column].contains(row))
        }
      }
      y += Double(max(lines, 1)) * 18 + 10
    }
    svg.raw("<path class=\"rim\" d=\"M0 \(n(y))H\(n(width))\"/></g>")
    var margins = Drawing.Margins()
    (margins.left, margins.right, margins.top, margins.bottom) = (8, 8, 8, 8)
    var drawing = Drawing(
      .fixed(
        margins, width: Int(clamped: width.rounded(.up)), height: Int(clamped: y.rounded(.up))),
      title: title)
    drawing.body = svg.bytes
    drawing.description = alternative ?? description(best, context.words)
    drawing.name = context.words(.table)
    return drawing
  }
}

extension TableChart.Cell {
  /// The points of a sparkline.
  var curve: (x: [Double], y: [Double])? {
    switch self {
    case .line(let y): (y.indices.map(Double.init), y)
    case .curve(let x, let y): (x, y)
    default: nil
    }
  }
}

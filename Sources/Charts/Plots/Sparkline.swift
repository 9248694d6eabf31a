import DecimalText
import Markup

/// A line the size of a word: it shows a shape, not numbers to read.
enum Sparkline {
  static let width = 96
  static let height = 24

  static func write(x: [Double], y: [Double], to html: inout MarkupWriter) {
    html.raw(
      "<svg class=\"spark c0\" width=\"\(width)\" height=\"\(height)\" aria-hidden=\"true\">")
    writeLine(x: x, y: y, to: &html)
    html.raw("</svg>")
  }

  /// Writes the line alone, from the upper left corner.
  static func writeLine(x: [Double], y: [Double], to html: inout MarkupWriter) {
    let line = LineChart(series: [.init("", x: x, y: y)]).lines()[0]
    var xs = Extent()
    var ys = Extent()
    for (x, y) in zip(line.x, line.y) where y.isFinite {
      xs.add(x)
      ys.add(y)
    }
    if !xs.isEmpty {
      var path = PathWriter()
      // Halving keeps the difference of the largest numbers finite.
      let spanX = xs.high / 2 - xs.low / 2
      let spanY = ys.high / 2 - ys.low / 2
      var px: [Double] = []
      var py: [Double] = []
      for (x, y) in zip(line.x, line.y) where y.isFinite && x.isFinite {
        px.append(2 + (spanX > 0 ? (x / 2 - xs.low / 2) / spanX : 0.5) * Double(width - 4))
        py.append(2 + (spanY > 0 ? 1 - (y / 2 - ys.low / 2) / spanY : 0.5) * Double(height - 4))
      }
      let kept = Thinning.kept(px, py, in: 0..<px.count, tolerance: 0.3)
      for (order, at) in kept.enumerated() {
        let x = Int(clamped: (px[at] * 10).rounded())
        let y = Int(clamped: (py[at] * 10).rounded())
        if order == 0 { path.move(to: x, y) } else { path.line(to: x, y) }
      }
      html.raw("<g transform=\"scale(.1)\">")
      if ys.low < 0, ys.high > 0 {
        var zero = PathWriter()
        let y = Int(clamped: ((2 + ys.high / 2 / spanY * Double(height - 4)) * 10).rounded())
        zero.move(to: 20, y)
        zero.line(to: (width - 2) * 10, y)
        html.path("grid", zero)
      }
      html.path("line thin", path)
      html.raw("</g>")
    }
  }
}

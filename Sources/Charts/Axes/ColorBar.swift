import DecimalText
import Markup

/// What the shades of a picture mean: a column of them with their numbers beside.
struct ColorBar {
  let levels: [Double]
  private let labels: [Label]

  init(levels: [Double]) {
    self.levels = levels
    let steps = zip(levels, levels.dropFirst()).map { $1 - $0 }
    let isEven = steps.allSatisfy { ($0 - steps[0]).magnitude <= 1e-6 * steps[0].magnitude }
    labels = TickLabels.labels(
      levels.map(Self.decimal), format: .automatic, isLogarithmic: !isEven)
  }

  /// Space at the right of the plot for the bar and its numbers.
  var width: Int {
    let text = labels.map { $0.width(size: TextSize.tick) }.max() ?? 0
    return 16 + 12 + 6 + Int(clamped: text.rounded(.up)) + 4
  }

  /// Opacity of one layer such that all together cover nine tenths.
  static func opacity(of count: Int) -> String {
    fixed(min(0.3, 0.9 / Double(max(count, 1))), 3, trimmingZeros: true)
  }

  /// - Parameter lowest: Height of the plot where it is lowest: there the numbers must keep apart.
  func write(lowest: Double, to svg: inout MarkupWriter) {
    let step = 1 / Double(levels.count + 1)
    svg.raw("<svg class=\"over\" x=\"100%\">")
    svg.raw("<g class=\"c0\" fill-opacity=\"\(Self.opacity(of: levels.count))\">")
    for index in levels.indices {
      let top = 1 - Double(index + 1) * step
      svg.raw("<rect class=\"level\" x=\"16\" width=\"12\" height=\"\(percent(top))\"/>")
    }
    svg.raw("</g><rect class=\"rim\" x=\"16\" width=\"12\" height=\"100%\"/>")
    svg.raw("<g class=\"tick\">")
    var last = Double.infinity
    for index in levels.indices {
      let y = 1 - Double(index + 1) * step
      guard (last - y) * lowest >= TextSize.line else { continue }
      last = y
      svg.raw("<text x=\"33\" y=\"\(percent(y))\" dy=\"4\">")
      labels[index].writeSVG(to: &svg)
      svg.raw("</text>")
    }
    svg.raw("</g></svg>")
  }

  /// The shortest decimal of a number that was meant to be one.
  static func decimal(_ value: Double) -> DecimalNumber {
    guard value.isFinite, value != 0 else { return DecimalNumber(digits: 0, exponent: 0) }
    let power = Logarithm.exponent(value.magnitude)
    let digits = Logarithm.decimal(value, 5 - power).rounded()
    return DecimalNumber(digits: Int(clamped: digits), exponent: power - 5)
  }
}

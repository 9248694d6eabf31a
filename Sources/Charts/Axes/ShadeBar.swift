import DecimalText
import Markup

/// The shades of a heat map from least to most, with numbers.
struct ShadeBar {
  let low: Double
  let high: Double
  let shades: HeatMap.Shades
  private let ticks: Ticks

  init(low: Double, high: Double, shades: HeatMap.Shades) {
    (self.low, self.high, self.shades) = (low, high, shades)
    ticks = Axis().ticks(on: AxisScale(.linear, .init(spanning: low, high)), count: 4) { _ in true }
  }

  var width: Int {
    let text = ticks.ticks.map { $0.label.width(size: TextSize.tick) }.max() ?? 0
    return 16 + 12 + 6 + Int(clamped: text.rounded(.up)) + 4
  }

  /// - Parameters:
  ///   - className: In which form of the chart the bar is seen.
  ///   - lowest: Height of the plot where it is lowest: there the numbers must keep apart.
  func write(className: String?, lowest: Double, to svg: inout MarkupWriter) {
    let full = 0.95
    let steps = 16
    let scale = AxisScale(.linear, .init(spanning: low, high))
    svg.raw("<svg class=\"over\(className.map { " \($0)" } ?? "")\" x=\"100%\">")
    for step in 0..<steps {
      let middle = (Double(step) + 0.5) / Double(steps)
      let share = shades == .diverging ? 2 * middle - 1 : middle
      let top = Double(steps - step - 1) / Double(steps)
      svg.raw("<rect class=\"area c\(share < 0 ? 1 : 0)\" x=\"16\" width=\"12\"")
      svg.raw(" y=\"\(percent(top))\" height=\"\(percent(1 / Double(steps)))\"")
      svg.raw(" fill-opacity=\"\(fixed(share.magnitude * full, 2, trimmingZeros: true))\"/>")
    }
    svg.raw("<rect class=\"rim\" x=\"16\" width=\"12\" height=\"100%\"/><g class=\"tick\">")
    var last = Double.infinity
    for tick in ticks.ticks {
      let y = 1 - scale.position(tick.value)
      guard y.isFinite, (last - y) * lowest >= TextSize.line else { continue }
      last = y
      svg.raw("<text x=\"33\" y=\"\(percent(y))\" dy=\"4\">")
      tick.label.writeSVG(to: &svg)
      svg.raw("</text>")
    }
    svg.raw("</g></svg>")
  }
}

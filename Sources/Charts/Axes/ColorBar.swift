import DecimalText
import Markup

/// The color legend of a picture: a column of colors at the right of the plot, with numbers beside
/// it.
struct ColorBar {
  private enum Colors {
    /// Overlaid layers of one translucent color, with an edge at each level.
    case levels(count: Int)
    /// Steps of opacity from the lowest number to the highest.
    case shades(HeatMap.Shades)
  }

  private let colors: Colors
  /// Labels with their positions from 0 (top) to 1 (bottom), in order from the bottom up.
  private let ticks: [(place: Double, label: Label)]

  /// The bar of a contour chart: levels at equal distances, even where their numbers are not.
  init(levels: [Double]) {
    colors = .levels(count: levels.count)
    let steps = zip(levels, levels.dropFirst()).map { $1 - $0 }
    let isEven = steps.allSatisfy { ($0 - steps[0]).magnitude <= 1e-6 * steps[0].magnitude }
    let labels = TickLabels.labels(
      levels.map(Self.decimal), format: .automatic, isLogarithmic: !isEven)
    let step = 1 / Double(levels.count + 1)
    ticks = labels.enumerated().map { (1 - Double($0 + 1) * step, $1) }
  }

  /// The bar of a heat map: a linear scale.
  init(low: Double, high: Double, shades: HeatMap.Shades) {
    colors = .shades(shades)
    let scale = AxisScale(.linear, .init(spanning: low, high))
    ticks = Axis().ticks(on: scale, count: 4) { _ in true }.ticks.map {
      (1 - scale.position($0.value), $0.label)
    }
  }

  /// Width in pixels at the right of the plot for the bar and its numbers.
  var width: Int {
    let text = ticks.map { $0.label.width(size: TextSize.tick) }.max() ?? 0
    return 16 + 12 + 6 + Int(clamped: text.rounded(.up)) + 4
  }

  /// Opacity of one layer, chosen so that all layers together cover nine tenths.
  static func opacity(of count: Int) -> String {
    fixed(min(0.3, 0.9 / Double(max(count, 1))), 3, trimmingZeros: true)
  }

  /// - Parameters:
  ///   - className: The form of the chart in which the bar is visible: `w`, `n`, or `nil` for both.
  ///   - lowest: Height of the plot in the narrowest panel, in pixels, where the numbers must not
  ///     overlap.
  func write(className: String? = nil, lowest: Double, to svg: inout MarkupWriter) {
    svg.raw("<svg class=\"over\(className.map { " \($0)" } ?? "")\" x=\"100%\">")
    writeColors(to: &svg)
    svg.raw("<rect class=\"rim\" x=\"16\" width=\"12\" height=\"100%\"/><g class=\"tick\">")
    var last = Double.infinity
    for (place, label) in ticks where place.isFinite && (last - place) * lowest >= TextSize.line {
      last = place
      svg.raw("<text x=\"33\" y=\"\(percent(place))\" dy=\"4\">")
      label.writeSVG(to: &svg)
      svg.raw("</text>")
    }
    svg.raw("</g></svg>")
  }

  private func writeColors(to svg: inout MarkupWriter) {
    switch colors {
    case .levels(let count):
      svg.raw("<g class=\"c0\" fill-opacity=\"\(Self.opacity(of: count))\">")
      for (place, _) in ticks {
        svg.raw("<rect class=\"level\" x=\"16\" width=\"12\" height=\"\(percent(place))\"/>")
      }
      svg.raw("</g>")
    case .shades(let shades):
      let full = 0.95
      let steps = 16
      for step in 0..<steps {
        let middle = (Double(step) + 0.5) / Double(steps)
        let share = shades == .diverging ? 2 * middle - 1 : middle
        let top = Double(steps - step - 1) / Double(steps)
        svg.raw("<rect class=\"area c\(share < 0 ? 1 : 0)\" x=\"16\" width=\"12\"")
        svg.raw(" y=\"\(percent(top))\" height=\"\(percent(1 / Double(steps)))\"")
        svg.raw(" fill-opacity=\"\(fixed(share.magnitude * full, 2, trimmingZeros: true))\"/>")
      }
    }
  }

  /// The number rounded to six significant digits, which removes the rounding error of a computed
  /// level.
  static func decimal(_ value: Double) -> DecimalNumber {
    guard value.isFinite, value != 0 else { return DecimalNumber(digits: 0, exponent: 0) }
    let power = Logarithm.exponent(value.magnitude)
    let digits = Logarithm.decimal(value, 5 - power).rounded()
    return DecimalNumber(digits: Int(clamped: digits), exponent: power - 5)
  }
}

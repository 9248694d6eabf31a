import DecimalText
import Markup

/// Bands for categories along one side, horizontal or vertical, shared by bars, boxes and ridges.
struct Categorical: Sendable {
  let names: [Label]
  /// Width in pixels of the column of names at the left.
  let nameWidth: Int

  static let longestName = 130.0

  init(_ names: [String]) {
    self.names = names.map { Label($0).shortened(width: Self.longestName, size: TextSize.label) }
    nameWidth = Int(
      clamped: (self.names.map { $0.width(size: TextSize.label) }.max() ?? 0).rounded(.up))
  }

  /// Whether the names fit side by side under vertical bars in the narrowest panel.
  func fitsVertically(length: Double) -> Bool {
    let band = length / Double(max(names.count, 1))
    return names.allSatisfy { $0.width(size: TextSize.tick) + 6 <= band }
  }

  /// A frame with a number axis at the bottom and rows of `rowHeight` pixels with names at the
  /// left.
  func frame(
    value: Axis, scale: AxisScale, rowHeight: Int, width: Int, heading: String, right: Int = 12
  ) -> Cartesian {
    let count = max(names.count, 1)
    return Cartesian(
      xAxis: value, yAxis: Axis(heading), x: scale,
      y: AxisScale(.linear, -0.5...(Double(count) - 0.5)), width: width,
      height: rowHeight * count, isFluid: true, right: right, names: names)
  }
}

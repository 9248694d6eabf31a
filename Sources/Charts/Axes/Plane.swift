import DecimalText
import Markup

/// The plot's area in whole units: tenths of a nominal pixel across, and so many to the pixel down.
struct Plane: Sendable {
  var width: Int
  var height: Int
  /// The whole width in units.
  var unitsAcross: Int
  /// Units to the pixel downwards.
  var unitsY: Int

  /// Across, nine units are a little less than a pixel: the step of dense lines, in one digit. Down,
  /// a quarter of a pixel is nothing that can be seen.
  static func fluid(width: Int, height: Int) -> Plane {
    Plane(width: width, height: height, unitsAcross: width * 92 / 10, unitsY: 4)
  }

  /// Tenths of a pixel in both directions.
  static func fixed(width: Int, height: Int) -> Plane {
    Plane(width: width, height: height, unitsAcross: width * 10, unitsY: 10)
  }

  /// Units of a place between 0 and 1 from the left.
  func x(_ position: Double) -> Int {
    Self.whole(position * Double(unitsAcross))
  }

  /// Units of a place between 0 and 1 from the bottom.
  func y(_ position: Double) -> Int {
    Self.whole((1 - position) * Double(height * unitsY))
  }

  /// The nearest whole number; the edge for what no picture can hold, and zero for NaN.
  private static func whole(_ value: Double) -> Int {
    Int(clamped: min(max(value, -1e6), 1e6).rounded())
  }

  var viewBox: String { "0 0 \(unitsAcross) \(height * unitsY)" }
}

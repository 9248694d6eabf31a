import DecimalText
import Markup

/// The plot's area in integer units: about tenths of a nominal pixel across, `unitsY` per pixel
/// down.
struct Plane: Sendable {
  var width: Int
  var height: Int
  /// The plot's width in units.
  var unitsAcross: Int
  /// Vertical units per pixel.
  var unitsY: Int

  /// Across, nine units are a little less than a pixel: the step of dense lines, in one digit.
  /// Down, a quarter of a pixel is too small to be seen.
  static func fluid(width: Int, height: Int) -> Plane {
    Plane(width: width, height: height, unitsAcross: width * 92 / 10, unitsY: 4)
  }

  /// Tenths of a pixel in both directions.
  static func fixed(width: Int, height: Int) -> Plane {
    Plane(width: width, height: height, unitsAcross: width * 10, unitsY: 10)
  }

  /// Horizontal position in units, from a position between 0 (left) and 1.
  func x(_ position: Double) -> Int {
    Self.whole(position * Double(unitsAcross))
  }

  /// Vertical position in units, from a position between 0 (bottom) and 1.
  func y(_ position: Double) -> Int {
    Self.whole((1 - position) * Double(height * unitsY))
  }

  /// The nearest integer, clamped to ±10⁶; zero for NaN.
  private static func whole(_ value: Double) -> Int {
    Int(clamped: min(max(value, -1e6), 1e6).rounded())
  }

  var viewBox: String { "0 0 \(unitsAcross) \(height * unitsY)" }
}

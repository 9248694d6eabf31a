import DecimalText

/// Numbers for readers: a real minus sign, superscript powers of ten.
enum NumberText {
  /// Four significant digits (whole numbers below ten million in full): `0.6931`, `−12`, `200`,
  /// `1.5×10⁻⁷`, `NaN`, `∞`.
  static func reading(_ value: Double, digits: Int = 4) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "−∞" : "∞" }
    if value == 0 { return "0" }
    let magnitude = value.magnitude
    let sign = value < 0 ? "−" : ""
    if magnitude < 1e7, magnitude == magnitude.rounded() {
      return sign + String(Int(clamped: magnitude))
    }
    var exponent = Logarithm.exponent(magnitude)
    var mantissa = Int(
      clamped: Logarithm.decimal(magnitude, digits - 1 - exponent).rounded(.toNearestOrEven))
    if mantissa >= pow(digits) {
      mantissa /= 10
      exponent += 1
    }
    if exponent >= -4, exponent < 7 {
      return sign + plain(mantissa, decimals: digits - 1 - exponent, trimming: true)
    }
    return sign + plain(mantissa, decimals: digits - 1, trimming: true) + "×10"
      + raised(exponent)
  }

  /// The shortest decimal that reads back as this number, with a real minus sign.
  static func exact(_ value: Double) -> String {
    let text = shortest(value)
    return text.hasPrefix("-") ? "−" + text.dropFirst() : text
  }

  /// The number with exactly `decimals` digits after the point, and a real minus sign.
  static func fixed(_ value: Double, _ decimals: Int) -> String {
    guard value.isFinite, value.magnitude < 1e15 else { return reading(value) }
    let scaled = (value.magnitude * Logarithm.power(decimals)).rounded(.toNearestOrEven)
    guard scaled < 9e18, let whole = Int(exactly: scaled) else { return reading(value) }
    let text = plain(whole, decimals: decimals, trimming: false)
    return value < 0 && scaled > 0 ? "−" + text : text
  }

  /// A whole number as a superscript.
  static func raised(_ n: Int) -> String {
    var text = n < 0 ? "⁻" : ""
    for byte in String(n.magnitude).utf8 { text += superscripts[Int(byte) - 48] }
    return text
  }

  /// n·10^−decimals, without an exponent.
  static func plain(_ n: Int, decimals: Int, trimming: Bool) -> String {
    var n = n
    var decimals = decimals
    while decimals < 0 {
      n *= 10
      decimals += 1
    }
    if trimming {
      while decimals > 0, n % 10 == 0 {
        n /= 10
        decimals -= 1
      }
    }
    let digits = String(n.magnitude)
    let sign = n < 0 ? "−" : ""
    guard decimals > 0 else { return sign + digits }
    let padding = max(0, decimals + 1 - digits.utf8.count)
    let padded = String(repeating: "0", count: padding) + digits
    let point = padded.index(padded.endIndex, offsetBy: -decimals)
    return sign + padded[..<point] + "." + padded[point...]
  }

  private static func pow(_ n: Int) -> Int { (0..<n).reduce(1) { product, _ in product * 10 } }

  private static let superscripts = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
}

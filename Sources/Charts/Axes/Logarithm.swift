import DecimalText
import Markup

/// Logarithms and powers of ten computed with IEEE operations only, so that a picture has the same
/// bytes with every mathematics library.
enum Logarithm {
  /// Common logarithm of a positive finite number, to about two units in the last place.
  ///
  /// With x = m·2ᵉ and √½ < m ≤ √2: ln m = 2 artanh((m − 1) / (m + 1)), whose series at |s| ≤ 0.172
  /// is truncated after s²¹.
  static func log10(_ x: Double) -> Double {
    var m = x.significand
    var e = Double(x.exponent)
    if m > 1.414_213_562_373_095_1 {
      m *= 0.5
      e += 1
    }
    let s = (m - 1) / (m + 1)
    let t = s * s
    var sum = 1.0 / 21
    sum = sum * t + 1.0 / 19
    sum = sum * t + 1.0 / 17
    sum = sum * t + 1.0 / 15
    sum = sum * t + 1.0 / 13
    sum = sum * t + 1.0 / 11
    sum = sum * t + 1.0 / 9
    sum = sum * t + 1.0 / 7
    sum = sum * t + 1.0 / 5
    sum = sum * t + 1.0 / 3
    sum = sum * t + 1
    return e * 0.301_029_995_663_981_2 + (2 * s * sum) * 0.434_294_481_903_251_8
  }

  /// The largest integer n with 10ⁿ ≤ x, for a positive finite number.
  static func exponent(_ x: Double) -> Int {
    var n = Int(clamped: log10(x).rounded(.down))
    if n < 308, power(n + 1) <= x { n += 1 }
    if power(n) > x { n -= 1 }
    return max(n, -323)
  }

  /// 10ⁿ, correctly rounded for −307 ≤ n ≤ 308, subnormal down to −323; zero or infinity beyond.
  static func power(_ n: Int) -> Double {
    if n < -323 { return 0 }
    if n > 308 { return .infinity }
    return powers[n + 323]
  }

  /// n·10ᵉ with one rounding where n and 10ᵉ are exact.
  static func decimal(_ n: Double, _ e: Int) -> Double {
    if e > 300 { return n * power(300) * power(e - 300) }
    if e >= 0 { return n * power(e) }
    if e >= -300 { return n / power(-e) }
    return n / power(300) / power(-e - 300)
  }

  private static let powers: [Double] = (-323...308).map { Double("1e\($0)")! }
}

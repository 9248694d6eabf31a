/// The shortest decimal that reads back as exactly this number: `0.1`, `1e-07`, `nan`, `inf`.
/// A whole number has no `.0`.
package func shortest(_ value: Double) -> String { trimmed(value.description) }

/// The shortest decimal that reads back as exactly this `Float`.
package func shortest(_ value: Float) -> String { trimmed(value.description) }

private func trimmed(_ description: String) -> String {
  description.hasSuffix(".0") ? String(description.dropLast(2)) : description
}

/// Formats a number with exactly `decimals` digits after the point, rounded half to even from its
/// shortest decimal form, independently of locale and C library: `fixed(2.675, 2)` is `2.68`.
///
/// - Parameter trimmingZeros: Whether to drop trailing zeros, and the point if nothing follows it.
/// - Returns: `nan`, `inf` or `-inf` for a number that is not finite; never `-0`.
package func fixed(_ value: Double, _ decimals: Int, trimmingZeros: Bool = false) -> String {
  guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
  var (digits, exponent) = decimalDigits(value.magnitude)
  // The value is 0.d₁d₂d₃… × 10^exponent; keep the digits up to 10^-decimals.
  let kept = exponent + decimals
  if kept < 0 {
    digits = []
  } else if kept < digits.count {
    let rest = digits[kept...]
    let half = rest.first! == 5 && rest.dropFirst().allSatisfy { $0 == 0 }
    let isOdd = kept > 0 && digits[kept - 1] % 2 == 1
    let up = rest.first! > 5 || (rest.first! == 5 && (!half || isOdd))
    digits = Array(digits[..<kept])
    if up {
      var index = kept - 1
      while index >= 0, digits[index] == 9 {
        digits[index] = 0
        index -= 1
      }
      if index >= 0 {
        digits[index] += 1
      } else {
        digits.insert(1, at: 0)
        exponent += 1
      }
    }
  }
  var whole = ""
  var fraction = ""
  for position in 0..<max(exponent, 0) {
    whole.append(digit(position < digits.count ? digits[position] : 0))
  }
  for place in 0..<decimals {
    let position = exponent + place
    fraction.append(digit(position >= 0 && position < digits.count ? digits[position] : 0))
  }
  if trimmingZeros { while fraction.hasSuffix("0") { fraction.removeLast() } }
  let text = (whole.isEmpty ? "0" : whole) + (fraction.isEmpty ? "" : "." + fraction)
  let isZero = digits.allSatisfy { $0 == 0 }
  return value < 0 && !isZero ? "-" + text : text
}

/// Formats a number with `digits` significant digits, in scientific notation where the plain form
/// would be long: `0.0123`, `1.2e-05`, `123000`.
package func significant(_ value: Double, _ digits: Int) -> String {
  guard value.isFinite, value != 0 else { return value == 0 ? "0" : fixed(value, 0) }
  var (found, exponent) = decimalDigits(value.magnitude)
  // Rounding 9.99 to two digits gives 10, which has one more digit before the point.
  if found.count > digits, found[..<digits].allSatisfy({ $0 == 9 }), found[digits] >= 5 {
    exponent += 1
    found = [1]
  }
  if exponent > -4, exponent <= max(digits, 6) {
    return fixed(value, max(0, digits - exponent), trimmingZeros: true)
  }
  let sign = value < 0 ? "-" : ""
  let (all, power) = decimalDigits(value.magnitude)
  let mantissa = Double("0." + all.map { String(digit($0)) }.joined())! * 10
  let rounded = fixed(mantissa, digits - 1, trimmingZeros: true)
  let (body, shift) = rounded == "10" ? ("1", power) : (rounded, power - 1)
  return "\(sign)\(body)e\(shift < 0 ? "-" : "+")\(abs(shift) < 10 ? "0" : "")\(abs(shift))"
}

private func digit(_ value: Int) -> Character { Character(Unicode.Scalar(UInt8(48 + value))) }

/// The digits of the shortest decimal form, and the power of ten for a point before the first one.
private func decimalDigits(_ magnitude: Double) -> (digits: [Int], exponent: Int) {
  var digits: [Int] = []
  var exponent = 0
  var sawPoint = false
  var power = 0
  var sawExponent = false
  var isNegativePower = false
  for byte in magnitude.description.utf8 {
    switch byte {
    case UInt8(ascii: "."): sawPoint = true
    case UInt8(ascii: "e"): sawExponent = true
    case UInt8(ascii: "-"): isNegativePower = true
    case UInt8(ascii: "+"): break
    default:
      if sawExponent {
        power = power * 10 + Int(byte - 48)
      } else {
        digits.append(Int(byte - 48))
        if !sawPoint { exponent += 1 }
      }
    }
  }
  exponent += isNegativePower ? -power : power
  while let first = digits.first, first == 0 {
    digits.removeFirst()
    exponent -= 1
  }
  while digits.last == 0 { digits.removeLast() }
  return digits.isEmpty ? ([], 0) : (digits, exponent)
}

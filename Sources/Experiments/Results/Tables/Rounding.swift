import DecimalText

// Recorded numbers are rounded once, before they are stored, so that a fresh outcome and one read
// from a file are equal bit by bit.

/// The number rounded to `Float`'s precision, in which it was computed, as the shortest decimal: a
/// file and a figure then show the same number.
func roundedToFloat(_ value: Double) -> Double {
  let float = Float(value)
  guard value.isFinite, float.isFinite, float != 0 || value == 0 else { return value }
  return Double(shortest(float)) ?? value
}

/// The number rounded to four decimal places, the resolution of a picture.
func roundedToFourPlaces(_ value: Double) -> Double {
  value.isFinite ? (value * 10_000).rounded() / 10_000 : value
}

/// Rounding to a number of digits after (or, if negative, before) the decimal point.
struct DecimalPlace {
  var power: Int

  /// The decimal place below a picture's resolution: at most a two-thousandth of the interval.
  static func pixel(of range: ClosedRange<Double>) -> DecimalPlace {
    let span = range.upperBound - range.lowerBound
    var place = DecimalPlace(power: 0)
    guard span > 0, span.isFinite else { return place }
    while place.power < 15, span * place.scale < 2000 { place.power += 1 }
    while place.power > -15, span * place.scale >= 20_000 { place.power -= 1 }
    return place
  }

  /// Ten to the power `power`.
  var scale: Double { power < 0 ? 1 / tens : tens }

  private var tens: Double { (0..<abs(power)).reduce(1) { scale, _ in scale * 10 } }

  /// The nearest multiple of the decimal place. Powers of ten up to 10²² are exact, so one division
  /// is too.
  func rounded(_ value: Double) -> Double {
    guard value.isFinite else { return value }
    return power < 0 ? (value / tens).rounded() * tens : (value * tens).rounded() / tens
  }
}

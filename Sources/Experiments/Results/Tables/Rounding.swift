import DecimalText

// What is recorded is rounded once, before it is stored, so that a fresh outcome and one read back
// from a file are equal to the bit.

/// The number to `Float`'s precision, which is the one that was computed in, as its shortest decimal:
/// what a file says and what a figure shows are then the same.
func roundedToFloat(_ value: Double) -> Double {
  let float = Float(value)
  guard value.isFinite, float.isFinite, float != 0 || value == 0 else { return value }
  return Double(shortest(float)) ?? value
}

/// Four decimal places: what a picture can show.
func roundedToFourPlaces(_ value: Double) -> Double {
  value.isFinite ? (value * 10_000).rounded() / 10_000 : value
}

/// Rounding to a number of digits after the decimal point, or before it.
struct DecimalPlace {
  var power: Int

  /// The decimal place that is less than a picture of the interval can show: a two-thousandth of it.
  static func pixel(of range: ClosedRange<Double>) -> DecimalPlace {
    let span = range.upperBound - range.lowerBound
    var place = DecimalPlace(power: 0)
    guard span > 0, span.isFinite else { return place }
    while place.power < 15, span * place.scale < 2000 { place.power += 1 }
    while place.power > -15, span * place.scale >= 20_000 { place.power -= 1 }
    return place
  }

  /// Ten to the power.
  var scale: Double { power < 0 ? 1 / tens : tens }

  private var tens: Double { (0..<abs(power)).reduce(1) { scale, _ in scale * 10 } }

  /// The nearest decimal of that place. Powers of ten up to 10²² are exact, so one division is too.
  func rounded(_ value: Double) -> Double {
    guard value.isFinite else { return value }
    return power < 0 ? (value / tens).rounded() * tens : (value * tens).rounded() / tens
  }
}

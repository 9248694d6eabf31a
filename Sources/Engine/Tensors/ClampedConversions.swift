extension Int {
  /// The number without its fraction, clamped to ±2⁵³; 0 for NaN.
  ///
  /// Up to there every integer is a `Double`, and sums and small multiples of the results do not
  /// overflow. Where an `Int` has 32 bits, the bound is its maximum.
  package init(clamped value: Double) {
    let limit = Swift.min(0x1p53, Double(Int.max))
    let whole = Swift.min(Swift.max(value, -limit), limit).rounded(.towardZero)
    self = Int(exactly: whole) ?? 0
  }
}

extension ClosedRange<Double> {
  /// From the smaller of two numbers to the larger: `a...b` traps if a > b. NaN counts as 0.
  package init(spanning a: Double, _ b: Double) {
    let (a, b) = (a.isNaN ? 0 : a, b.isNaN ? 0 : b)
    self = Swift.min(a, b)...Swift.max(a, b)
  }
}

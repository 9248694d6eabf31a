extension Int {
  /// The number without its fraction; the nearest of ±2⁵³ for what lies beyond, and 0 for NaN.
  ///
  /// Up to there every whole number is a `Double`, and sums and small multiples of the results do
  /// not overflow. Where an `Int` has 32 bits, its greatest number is the bound.
  package init(clamped value: Double) {
    let most = Swift.min(0x1p53, Double(Int.max))
    let whole = Swift.min(Swift.max(value, -most), most).rounded(.towardZero)
    self = Int(exactly: whole) ?? 0
  }
}

extension ClosedRange<Double> {
  /// From the lesser of two numbers to the greater: `a...b` ends the process where a > b. Not a
  /// number counts as 0.
  package init(spanning a: Double, _ b: Double) {
    let (a, b) = (a.isNaN ? 0 : a, b.isNaN ? 0 : b)
    self = Swift.min(a, b)...Swift.max(a, b)
  }
}

extension Int {
  /// The number without its fraction; the nearest of ±2⁵³ for what is beyond, and 0 for NaN.
  ///
  /// Up to there every whole number is a `Double`, and sums and small multiples of the results do
  /// not overflow.
  package init(clamped value: Double) {
    let most = 0x1p53
    let whole = Swift.min(Swift.max(value, -most), most).rounded(.towardZero)
    self = Int(exactly: whole) ?? 0
  }
}

extension UInt8 {
  /// The number without its fraction; 0 or 255 for what is beyond, and 0 for NaN.
  package init(clamped value: Double) {
    self = UInt8(exactly: Swift.min(Swift.max(value, 0), 255).rounded(.towardZero)) ?? 0
  }
}

extension ClosedRange<Double> {
  /// From the smaller of two numbers to the larger: `a...b` ends the process where a > b. Not a
  /// number counts as 0.
  package init(spanning a: Double, _ b: Double) {
    let (a, b) = (a.isNaN ? 0 : a, b.isNaN ? 0 : b)
    self = Swift.min(a, b)...Swift.max(a, b)
  }
}

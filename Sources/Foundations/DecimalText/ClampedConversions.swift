extension Int {
  /// Truncates a number toward zero, clamped to ±2⁵³; NaN gives 0.
  ///
  /// Every integer in that range is exact as a `Double`, and sums and small multiples of the
  /// results do not overflow.
  package init(clamped value: Double) {
    let most = 0x1p53
    let whole = Swift.min(Swift.max(value, -most), most).rounded(.towardZero)
    self = Int(exactly: whole) ?? 0
  }
}

extension UInt8 {
  /// Truncates a number toward zero, clamped to 0...255; NaN gives 0.
  package init(clamped value: Double) {
    self = UInt8(exactly: Swift.min(Swift.max(value, 0), 255).rounded(.towardZero)) ?? 0
  }
}

extension ClosedRange<Double> {
  /// The range between two numbers given in either order, where `a...b` traps if a > b. NaN counts
  /// as 0.
  package init(spanning a: Double, _ b: Double) {
    let (a, b) = (a.isNaN ? 0 : a, b.isNaN ? 0 : b)
    self = Swift.min(a, b)...Swift.max(a, b)
  }
}

/// n·10ᵉ, exactly.
struct DecimalNumber: Sendable, Hashable {
  var digits: Int
  var exponent: Int

  var value: Double { Logarithm.decimal(Double(digits), exponent) }
}

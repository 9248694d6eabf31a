/// A number of operations, bytes or numbers that saturates instead of overflowing.
///
/// Sums and products of an author's numbers can be larger than any integer; they saturate at
/// ``maximum``, and are neither negative nor NaN.
package struct Quantity: Hashable, Comparable, Sendable, ExpressibleByIntegerLiteral {
  /// The number, from 0 to 1e30.
  package let value: Double

  /// More than any machine can do or hold.
  package static let maximum = Quantity(1e30)

  /// A clamped number; NaN is the maximum, negative numbers are 0.
  package init(_ value: Double) {
    self.value = value.isNaN ? 1e30 : min(max(value, 0), 1e30)
  }
  /// A clamped integer.
  package init(_ value: Int) { self.init(Double(value)) }
  package init(integerLiteral value: Int) { self.init(Double(value)) }

  /// The number as an integer; `Int.max` if it is larger.
  package var integer: Int { Int(exactly: value.rounded()) ?? .max }

  package static func < (a: Quantity, b: Quantity) -> Bool { a.value < b.value }
  package static func + (a: Quantity, b: Quantity) -> Quantity { Quantity(a.value + b.value) }
  package static func * (a: Quantity, b: Quantity) -> Quantity { Quantity(a.value * b.value) }
  package static func += (a: inout Quantity, b: Quantity) { a = a + b }

  /// The quotient; `maximum` for a divisor of 0.
  package func divided(by divisor: Double) -> Quantity { Quantity(value / divisor) }
}

extension Sequence<Quantity> {
  /// The sum of all.
  package var sum: Quantity { reduce(0, +) }
}

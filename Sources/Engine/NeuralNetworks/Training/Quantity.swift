/// A number of operations, bytes or numbers that never overflows: what is too much stays too much.
///
/// Sums and products of what an author asks for can be larger than any integer; they saturate at
/// ``most`` here, and are neither negative nor "not a number".
package struct Quantity: Hashable, Comparable, Sendable, ExpressibleByIntegerLiteral {
  package let value: Double

  /// More than any machine can do or hold.
  package static let most = Quantity(1e30)

  package init(_ value: Double) {
    self.value = value.isNaN ? 1e30 : min(max(value, 0), 1e30)
  }
  package init(_ value: Int) { self.init(Double(value)) }
  package init(integerLiteral value: Int) { self.init(Double(value)) }

  /// As a whole number, the largest where it is beyond.
  package var integer: Int { Int(exactly: value.rounded()) ?? .max }

  package static func < (a: Quantity, b: Quantity) -> Bool { a.value < b.value }
  package static func + (a: Quantity, b: Quantity) -> Quantity { Quantity(a.value + b.value) }
  package static func * (a: Quantity, b: Quantity) -> Quantity { Quantity(a.value * b.value) }
  package static func += (a: inout Quantity, b: Quantity) { a = a + b }

  /// Of 0 it is `most`, and of 0 by 0.
  package func divided(by divisor: Double) -> Quantity { Quantity(value / divisor) }
}

extension Sequence<Quantity> {
  package var sum: Quantity { reduce(0, +) }
}

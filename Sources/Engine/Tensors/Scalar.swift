internal import CKernels

/// A number that networks compute with: `Float` for training, `Double` for checks and references.
///
/// The elementary functions do not call the C library, so that a value has the same bits on every
/// machine. Those of `Double` are accurate to about two units in the last place; those of `Float`
/// are the values of `Double`, rounded.
package protocol Scalar: BinaryFloatingPoint, Sendable, CustomStringConvertible {
  /// The nearest number of this type.
  init(_ value: Double)
  /// The same number as a Double, exactly.
  var double: Double { get }

  /// Whether the kernels are the machine's (Float) or the portable double ones.
  static var usesMachineKernels: Bool { get }

  /// The one of two maps that computes with this type.
  static func choose(
    _ float: ElementwiseMap<Float>, _ double: ElementwiseMap<Double>
  ) -> ElementwiseMap<Self>
}

extension Double: Scalar {
  package var double: Double { self }
  package static var usesMachineKernels: Bool { false }

  package static func choose(
    _ float: ElementwiseMap<Float>, _ double: ElementwiseMap<Double>
  ) -> ElementwiseMap<Double> { double }
}

extension Float: Scalar {
  package var double: Double { Double(self) }
  package static var usesMachineKernels: Bool { true }

  package static func choose(
    _ float: ElementwiseMap<Float>, _ double: ElementwiseMap<Double>
  ) -> ElementwiseMap<Float> { float }
}

extension Scalar {
  /// eˣ
  package static func exp(_ x: Self) -> Self { Self(ck_exp(x.double)) }
  /// eˣ - 1, accurate near 0.
  package static func expm1(_ x: Self) -> Self { Self(ck_expm1(x.double)) }
  /// The natural logarithm; NaN for negative x.
  package static func log(_ x: Self) -> Self { Self(ck_log(x.double)) }
  /// log(1 + x), accurate near 0.
  package static func log1p(_ x: Self) -> Self { Self(ck_log1p(x.double)) }
  /// The hyperbolic tangent.
  package static func tanh(_ x: Self) -> Self { Self(ck_tanh(x.double)) }
  /// The error function.
  package static func erf(_ x: Self) -> Self { Self(ck_erf(x.double)) }
  /// 1 - erf(x), accurate for large x.
  package static func erfc(_ x: Self) -> Self { Self(ck_erfc(x.double)) }
  /// The sine of an angle in radians, for any finite x.
  package static func sin(_ x: Self) -> Self { Self(ck_sin(x.double)) }
  /// The cosine of an angle in radians, for any finite x.
  package static func cos(_ x: Self) -> Self { Self(ck_cos(x.double)) }
  /// The inverse tangent, in radians.
  package static func atan(_ x: Self) -> Self { Self(ck_atan(x.double)) }
  /// The inverse hyperbolic sine.
  package static func asinh(_ x: Self) -> Self { Self(ck_asinh(x.double)) }
  /// xʸ; NaN for a negative x and a fractional y.
  package static func pow(_ x: Self, _ y: Self) -> Self { Self(ck_pow(x.double, y.double)) }
}

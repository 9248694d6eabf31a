internal import CKernels

/// A number that networks compute with: `Float` for training, `Double` for checks and references.
///
/// The elementary functions are our own, so that a value has the same bits on every machine.
/// Those of `Double` err by at most about two units in the last place; those of `Float` are the
/// values of `Double`, rounded.
package protocol Scalar: BinaryFloatingPoint, Sendable, CustomStringConvertible {
  init(_ value: Double)
  var double: Double { get }

  /// Whether the kernels are the machine's (Float) or the portable double ones.
  static var usesMachineKernels: Bool { get }

  /// Of what exists for both scalars, that of this one.
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
  package static func exp(_ x: Self) -> Self { Self(ck_exp(x.double)) }
  package static func expm1(_ x: Self) -> Self { Self(ck_expm1(x.double)) }
  package static func log(_ x: Self) -> Self { Self(ck_log(x.double)) }
  package static func log1p(_ x: Self) -> Self { Self(ck_log1p(x.double)) }
  package static func tanh(_ x: Self) -> Self { Self(ck_tanh(x.double)) }
  package static func erf(_ x: Self) -> Self { Self(ck_erf(x.double)) }
  package static func erfc(_ x: Self) -> Self { Self(ck_erfc(x.double)) }
  package static func sin(_ x: Self) -> Self { Self(ck_sin(x.double)) }
  package static func cos(_ x: Self) -> Self { Self(ck_cos(x.double)) }
  package static func atan(_ x: Self) -> Self { Self(ck_atan(x.double)) }
  package static func asinh(_ x: Self) -> Self { Self(ck_asinh(x.double)) }
  package static func pow(_ x: Self, _ y: Self) -> Self { Self(ck_pow(x.double, y.double)) }
}

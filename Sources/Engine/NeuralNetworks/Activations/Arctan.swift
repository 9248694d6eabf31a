internal import Tensors

private let halfPi = 1.57079632679489661923

/// The inverse tangent.
struct Arctan: ActivationFunction {
  var kernel: Function? { .atan }

  func value<S: Scalar>(_ x: S) -> S {
    S.atan(x)
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    1 / (1 + x * x)
  }
}

/// 2/π·arctan(πx/2).
struct ScaledArctan: ActivationFunction {
  func value<S: Scalar>(_ x: S) -> S {
    S.atan(x * S(halfPi)) / S(halfPi)
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    let z = x * S(halfPi)
    return 1 / (1 + z * z)
  }
}

extension Activation {
  static let arctan = Activation(
    RegistryEntry(
      .activation, "arctan", aliases: ["atan"], "the inverse tangent", formula: #"\arctan x"#,
      derivative: #"\frac{1}{1+x^2}"#, range: #"(-\tfrac\pi2, \tfrac\pi2)"#)
  ) { _ in Arctan() }

  static let arctanScaled = Activation(
    RegistryEntry(
      .activation, "arctan_scaled", "the inverse tangent with slope 1 at 0 and limits ±1",
      formula: #"\tfrac2\pi \arctan\tfrac{\pi x}{2}"#,
      derivative: #"\frac{1}{1+(\pi x/2)^2}"#, range: "(-1, 1)")
  ) { _ in ScaledArctan() }
}

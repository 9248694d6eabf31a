internal import Tensors

private let halfPi = 1.57079632679489661923

/// 2·arctan(tanh(x/2)).
struct Gudermannian: ActivationFunction {
  func value<S: Scalar>(_ x: S) -> S {
    2 * S.atan(S.tanh(x / 2))
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    sech(x)
  }
}

/// 2/π·gd(πx/2).
struct ScaledGudermannian: ActivationFunction {
  func value<S: Scalar>(_ x: S) -> S {
    2 * S.atan(S.tanh(x * S(halfPi) / 2)) / S(halfPi)
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    sech(x * S(halfPi))
  }
}

extension Activation {
  static let gudermannian = Activation(
    RegistryEntry(
      .activation, "gudermannian", aliases: ["gd"], "the Gudermannian function",
      formula: #"2\arctan\tanh\tfrac{x}{2}"#, derivative: #"\operatorname{sech} x"#,
      range: #"(-\tfrac\pi2, \tfrac\pi2)"#)
  ) { _ in Gudermannian() }

  static let gudermannianScaled = Activation(
    RegistryEntry(
      .activation, "gudermannian_scaled", "the Gudermannian function with limits ±1",
      formula: #"\tfrac2\pi\operatorname{gd}\tfrac{\pi x}{2}"#,
      derivative: #"\operatorname{sech}\tfrac{\pi x}{2}"#, range: "(-1, 1)")
  ) { _ in ScaledGudermannian() }
}

private func sech<S: Scalar>(_ x: S) -> S {
  let e = S.exp(-x.magnitude)
  return 2 * e / (1 + e * e)
}

internal import Tensors

private let twoOverSqrtPi = 1.12837916709551257390
private let halfSqrtPi = 0.88622692545275801365

/// The error function.
struct Erf: ActivationFunction {
  var kernel: Function? { .erf }
  var gain: Double { 1.467167 }

  func value<S: Scalar>(_ x: S) -> S {
    S.erf(x)
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    S(twoOverSqrtPi) * S.exp(-x * x)
  }
}

/// erf(√π/2·x).
struct ScaledErf: ActivationFunction {
  func value<S: Scalar>(_ x: S) -> S {
    S.erf(x * S(halfSqrtPi))
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    let z = x * S(halfSqrtPi)
    return S.exp(-z * z)
  }
}

extension Activation {
  static let erf = Activation(
    RegistryEntry(
      .activation, "erf", "the error function",
      formula: #"\frac{2}{\sqrt\pi}\int_0^x e^{-t^2}\,dt"#,
      derivative: #"\frac{2}{\sqrt\pi}e^{-x^2}"#, range: "(-1, 1)")
  ) { _ in Erf() }

  static let erfScaled = Activation(
    RegistryEntry(
      .activation, "erf_scaled", "the error function with slope 1 at 0",
      formula: #"\operatorname{erf}\tfrac{\sqrt\pi x}{2}"#, derivative: #"e^{-\pi x^2/4}"#,
      range: "(-1, 1)")
  ) { _ in ScaledErf() }
}

internal import Tensors

private let twoOverSqrtPi = 1.12837916709551257390

/// x·erf(ln(1+e^x)).
struct Serf: ActivationFunction {
  func value<S: Scalar>(_ x: S) -> S {
    x * S.erf(softplus(x))
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    let s = softplus(x)
    return S.erf(s) + x * S(twoOverSqrtPi) * S.exp(-s * s) * logistic(x)
  }
}

extension Activation {
  static let serf = Activation(
    RegistryEntry(
      .activation, "serf", "the input times the error function of its softplus",
      formula: #"x\operatorname{erf}\ln(1+e^x)"#,
      derivative: #"\operatorname{erf}(s)+\tfrac{2}{\sqrt\pi}xe^{-s^2}\sigma(x),\ s=\ln(1+e^x)"#,
      range: #"[-0.35, \infty)"#)
  ) { _ in Serf() }
}

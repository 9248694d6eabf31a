internal import Tensors

private let invSqrt2 = 0.70710678118654752440
private let invSqrt2Pi = 0.39894228040143267794
private let sqrt2OverPi = 0.79788456080286535588

/// x·Φ(x).
struct GELU: ActivationFunction {
  var kernel: Function? { .gelu }
  var gain: Double { 1.533530 }

  func value<S: Scalar>(_ x: S) -> S {
    x / 2 * S.erfc(-x * S(invSqrt2))
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    S.erfc(-x * S(invSqrt2)) / 2 + x * S(invSqrt2Pi) * S.exp(-x * x / 2)
  }
}

/// x·Φ(x), Φ by a hyperbolic tangent.
struct TanhGELU: ActivationFunction {
  var kernel: Function? { .geluTanh }
  var gain: Double { 1.533530 }

  func value<S: Scalar>(_ x: S) -> S {
    x / 2 * (1 + S.tanh(S(sqrt2OverPi) * (x + S(0.044715) * x * x * x)))
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    let z = S(sqrt2OverPi) * (x + S(0.044715) * x * x * x)
    let inner = S(sqrt2OverPi) * (1 + S(0.134145) * x * x)
    return (1 + S.tanh(z)) / 2 + x / 2 * tanhSlope(z) * inner
  }
}

extension Activation {
  static let gelu = Activation(
    RegistryEntry(
      .activation, "gelu", "the input times the normal distribution's share below it",
      formula: #"x\,\Phi(x)"#, derivative: #"\Phi(x)+x\varphi(x)"#, range: #"[-0.17, \infty)"#)
  ) { _ in GELU() }

  static let geluTanh = Activation(
    RegistryEntry(
      .activation, "gelu_tanh", "gelu by its usual approximation",
      formula: #"\tfrac x2\left(1+\tanh\left(\sqrt{2/\pi}\,(x+0.044715x^3)\right)\right)"#,
      derivative:
        #"\tfrac12(1+T)+\tfrac x2(1-T^2)\sqrt{2/\pi}\,(1+0.134145x^2)"#,
      range: #"[-0.17, \infty)"#)
  ) { _ in TanhGELU() }
}

internal import Tensors

/// x·tanh(e^x).
struct TanhExp: ActivationFunction {
  func value<S: Scalar>(_ x: S) -> S {
    x > 20 ? x : x * S.tanh(S.exp(x))
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    if x > 20 { return 1 }
    let e = S.exp(x)
    return S.tanh(e) + x * e * tanhSlope(e)
  }
}

extension Activation {
  static let tanhExp = Activation(
    RegistryEntry(
      .activation, "tanh_exp", aliases: ["tanhexp"],
      "the input times the tangent of its exponential",
      formula: #"x\tanh e^x"#, derivative: #"\tanh e^x+xe^x\operatorname{sech}^2 e^x"#,
      range: #"[-0.36, \infty)"#)
  ) { _ in TanhExp() }
}

internal import Tensors

/// x·tanh(x).
struct LiSHT: ActivationFunction {
  func value<S: Scalar>(_ x: S) -> S {
    x * S.tanh(x)
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    S.tanh(x) + x * tanhSlope(x)
  }
}

extension Activation {
  static let lisht = Activation(
    RegistryEntry(
      .activation, "lisht", "the input times its tangent", formula: #"x\tanh x"#,
      derivative: #"\tanh x+x(1-\tanh^2 x)"#, range: #"[0, \infty)"#)
  ) { _ in LiSHT() }
}

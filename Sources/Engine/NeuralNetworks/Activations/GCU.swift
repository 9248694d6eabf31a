internal import Tensors

/// x·cos(x).
struct GCU: ActivationFunction {
  func value<S: Scalar>(_ x: S) -> S {
    x * S.cos(x)
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    S.cos(x) - x * S.sin(x)
  }
}

extension Activation {
  static let gcu = Activation(
    RegistryEntry(
      .activation, "gcu", "the growing cosine", formula: #"x\cos x"#,
      derivative: #"\cos x-x\sin x"#, range: #"(-\infty, \infty)"#)
  ) { _ in GCU() }
}

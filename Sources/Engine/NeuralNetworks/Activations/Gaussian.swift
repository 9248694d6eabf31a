internal import Tensors

/// e^(-x²).
struct Gaussian: ActivationFunction {
  var kernel: Function? { .gaussian }

  func value<S: Scalar>(_ x: S) -> S {
    S.exp(-x * x)
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    -2 * x * S.exp(-x * x)
  }
}

extension Activation {
  static let gaussian = Activation(
    RegistryEntry(
      .activation, "gaussian", "a bell", formula: #"e^{-x^2}"#, derivative: "-2xy",
      range: "(0, 1]")
  ) { _ in Gaussian() }
}

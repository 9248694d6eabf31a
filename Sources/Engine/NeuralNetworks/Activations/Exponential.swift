internal import Tensors

/// e^x.
struct Exponential: ActivationFunction {
  var kernel: Function? { .exp }

  func value<S: Scalar>(_ x: S) -> S {
    S.exp(x)
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    S.exp(x)
  }
}

extension Activation {
  static let exponential = Activation(
    RegistryEntry(
      .activation, "exponential", aliases: ["exp"], "the exponential", formula: "e^x",
      derivative: "y", range: #"(0, \infty)"#)
  ) { _ in Exponential() }
}

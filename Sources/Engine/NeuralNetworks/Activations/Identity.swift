internal import Tensors

/// The input itself.
struct Identity: ActivationFunction {
  var kernel: Function? { .identity }
  var fusesInDouble: Bool { true }

  func value<S: Scalar>(_ x: S) -> S {
    x
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    1
  }
}

extension Activation {
  static let identity = Activation(
    RegistryEntry(
      .activation, "identity", aliases: ["linear"], "passes its input on", formula: "x",
      derivative: "1", range: #"(-\infty, \infty)"#)
  ) { _ in Identity() }
}

internal import Tensors

/// max(0, x)².
struct SquaredReLU: ActivationFunction {
  var kinks: [Double] { [0] }
  var kernel: Function? { .squaredReLU }

  func value<S: Scalar>(_ x: S) -> S {
    x > 0 ? x * x : 0
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    x > 0 ? 2 * x : 0
  }
}

extension Activation {
  static let squaredReLU = Activation(
    RegistryEntry(
      .activation, "relu_squared", aliases: ["squared_relu"], "the rectifier, squared",
      formula: #"\max(0, x)^2"#, derivative: #"2\max(0, x)"#, range: #"[0, \infty)"#)
  ) { _ in SquaredReLU() }
}

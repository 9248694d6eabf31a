internal import Tensors

/// The inverse hyperbolic sine.
struct Arsinh: ActivationFunction {
  var kernel: Function? { .asinh }

  func value<S: Scalar>(_ x: S) -> S {
    S.asinh(x)
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    1 / (1 + x * x).squareRoot()
  }
}

extension Activation {
  static let arsinh = Activation(
    RegistryEntry(
      .activation, "arsinh", aliases: ["asinh"], "the inverse hyperbolic sine: it never saturates",
      formula: #"\ln\left(x+\sqrt{x^2+1}\right)"#, derivative: #"\frac{1}{\sqrt{x^2+1}}"#,
      range: #"(-\infty, \infty)"#)
  ) { _ in Arsinh() }
}

internal import Tensors

/// (√(x²+1)-1)/2+x.
struct BentIdentity: ActivationFunction {
  func value<S: Scalar>(_ x: S) -> S {
    ((x * x + 1).squareRoot() - 1) / 2 + x
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    x / (2 * (x * x + 1).squareRoot()) + 1
  }
}

extension Activation {
  static let bentIdentity = Activation(
    RegistryEntry(
      .activation, "bent_identity", "a slightly bent line",
      formula: #"\tfrac12\left(\sqrt{x^2+1}-1\right)+x"#,
      derivative: #"\frac{x}{2\sqrt{x^2+1}}+1"#, range: #"(-\infty, \infty)"#)
  ) { _ in BentIdentity() }
}

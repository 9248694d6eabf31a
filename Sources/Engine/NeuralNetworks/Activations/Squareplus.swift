internal import Tensors

/// (x+√(x²+b))/2.
struct Squareplus: ActivationFunction {
  let roundness: Double

  func value<S: Scalar>(_ x: S) -> S {
    let roundness = S(self.roundness)
    let root = (x * x + roundness).squareRoot()
    return x >= 0 ? (x + root) / 2 : roundness / (2 * (root - x))
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    let roundness = S(self.roundness)
    let root = (x * x + roundness).squareRoot()
    return x >= 0 ? (1 + x / root) / 2 : roundness / (2 * (root - x) * root)
  }
}

extension Activation {
  static let squareplus = Activation(
    RegistryEntry(
      .activation, "squareplus", "a smooth rectifier without exponentials",
      formula: #"\tfrac12\left(x+\sqrt{x^2+b}\right)"#,
      derivative: #"\tfrac12\left(1+\frac{x}{\sqrt{x^2+b}}\right)"#, range: #"(0, \infty)"#,
      [.number("b", 4, .above(0), "roundness", positional: true)])
  ) { Squareplus(roundness: $0.value("b")) }
}

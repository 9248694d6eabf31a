internal import Tensors

/// x/√(1+αx²).
struct ISRU: ActivationFunction {
  let alpha: Double

  func value<S: Scalar>(_ x: S) -> S {
    let alpha = S(self.alpha)
    return x / (1 + alpha * x * x).squareRoot()
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    let alpha = S(self.alpha)
    let r = 1 / (1 + alpha * x * x).squareRoot()
    return r * r * r
  }
}

extension Activation {
  static let isru = Activation(
    RegistryEntry(
      .activation, "isru", aliases: ["algebraic"], "the inverse square root unit",
      formula: #"\frac{x}{\sqrt{1+\alpha x^2}}"#, derivative: #"(1+\alpha x^2)^{-3/2}"#,
      range: #"(-\tfrac{1}{\sqrt\alpha}, \tfrac{1}{\sqrt\alpha})"#,
      [.number("alpha", 1, .above(0), "how early it saturates", positional: true)])
  ) { ISRU(alpha: $0.value("alpha")) }
}

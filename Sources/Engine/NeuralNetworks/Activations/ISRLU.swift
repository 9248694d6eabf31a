internal import Tensors

/// x where it is not negative, else x/√(1+αx²).
struct ISRLU: ActivationFunction {
  let alpha: Double

  var kinks: [Double] { [0] }

  func value<S: Scalar>(_ x: S) -> S {
    let alpha = S(self.alpha)
    return x >= 0 ? x : x / (1 + alpha * x * x).squareRoot()
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    let alpha = S(self.alpha)
    if x >= 0 { return 1 }
    let r = 1 / (1 + alpha * x * x).squareRoot()
    return r * r * r
  }
}

extension Activation {
  static let isrlu = Activation(
    RegistryEntry(
      .activation, "isrlu", "the inverse square root unit on the left, the identity on the right",
      formula: #"\begin{cases}x & x\ge 0\\ \frac{x}{\sqrt{1+\alpha x^2}} & x<0\end{cases}"#,
      derivative: #"\begin{cases}1 & x\ge 0\\ (1+\alpha x^2)^{-3/2} & x<0\end{cases}"#,
      range: #"(-\tfrac{1}{\sqrt\alpha}, \infty)"#,
      [.number("alpha", 1, .above(0), "how early the left side saturates", positional: true)])
  ) { ISRLU(alpha: $0.value("alpha")) }
}

internal import Tensors

/// A bell of parabolas between -2 and 2.
struct SqRBF: ActivationFunction {
  var kinks: [Double] { [-2, -1, 1, 2] }

  func value<S: Scalar>(_ x: S) -> S {
    let m = x.magnitude
    return m <= 1 ? 1 - x * x / 2 : m < 2 ? (2 - m) * (2 - m) / 2 : 0
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    let m = x.magnitude
    return m <= 1 ? -x : m < 2 ? (x > 0 ? m - 2 : 2 - m) : 0
  }
}

extension Activation {
  static let sqRBF = Activation(
    RegistryEntry(
      .activation, "sq_rbf", "a bell of parabolas",
      formula:
        #"\begin{cases}1-\tfrac{x^2}{2} & |x|\le 1\\ \tfrac12(2-|x|)^2 & 1<|x|<2\\ 0 & |x|\ge 2\end{cases}"#,
      derivative:
        #"\begin{cases}-x & |x|\le 1\\ x-2\operatorname{sign}x & 1<|x|<2\\ 0 & |x|\ge 2\end{cases}"#,
      range: "[0, 1]")
  ) { _ in SqRBF() }
}

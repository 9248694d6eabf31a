internal import Tensors

/// Moves every input towards 0 by λ.
struct SoftShrink: ActivationFunction {
  let lambda: Double

  var kinks: [Double] { [-lambda, lambda] }
  var kernel: Function? { .softShrink(width: lambda) }

  func value<S: Scalar>(_ x: S) -> S {
    let lambda = S(self.lambda)
    return x > lambda ? x - lambda : x < -lambda ? x + lambda : 0
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    let lambda = S(self.lambda)
    return x.magnitude > lambda ? 1 : 0
  }
}

extension Activation {
  static let softShrink = Activation(
    RegistryEntry(
      .activation, "soft_shrink", aliases: ["softshrink"],
      "moves every input towards 0 by a fixed amount",
      formula: #"\operatorname{sign}(x)\max(|x|-\lambda, 0)"#,
      derivative: #"\begin{cases}1 & |x|>\lambda\\ 0 & |x|\le\lambda\end{cases}"#,
      range: #"(-\infty, \infty)"#,
      [.number("lambda", 0.5, .atLeast(0), "the amount", positional: true)])
  ) { SoftShrink(lambda: $0.value("lambda")) }
}

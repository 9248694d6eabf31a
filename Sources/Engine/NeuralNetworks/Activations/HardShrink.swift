internal import Tensors

/// x where |x| > λ, else 0.
struct HardShrink: ActivationFunction {
  let lambda: Double

  var kinks: [Double] { [-lambda, lambda] }
  var kernel: Function? { .hardShrink(width: lambda) }

  func value<S: Scalar>(_ x: S) -> S {
    let lambda = S(self.lambda)
    return x.magnitude > lambda ? x : 0
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    let lambda = S(self.lambda)
    return x.magnitude > lambda ? 1 : 0
  }
}

extension Activation {
  static let hardShrink = Activation(
    RegistryEntry(
      .activation, "hard_shrink", aliases: ["hardshrink"], "drops inputs near 0",
      formula: #"\begin{cases}x & |x|>\lambda\\ 0 & |x|\le\lambda\end{cases}"#,
      derivative: #"\begin{cases}1 & |x|>\lambda\\ 0 & |x|\le\lambda\end{cases}"#,
      range: #"(-\infty, \infty)"#,
      [.number("lambda", 0.5, .atLeast(0), "what is dropped", positional: true)])
  ) { HardShrink(lambda: $0.value("lambda")) }
}

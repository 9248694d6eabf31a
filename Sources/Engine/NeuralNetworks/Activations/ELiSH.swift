internal import Tensors

/// x·σ(x) where x is not negative, else (e^x-1)·σ(x).
struct ELiSH: ActivationFunction {
  var kinks: [Double] { [0] }

  func value<S: Scalar>(_ x: S) -> S {
    (x >= 0 ? x : S.expm1(x)) * logistic(x)
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    let s = logistic(x)
    if x >= 0 { return s * (1 + x * logistic(-x)) }
    return S.exp(x) * s + S.expm1(x) * logisticSlope(x)
  }
}

extension Activation {
  static let elish = Activation(
    RegistryEntry(
      .activation, "elish", "silu on the right, elu times the logistic curve on the left",
      formula: #"\begin{cases}x\,\sigma(x) & x\ge 0\\ (e^x-1)\,\sigma(x) & x<0\end{cases}"#,
      derivative:
        #"\begin{cases}\sigma(x)+y(1-\sigma(x)) & x\ge 0\\ e^x\sigma(x)+y(1-\sigma(x)) & x<0\end{cases}"#,
      range: #"[-0.18, \infty)"#)
  ) { _ in ELiSH() }
}

internal import Tensors

/// x where it is positive, else α(e^(x/α)-1).
struct CELU: ActivationFunction {
  let alpha: Double

  var kinks: [Double] { [0] }
  var kernel: Function? { .elu(alpha: alpha, rate: 1 / alpha, scale: 1) }

  func value<S: Scalar>(_ x: S) -> S {
    let alpha = S(self.alpha)
    return x > 0 ? x : alpha * S.expm1(x / alpha)
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    let alpha = S(self.alpha)
    return x > 0 ? 1 : S.exp(x / alpha)
  }
}

extension Activation {
  static let celu = Activation(
    RegistryEntry(
      .activation, "celu", "the exponential linear unit, smooth for every α",
      formula: #"\max(0,x)+\min\left(0, \alpha(e^{x/\alpha}-1)\right)"#,
      derivative: #"\begin{cases}1 & x>0\\ e^{x/\alpha} & x\le 0\end{cases}"#,
      range: #"(-\alpha, \infty)"#,
      [.number("alpha", 1, .above(0), "depth of the negative side", positional: true)])
  ) { CELU(alpha: $0.value("alpha")) }
}

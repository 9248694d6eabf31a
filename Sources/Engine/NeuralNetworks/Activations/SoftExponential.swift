internal import Tensors

/// A logarithm (α < 0), the identity (α = 0) or an exponential (α > 0).
struct SoftExponential: ActivationFunction {
  let alpha: Double

  func value<S: Scalar>(_ x: S) -> S {
    let alpha = S(self.alpha)
    if alpha == 0 { return x }
    return alpha < 0 ? -S.log1p(-alpha * (x + alpha)) / alpha : S.expm1(alpha * x) / alpha + alpha
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    let alpha = S(self.alpha)
    return alpha < 0 ? 1 / (1 - alpha * (x + alpha)) : S.exp(alpha * x)
  }
}

/// The same with a trained α.
struct TrainedSoftExponential<S: Scalar>: TrainedActivationFunction {
  let function: SoftExponential

  func addGradient(to sums: Elements<S>, x: S, dy: S) {
    let a = S(function.alpha)
    if a == 0 {
      // The limit from both sides.
      sums[0] += dy * (x * x / 2 + 1)
    } else if a > 0 {
      sums[0] += dy * ((a * x * S.exp(a * x) - S.expm1(a * x)) / (a * a) + 1)
    } else {
      let inner = 1 - a * (x + a)
      sums[0] += dy * (S.log(inner) / (a * a) + (x + 2 * a) / (a * inner))
    }
  }
}

extension Activation {
  static let softExponential = Activation(
    RegistryEntry(
      .activation, "soft_exponential",
      "from a logarithm over the line to an exponential, its α trained",
      formula:
        #"\begin{cases}-\tfrac1\alpha\ln(1-\alpha(x+\alpha)) & \alpha<0\\ x & \alpha=0\\ \tfrac1\alpha(e^{\alpha x}-1)+\alpha & \alpha>0\end{cases}"#,
      derivative:
        #"\begin{cases}\frac{1}{1-\alpha(x+\alpha)} & \alpha<0\\ e^{\alpha x} & \alpha\ge 0\end{cases}"#,
      range: #"(-\infty, \infty)"#,
      [.number("alpha", 0, nil, "α at the start", positional: true)])
  ) { SoftExponential(alpha: $0.value("alpha")) }
}

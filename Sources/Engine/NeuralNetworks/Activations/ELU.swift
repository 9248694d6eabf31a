internal import Tensors

/// scale·x where it is positive, else scale·α(e^x-1).
struct ELU: ActivationFunction {
  let alpha: Double
  let scale: Double

  /// The constants of SELU, which keep mean 0 and variance 1.
  static let seluAlpha = 1.6732632423543772848170429916717
  static let seluScale = 1.0507009873554804934193349852946

  var kinks: [Double] { [0] }
  var kernel: Function? { .elu(alpha: alpha, rate: 1, scale: scale) }
  var gain: Double { scale == 1 ? 1.245198 : 0.75 }

  func value<S: Scalar>(_ x: S) -> S {
    let alpha = S(self.alpha)
    let scale = S(self.scale)
    return scale * (x > 0 ? x : alpha * S.expm1(x))
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    let alpha = S(self.alpha)
    let scale = S(self.scale)
    return scale * (x > 0 ? 1 : alpha * S.exp(x))
  }
}

extension Activation {
  static let elu = Activation(
    RegistryEntry(
      .activation, "elu", "the exponential linear unit",
      formula: #"\begin{cases}x & x>0\\ \alpha(e^x-1) & x\le 0\end{cases}"#,
      derivative: #"\begin{cases}1 & x>0\\ \alpha e^x & x\le 0\end{cases}"#,
      range: #"(-\alpha, \infty)"#,
      [.number("alpha", 1, nil, "depth of the negative side", positional: true)])
  ) { ELU(alpha: $0.value("alpha"), scale: 1) }

  static let selu = Activation(
    RegistryEntry(
      .activation, "selu", "the exponential linear unit that keeps mean 0 and variance 1",
      formula: #"\lambda\begin{cases}x & x>0\\ \alpha(e^x-1) & x\le 0\end{cases}"#,
      derivative: #"\lambda\begin{cases}1 & x>0\\ \alpha e^x & x\le 0\end{cases}"#,
      range: #"(-\lambda\alpha, \infty)"#)
  ) { _ in ELU(alpha: ELU.seluAlpha, scale: ELU.seluScale) }
}

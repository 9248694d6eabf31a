internal import Tensors

private let halfPi = 1.57079632679489661923

/// sin(x)/x.
struct Sinc: ActivationFunction {
  func value<S: Scalar>(_ x: S) -> S {
    sinc(x)
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    sincSlope(x)
  }
}

/// sin(πx)/(πx).
struct NormalizedSinc: ActivationFunction {
  func value<S: Scalar>(_ x: S) -> S {
    sinc(x * S(2 * halfPi))
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    S(2 * halfPi) * sincSlope(x * S(2 * halfPi))
  }
}

extension Activation {
  static let sinc = Activation(
    RegistryEntry(
      .activation, "sinc", "the cardinal sine",
      formula: #"\begin{cases}\frac{\sin x}{x} & x\ne 0\\ 1 & x=0\end{cases}"#,
      derivative: #"\frac{\cos x}{x}-\frac{\sin x}{x^2}"#, range: "[-0.22, 1]")
  ) { _ in Sinc() }

  static let sincNormalized = Activation(
    RegistryEntry(
      .activation, "sinc_normalized", "the cardinal sine with zeros at the whole numbers",
      formula: #"\frac{\sin\pi x}{\pi x}"#,
      derivative: #"\frac{\cos\pi x}{x}-\frac{\sin\pi x}{\pi x^2}"#, range: "[-0.22, 1]")
  ) { _ in NormalizedSinc() }
}

private func sinc<S: Scalar>(_ x: S) -> S { x == 0 ? 1 : S.sin(x) / x }

private func sincSlope<S: Scalar>(_ x: S) -> S {
  if x.magnitude < 0.1 {
    let q = x * x
    var sum = S(1.0 / 45360)
    sum = S(-1.0 / 840) + q * sum
    sum = S(1.0 / 30) + q * sum
    sum = S(-1.0 / 3) + q * sum
    return x * sum
  }
  return (S.cos(x) - S.sin(x) / x) / x
}

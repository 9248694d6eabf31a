internal import Tensors

/// A smooth cut at 0 and 1.
struct SoftClipping: ActivationFunction {
  let alpha: Double

  func value<S: Scalar>(_ x: S) -> S {
    let alpha = S(self.alpha)
    return (softplus(alpha * x) - softplus(alpha * (x - 1))) / alpha
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    let alpha = S(self.alpha)
    return logistic(alpha * x) - logistic(alpha * (x - 1))
  }
}

extension Activation {
  static let softClipping = Activation(
    RegistryEntry(
      .activation, "soft_clipping", "a smooth cut at 0 and 1",
      formula: #"\tfrac1\alpha\ln\frac{1+e^{\alpha x}}{1+e^{\alpha(x-1)}}"#,
      derivative: #"\sigma(\alpha x)-\sigma(\alpha(x-1))"#, range: "(0, 1)",
      [.number("alpha", 10, .above(0), "sharpness of the corners", positional: true)])
  ) { SoftClipping(alpha: $0.value("alpha")) }
}

internal import Tensors

/// √(x²+a²).
struct Multiquadric: ActivationFunction {
  let height: Double

  func value<S: Scalar>(_ x: S) -> S {
    let height = S(self.height)
    return (x * x + height * height).squareRoot()
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    let height = S(self.height)
    return x / (x * x + height * height).squareRoot()
  }
}

extension Activation {
  static let multiquadric = Activation(
    RegistryEntry(
      .activation, "multiquadric", "a hyperbola over the origin", formula: #"\sqrt{x^2+a^2}"#,
      derivative: #"\frac{x}{\sqrt{x^2+a^2}}"#, range: #"[a, \infty)"#,
      [.number("a", 1, .above(0), "its height at 0", positional: true)])
  ) { Multiquadric(height: $0.value("a")) }
}

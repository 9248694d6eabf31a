internal import Tensors

/// x+sin²(ax)/a.
struct Snake: ActivationFunction {
  let frequency: Double

  func value<S: Scalar>(_ x: S) -> S {
    let frequency = S(self.frequency)
    let s = S.sin(frequency * x)
    return x + s * s / frequency
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    let frequency = S(self.frequency)
    return 1 + S.sin(2 * frequency * x)
  }
}

extension Activation {
  static let snake = Activation(
    RegistryEntry(
      .activation, "snake", "the line with waves on it", formula: #"x+\tfrac1a\sin^2 ax"#,
      derivative: #"1+\sin 2ax"#, range: #"(-\infty, \infty)"#,
      [.number("a", 1, .above(0), "frequency of the waves", positional: true)])
  ) { Snake(frequency: $0.value("a")) }
}

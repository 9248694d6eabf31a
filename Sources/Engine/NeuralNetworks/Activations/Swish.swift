internal import Tensors

/// x·σ(βx).
struct Swish: ActivationFunction {
  let beta: Double

  var kernel: Function? { .silu(beta: beta) }
  var gain: Double { 1.676532 }

  func value<S: Scalar>(_ x: S) -> S {
    let beta = S(self.beta)
    return x * logistic(beta * x)
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    let beta = S(self.beta)
    let s = logistic(beta * x)
    return s * (1 + beta * x * logistic(-beta * x))
  }
}

/// The same with a trained β.
struct TrainedSwish<S: Scalar>: TrainedActivationFunction {
  let function: Swish

  func addGradient(to sums: Elements<S>, x: S, dy: S) {
    let beta = S(function.beta)
    sums[0] += dy * x * x * logistic(beta * x) * logistic(-beta * x)
  }
}

extension Activation {
  static let silu = Activation(
    RegistryEntry(
      .activation, "silu", aliases: ["swish1"], "the input times its own logistic curve",
      formula: #"x\,\sigma(x)"#, derivative: #"\sigma(x)+y(1-\sigma(x))"#,
      range: #"[-0.28, \infty)"#)
  ) { _ in Swish(beta: 1) }

  static let swish = Activation(
    RegistryEntry(
      .activation, "swish", "silu with a sharpness that is trained",
      formula: #"x\,\sigma(\beta x)"#,
      derivative: #"\sigma(\beta x)+\beta y(1-\sigma(\beta x))"#, range: #"(-\infty, \infty)"#,
      [
        .number("beta", 1, nil, "sharpness at the start", positional: true),
        .flag("trained", false, "the optimizer changes the sharpness"),
      ])
  ) { Swish(beta: $0.value("beta")) }
}

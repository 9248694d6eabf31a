internal import Tensors

/// ln(1+e^(βx))/β, and x where βx is above a limit.
struct Softplus: ActivationFunction {
  let beta: Double
  let limit: Double

  var kinks: [Double] { [limit / beta] }
  var kernel: Function? { .softplus(beta: beta, threshold: limit) }
  var gain: Double { 1.041867 }

  func value<S: Scalar>(_ x: S) -> S {
    let beta = S(self.beta)
    let limit = S(self.limit)
    return beta * x > limit ? x : softplus(beta * x) / beta
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    let beta = S(self.beta)
    let limit = S(self.limit)
    return beta * x > limit ? 1 : logistic(beta * x)
  }
}

extension Activation {
  static let softplus = Activation(
    RegistryEntry(
      .activation, "softplus", "the smooth rectifier",
      formula: #"\tfrac1\beta\ln(1+e^{\beta x})"#, derivative: #"\sigma(\beta x)"#,
      range: #"(0, \infty)"#,
      [
        .number("beta", 1, .above(0), "sharpness", positional: true),
        .number("threshold", 20, nil, "βx above which it is the identity", positional: true),
      ])
  ) { Softplus(beta: $0.value("beta"), limit: $0.value("threshold")) }
}

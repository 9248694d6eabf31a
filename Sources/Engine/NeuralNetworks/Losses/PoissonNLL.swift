internal import Tensors

/// The negative log-likelihood of a Poisson distribution.
struct PoissonNLL: LossFunction {
  let epsilon: Double
  let isLogarithm: Bool
  let isFull: Bool

  @specialized(where S == Float)
  @specialized(where S == Double)
  func evaluate<S: Scalar>(_ batch: inout LossBatch<S>) {
    let (x, rows, columns, gradient) = (batch.x, batch.rows, batch.columns, batch.gradient)
    let targets = batch.targets!
    let epsilon = S(self.epsilon)
    for index in 0..<rows * columns {
      let (v, t) = (x[index], targets[index])
      var value = isLogarithm ? S.exp(v) - t * v : v - t * S.log(v + epsilon)
      if isFull, t > 1 {
        value += t * S.log(t) - t + S.log(S(2 * Double.pi) * t) / 2
      }
      batch.add(value)
      gradient?[index] = isLogarithm ? S.exp(v) - t : 1 - t / (v + epsilon)
    }
    batch.divisor = S(Double(rows * columns))
  }
}

extension LossDefinition {
  static let poissonNLL = LossDefinition(
    RegistryEntry(
      .loss, "poisson_nll", "the negative log-likelihood of a Poisson distribution",
      formula: #"e^x-yx"#, derivative: #"e^x-y"#,
      [
        .flag("log_input", true, "the network gives the logarithm of the rate"),
        .flag("full", false, "adds Stirling's term"),
        .number("epsilon", 1e-8, .above(0), "added to the rate before its logarithm"),
      ])
  ) {
    .poissonNLL(
      PoissonNLL(
        epsilon: $0.value("epsilon"), isLogarithm: $0.flag("log_input"), isFull: $0.flag("full")))
  }
}

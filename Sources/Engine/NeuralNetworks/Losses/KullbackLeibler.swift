internal import Tensors

/// q(ln q-ℓ) of logarithms ℓ.
struct KullbackLeibler: LossFunction {
  let isLogarithm: Bool
  let countsNumbers: Bool

  @specialized(where S == Float)
  @specialized(where S == Double)
  func evaluate<S: Scalar>(_ batch: inout LossBatch<S>) {
    let (x, rows, columns, gradient) = (batch.x, batch.rows, batch.columns, batch.gradient)
    let targets = batch.targets!
    for index in 0..<rows * columns {
      let t = targets[index]
      let q = isLogarithm ? S.exp(t) : t
      let logarithm = isLogarithm ? t : t > 0 ? S.log(t) : 0
      batch.add(q == 0 ? 0 : q * (logarithm - x[index]))
      gradient?[index] = -q
    }
    batch.divisor = S(Double(countsNumbers ? rows * columns : rows))
  }
}

extension LossDefinition {
  static let kullbackLeibler = LossDefinition(
    RegistryEntry(
      .loss, "kl_div", aliases: ["kl"],
      "the divergence from a target distribution, given logarithms",
      formula: #"q(\ln q-\ell)"#, derivative: "-q",
      [
        .flag("log_target", false, "the target is given as logarithms"),
        .choice("reduction", ["batch_mean", "mean"], "over samples or over all numbers"),
      ])
  ) {
    .kullbackLeibler(
      KullbackLeibler(
        isLogarithm: $0.flag("log_target"), countsNumbers: $0.word("reduction") == "mean"))
  }
}

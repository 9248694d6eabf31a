internal import Tensors

/// Squared up to δ, linear above.
struct Huber: LossFunction {
  let delta: Double

  @specialized(where S == Float)
  @specialized(where S == Double)
  func evaluate<S: Scalar>(_ batch: inout LossBatch<S>) {
    let delta = S(self.delta)
    batch.elements {
      let e = ($0 - $1).magnitude
      return e <= delta ? e * e / 2 : delta * (e - delta / 2)
    } slope: {
      S.maximum(-delta, S.minimum(delta, $0 - $1))
    }
  }
}

extension LossDefinition {
  static let huber = LossDefinition(
    RegistryEntry(
      .loss, "huber", "squared near 0, absolute far away",
      formula:
        #"\begin{cases}\tfrac12 e^2 & |e|\le\delta\\ \delta(|e|-\tfrac\delta2) & |e|>\delta\end{cases}"#,
      derivative: #"\max(-\delta, \min(\delta, e))"#,
      [.number("delta", 1, .above(0), "error at which it becomes linear, δ", positional: true)])
  ) { .huber(Huber(delta: $0.value("delta"))) }
}

internal import Tensors

/// The Huber loss divided by its δ.
struct SmoothL1: LossFunction {
  let beta: Double

  @specialized(where S == Float)
  @specialized(where S == Double)
  func evaluate<S: Scalar>(_ batch: inout LossBatch<S>) {
    let beta = S(self.beta)
    batch.elements {
      let e = ($0 - $1).magnitude
      return e < beta ? e * e / (2 * beta) : e - beta / 2
    } slope: {
      S.maximum(-1, S.minimum(1, ($0 - $1) / beta))
    }
  }
}

extension LossDefinition {
  static let smoothL1 = LossDefinition(
    RegistryEntry(
      .loss, "smooth_l1", "the Huber loss divided by its δ",
      formula:
        #"\begin{cases}\tfrac{e^2}{2\beta} & |e|<\beta\\ |e|-\tfrac\beta2 & |e|\ge\beta\end{cases}"#,
      derivative: #"\max(-1, \min(1, e/\beta))"#,
      [.number("beta", 1, .above(0), "error at which it becomes linear, β", positional: true)])
  ) { .smoothL1(SmoothL1(beta: $0.value("beta"))) }
}

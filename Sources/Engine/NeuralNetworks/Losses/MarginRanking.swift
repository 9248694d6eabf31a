internal import Tensors

/// The order of a row's halves: the target is 1 if the first should be larger, -1 if the second.
struct MarginRanking: LossFunction {
  let margin: Double

  @specialized(where S == Float)
  @specialized(where S == Double)
  func evaluate<S: Scalar>(_ batch: inout LossBatch<S>) {
    let (x, rows, columns, gradient) = (batch.x, batch.rows, batch.columns, batch.gradient)
    let targets = batch.targets!
    let margin = S(self.margin)
    let half = columns / 2
    for row in 0..<rows {
      for place in 0..<half {
        let index = row * columns + place
        let y = targets[row * half + place]
        let value = -y * (x[index] - x[index + half]) + margin
        batch.add(S.maximum(0, value))
        gradient?[index] = value > 0 ? -y : 0
        gradient?[index + half] = value > 0 ? y : 0
      }
    }
    batch.divisor = S(Double(rows * half))
  }
}

extension LossDefinition {
  static let marginRanking = LossDefinition(
    RegistryEntry(
      .loss, "margin_ranking", "the order of the output's two halves",
      formula: #"\max(0, -y(x_1-x_2)+m)"#,
      [.number("margin", 0, nil, "the margin m", positional: true)]), targets: .signs,
    outputsPerTarget: 2, interpretation: .sign
  ) { .marginRanking(MarginRanking(margin: $0.value("margin"))) }
}

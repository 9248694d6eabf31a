internal import Tensors

/// The margin of the correct class over every other class.
struct MultiMargin: LossFunction {
  let margin: Double
  let isSquared: Bool
  let weights: [Double]?

  @specialized(where S == Float)
  @specialized(where S == Double)
  func evaluate<S: Scalar>(_ batch: inout LossBatch<S>) {
    let (x, rows, columns, gradient) = (batch.x, batch.rows, batch.columns, batch.gradient)
    let margin = S(self.margin)
    let weights = batch.scalars(weights)
    for row in 0..<rows {
      let label = row * columns + Int(batch.labels[row])
      let weight = (weights?[Int(batch.labels[row])] ?? 1) / S(Double(columns))
      var total: S = 0
      var pull: S = 0
      for index in row * columns..<(row + 1) * columns where index != label {
        let slack = margin - x[label] + x[index]
        guard slack > 0 else {
          gradient?[index] = 0
          continue
        }
        total += isSquared ? slack * slack : slack
        let slope = weight * (isSquared ? 2 * slack : 1)
        gradient?[index] = slope
        pull += slope
      }
      gradient?[label] = -pull
      batch.add(weight * total)
    }
    batch.divisor = S(Double(rows))
  }
}

extension LossDefinition {
  static let multiMargin = LossDefinition(
    RegistryEntry(
      .loss, "multi_margin", "the margin loss of several classes",
      formula: #"\tfrac1K\sum_{k\ne y}\max(0, m-x_y+x_k)^p"#,
      [
        .choice("p", ["1", "2"], "the exponent p"),
        .number("margin", 1, nil, "the margin m", positional: true),
        .numbers("weight", nil, .atLeast(0), "weight of each class"),
      ]), targets: .labels, interpretation: .softmax
  ) {
    .multiMargin(
      MultiMargin(
        margin: $0.value("margin"), isSquared: $0.word("p") == "2", weights: $0.numbers("weight")))
  }
}

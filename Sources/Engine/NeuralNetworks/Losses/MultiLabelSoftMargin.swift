internal import Tensors

/// A logistic loss for each label.
struct MultiLabelSoftMargin: LossFunction {
  @specialized(where S == Float)
  @specialized(where S == Double)
  func evaluate<S: Scalar>(_ batch: inout LossBatch<S>) {
    let (x, rows, columns, gradient) = (batch.x, batch.rows, batch.columns, batch.gradient)
    let targets = batch.targets!
    let count = S(Double(columns))
    for row in 0..<rows {
      var total: S = 0
      for index in row * columns..<(row + 1) * columns {
        let (v, t) = (x[index], targets[index])
        total += t * softplus(-v) + (1 - t) * softplus(v)
        gradient?[index] = ((1 - t) * logistic(v) - t * logistic(-v)) / count
      }
      batch.add(total / count)
    }
    batch.divisor = S(Double(rows))
  }
}

extension LossDefinition {
  static let multiLabelSoftMargin = LossDefinition(
    RegistryEntry(
      .loss, "multi_label_soft_margin", "a logistic loss for each label",
      formula: #"-\tfrac1K\sum_k y_k\ln\sigma(x_k)+(1-y_k)\ln\sigma(-x_k)"#,
      derivative: #"\tfrac1K(\sigma(x)-y)"#), targets: .bits, interpretation: .sigmoid
  ) { _ in .multiLabelSoftMargin(MultiLabelSoftMargin()) }
}

internal import Tensors

/// Σ_c w_c·q_c·(-ln p_c), with q the smoothed label or the given probabilities; for `nll` the
/// outputs are the logarithms themselves. Classes' weights divide the mean by the labels' sum.
struct CrossEntropy: LossFunction {
  let weights: [Double]?
  let smoothing: Double
  let isLogarithm: Bool

  var kernel: KernelLoss? { !isLogarithm && weights == nil && smoothing == 0 ? .crossEntropy : nil }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func evaluate<S: Scalar>(_ batch: inout LossBatch<S>) {
    let (x, rows, columns) = (batch.x, batch.rows, batch.columns)
    let weights = batch.scalars(weights)
    let smoothing = S(self.smoothing)
    for row in 0..<rows {
      let label = batch.targets == nil ? Int(batch.labels[row]) : 0
      let range = row * columns..<(row + 1) * columns
      guard label >= 0 else {
        batch.skipRow()
        for index in range { batch.gradient?[index] = 0 }
        continue
      }
      let shift = isLogarithm ? 0 : batch.logSum(row)
      func share(_ index: Int) -> S {
        let weight = weights?[index - range.lowerBound] ?? 1
        let hot: S = batch.targets.map { $0[index] } ?? (index - range.lowerBound == label ? 1 : 0)
        return weight * ((1 - smoothing) * hot + smoothing / S(Double(columns)))
      }
      var value: S = 0
      var total: S = 0
      for index in range {
        let q = share(index)
        if q != 0 { value += q * (shift - x[index]) }
        total += q
      }
      batch.add(value)
      batch.divisor += batch.targets == nil ? weights?[label] ?? 1 : 1
      guard let gradient = batch.gradient else { continue }
      for index in range {
        let probability = isLogarithm ? 0 : S.exp(x[index] - shift)
        gradient[index] = total * probability - share(index)
      }
    }
    if batch.divisor == 0 { batch.divisor = 1 }
  }
}

extension LossDefinition {
  static let crossEntropy = LossDefinition(
    RegistryEntry(
      .loss, "cross_entropy", aliases: ["ce", "softmax_cross_entropy"],
      "the cross-entropy of logits for classes",
      formula: #"\ln\sum_j e^{x_j}-x_y"#, derivative: #"\operatorname{softmax}(x)_k-[k=y]"#,
      [
        .number(
          "smoothing", 0, .from(0, to: 1), "fraction of the target spread over all classes",
          positional: true),
        .numbers("weight", nil, .atLeast(0), "weight of each class"),
      ]), targets: .labels, interpretation: .softmax
  ) {
    .crossEntropy(
      CrossEntropy(
        weights: $0.numbers("weight"), smoothing: $0.value("smoothing"), isLogarithm: false))
  }

  static let negativeLogLikelihood = LossDefinition(
    RegistryEntry(
      .loss, "nll", "the negative logarithm of a class's probability, given logarithms",
      formula: #"-\ell_y"#, derivative: #"-[k=y]"#,
      [.numbers("weight", nil, .atLeast(0), "weight of each class")]), targets: .labels,
    interpretation: .softmax
  ) { .crossEntropy(CrossEntropy(weights: $0.numbers("weight"), smoothing: 0, isLogarithm: true)) }
}

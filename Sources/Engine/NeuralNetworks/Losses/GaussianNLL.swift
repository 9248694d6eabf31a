internal import Tensors

/// The negative log-likelihood of a normal distribution: the first half of a row are means, the
/// second variances.
struct GaussianNLL: LossFunction {
  let epsilon: Double
  let isFull: Bool

  @specialized(where S == Float)
  @specialized(where S == Double)
  func evaluate<S: Scalar>(_ batch: inout LossBatch<S>) {
    let (x, rows, columns, gradient) = (batch.x, batch.rows, batch.columns, batch.gradient)
    let targets = batch.targets!
    let half = columns / 2
    let epsilon = S(self.epsilon)
    let constant = isFull ? S(0.91893853320467274178) : 0
    for row in 0..<rows {
      for place in 0..<half {
        let index = row * columns + place
        let variance = S.maximum(x[index + half], epsilon)
        let e = x[index] - targets[row * half + place]
        batch.add((S.log(variance) + e * e / variance) / 2 + constant)
        gradient?[index] = e / variance
        gradient?[index + half] = (1 - e * e / variance) / variance / 2
      }
    }
    batch.divisor = S(Double(rows * half))
  }
}

extension LossDefinition {
  static let gaussianNLL = LossDefinition(
    RegistryEntry(
      .loss, "gaussian_nll",
      "the negative log-likelihood of a normal distribution; the network gives means, then variances",
      formula: #"\tfrac12\left(\ln v+\tfrac{(p-y)^2}{v}\right)"#,
      [
        .flag("full", false, "adds the constant ½ ln 2π"),
        .number("epsilon", 1e-6, .above(0), "minimum variance"),
      ]), outputsPerTarget: 2
  ) { .gaussianNLL(GaussianNLL(epsilon: $0.value("epsilon"), isFull: $0.flag("full"))) }
}

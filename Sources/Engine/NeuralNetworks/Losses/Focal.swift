internal import Tensors

/// (1-p)^γ·(-ln p) of the correct class.
struct Focal: LossFunction {
  let gamma: Double

  @specialized(where S == Float)
  @specialized(where S == Double)
  func evaluate<S: Scalar>(_ batch: inout LossBatch<S>) {
    let (x, rows, columns) = (batch.x, batch.rows, batch.columns)
    let gamma = S(self.gamma)
    for row in 0..<rows {
      let range = row * columns..<(row + 1) * columns
      let shift = batch.logSum(row)
      let label = range.lowerBound + Int(batch.labels[row])
      let logarithm = x[label] - shift
      let p = S.exp(logarithm)
      // 1 - p as the sum of the others keeps its digits when p is almost 1.
      var q: S = 0
      for index in range where index != label { q += S.exp(x[index] - shift) }
      let power = S.pow(q, gamma)
      batch.add(-power * logarithm)
      guard let gradient = batch.gradient else { continue }
      // dL/dp · p, with q^(γ-1) written so that q = 0 stays finite for γ ≥ 1.
      let lower = gamma == 0 ? 0 : gamma * S.pow(q, gamma - 1)
      let slope = lower * p * logarithm - power
      for index in range {
        gradient[index] = slope * (index == label ? q : -S.exp(x[index] - shift))
      }
    }
    batch.divisor = S(Double(rows))
  }
}

/// The focal loss of two classes, each with its weight.
struct BinaryFocal: LossFunction {
  let gamma: Double
  let alpha: Double

  @specialized(where S == Float)
  @specialized(where S == Double)
  func evaluate<S: Scalar>(_ batch: inout LossBatch<S>) {
    let (x, rows, columns, gradient) = (batch.x, batch.rows, batch.columns, batch.gradient)
    let targets = batch.targets!
    let (gamma, alpha) = (S(self.gamma), S(self.alpha))
    for index in 0..<rows * columns {
      let isPositive = targets[index] > 0.5
      let sign: S = isPositive ? 1 : -1
      let v = sign * x[index]
      let (p, q) = (logistic(v), logistic(-v))
      let weight = isPositive ? alpha : 1 - alpha
      let power = S.pow(q, gamma)
      let logarithm = -softplus(-v)
      batch.add(-weight * power * logarithm)
      gradient?[index] = sign * weight * power * (gamma * p * logarithm - q)
    }
    batch.divisor = S(Double(rows * columns))
  }
}

extension LossDefinition {
  static let focal = LossDefinition(
    RegistryEntry(
      .loss, "focal", "cross-entropy with less weight for well classified samples",
      formula: #"-(1-p_y)^\gamma\ln p_y"#,
      [.number("gamma", 2, .atLeast(0), "focusing parameter γ", positional: true)]),
    targets: .labels,
    interpretation: .softmax
  ) { .focal(Focal(gamma: $0.value("gamma"))) }

  static let binaryFocal = LossDefinition(
    RegistryEntry(
      .loss, "focal_binary", "the focal loss of a logit for two classes",
      formula: #"-\alpha_t(1-p_t)^\gamma\ln p_t"#,
      [
        .number("gamma", 2, .atLeast(0), "focusing parameter γ", positional: true),
        .number("alpha", 0.25, .from(0, to: 1), "weight of the positive class"),
      ]), targets: .bits, interpretation: .sigmoid
  ) { .binaryFocal(BinaryFocal(gamma: $0.value("gamma"), alpha: $0.value("alpha"))) }
}

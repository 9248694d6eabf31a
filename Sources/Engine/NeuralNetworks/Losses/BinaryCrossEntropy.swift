internal import Tensors

/// The cross-entropy of probabilities, their logarithms clamped at -100.
struct BinaryCrossEntropy: LossFunction {
  @specialized(where S == Float)
  @specialized(where S == Double)
  func evaluate<S: Scalar>(_ batch: inout LossBatch<S>) {
    batch.elements { p, t in
      -(t * S.maximum(S.log(p), -100) + (1 - t) * S.maximum(S.log1p(-p), -100))
    } slope: { p, t in
      (p - t) / S.maximum(p * (1 - p), S(1e-12))
    }
  }
}

/// The cross-entropy of logits, with weights of outputs and of the positive class.
struct BinaryCrossEntropyWithLogits: LossFunction {
  let weights: [Double]?
  let positiveWeights: [Double]?

  var kernel: KernelLoss? { weights == nil && positiveWeights == nil ? .binaryCrossEntropy : nil }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func evaluate<S: Scalar>(_ batch: inout LossBatch<S>) {
    let (x, rows, columns, gradient) = (batch.x, batch.rows, batch.columns, batch.gradient)
    let targets = batch.targets!
    let weights = batch.scalars(weights)
    let positive = batch.scalars(positiveWeights)
    for index in 0..<rows * columns {
      let column = index % columns
      let (v, t) = (x[index], targets[index])
      let weight = weights.map { $0[column % $0.count] } ?? 1
      let factor = 1 + (positive.map { $0[column % $0.count] } ?? 1) * t - t
      batch.add(weight * ((1 - t) * v + factor * softplus(-v)))
      gradient?[index] = weight * ((1 - t) - factor * logistic(-v))
    }
    batch.divisor = S(Double(rows * columns))
  }
}

extension LossDefinition {
  static let binaryCrossEntropy = LossDefinition(
    RegistryEntry(
      .loss, "bce", aliases: ["binary_cross_entropy", "log_loss"],
      "the cross-entropy of probabilities for two classes",
      formula: #"-y\ln p-(1-y)\ln(1-p)"#, derivative: #"\frac{p-y}{p(1-p)}"#), targets: .bits
  ) { _ in .binaryCrossEntropy(BinaryCrossEntropy()) }

  static let binaryCrossEntropyWithLogits = LossDefinition(
    RegistryEntry(
      .loss, "bce_with_logits", aliases: ["bce_logits"],
      "the cross-entropy of a logit for two classes",
      formula: #"\max(x,0)-xy+\ln(1+e^{-|x|})"#, derivative: #"\sigma(x)-y"#,
      [
        .numbers("weight", nil, .atLeast(0), "weight of each output"),
        .numbers("pos_weight", nil, .atLeast(0), "weight of the positive class of each output"),
      ]), targets: .bits, interpretation: .sigmoid
  ) {
    .binaryCrossEntropyWithLogits(
      BinaryCrossEntropyWithLogits(
        weights: $0.numbers("weight"), positiveWeights: $0.numbers("pos_weight")))
  }
}

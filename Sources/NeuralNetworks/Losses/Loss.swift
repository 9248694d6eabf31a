internal import Tensors

/// A loss of the catalogue with its arguments: what it asks of a network's output and of targets.
struct Loss: Hashable, Sendable {
  /// What a batch is compared with.
  enum TargetForm: Hashable, Sendable {
    /// One class for each row.
    case labels
    /// As many numbers as the network gives, or fewer where `outputsPerTarget` says so.
    case numbers
    /// 0 or 1 for each output.
    case bits
    /// -1 or 1 for each output.
    case signs
  }

  /// How the losses of rows and elements become one number.
  enum Reduction: Hashable, Sendable { case mean, sum }

  let term: Term
  var name: String { term.name }
  private let kernel: KernelLoss?

  init(_ term: Term) {
    self.term = term
    kernel =
      switch term.name {
      case "mse": .squaredError
      case "bce_with_logits":
        term["weight"] == nil && term["pos_weight"] == nil ? .binaryCrossEntropy : nil
      case "cross_entropy":
        term["weight"] == nil && term.number("smoothing") ?? 0 == 0 ? .crossEntropy : nil
      default: nil
      }
  }

  var targetForm: TargetForm {
    switch name {
    case "cross_entropy", "nll", "multi_margin", "focal": .labels
    case "bce", "bce_with_logits", "focal_binary", "multi_label_soft_margin": .bits
    case "hinge", "squared_hinge", "soft_margin", "hinge_embedding", "cosine_embedding",
      "margin_ranking":
      .signs
    default: .numbers
    }
  }

  /// Outputs for each number of a target: means and variances, or two that are compared.
  var outputsPerTarget: Int {
    switch name {
    case "gaussian_nll", "margin_ranking": 2
    default: 1
    }
  }

  /// Whether one target stands for all outputs of a row.
  var hasOneTarget: Bool { name == "cosine_embedding" || name == "triplet_margin" }

  /// Whether the outputs are compared with each other alone.
  var ignoresTargets: Bool { name == "triplet_margin" }

  /// The loss of a batch; its gradient with respect to the outputs goes to `gradient`.
  ///
  /// - Parameter each: given what every row or element contributes, before any reduction.
  /// - Shapes: outputs and gradient (N, K); targets N labels or (N, T) numbers.
  @specialized(where S == Float)
  @specialized(where S == Double)
  func evaluate<S: Scalar>(
    _ memory: Workspace<S>, outputs: View, targets: BatchTargets, gradient: View?,
    reduction: Reduction = .mean, each: ((S) -> Void)? = nil
  ) -> S {
    let rows = outputs.rows
    if let kernel, each == nil, reduction == .mean {
      if kernel != .crossEntropy {
        memory.evaluate(
          kernel, outputs, targets: targets.numbers!.first(rows), gradient: gradient)
        return memory.lastLoss.mean()
      }
      if targets.numbers == nil {
        memory.evaluate(crossEntropy: outputs, labels: targets.labels, gradient: gradient)
        return memory.lastLoss.mean()
      }
    }
    var batch = LossBatch(
      loss: self, x: memory[outputs], rows: rows, columns: outputs.columns,
      labels: targets.labels, targets: targets.numbers.map { memory[$0.first(rows)] },
      gradient: gradient.map { memory[$0] }, each: each)
    batch.evaluate()
    guard reduction == .mean else { return batch.sum }
    if let gradient {
      memory.scale(gradient, by: 1 / batch.divisor.double, into: gradient)
    }
    return batch.sum / batch.divisor
  }
}

extension Loss {
  /// What the sum over a batch is divided by for its mean: rows, numbers, or what the labels weigh.
  ///
  /// - Shapes: outputs (N, K); targets N labels or (N, T) numbers.
  func divisor(_ memory: Workspace<Double>, outputs: View, targets: BatchTargets) -> Double {
    let rows = outputs.rows
    var batch = LossBatch(
      loss: self, x: memory[outputs], rows: rows, columns: outputs.columns,
      labels: targets.labels, targets: targets.numbers.map { memory[$0.first(rows)] },
      gradient: nil, each: nil)
    batch.evaluate()
    return batch.divisor
  }
}

extension LossSum {
  /// In the precision of the network.
  func mean<S: Scalar>() -> S { S(sum) / S(count) }
}

/// What a batch is compared with, in the form that the loss asks for.
final class BatchTargets {
  /// One for each row; -1 leaves a row out.
  let labels: Integers
  let numbers: View?

  init(capacity: Int, numbers: View?) {
    labels = Integers(repeating: -1, count: numbers == nil ? capacity : 0)
    self.numbers = numbers
  }
}

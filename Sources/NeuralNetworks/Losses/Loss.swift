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

  let term: Term
  var name: String { term.name }

  init(_ term: Term) { self.term = term }

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
}

/// What a batch is compared with, in the form that the loss asks for.
final class BatchTargets {
  /// One for each row; -1 leaves a row out.
  var labels: [Int32]
  let numbers: View?

  init(capacity: Int, numbers: View?) {
    labels = [Int32](repeating: -1, count: numbers == nil ? capacity : 0)
    self.numbers = numbers
  }
}

extension Loss {
  /// The mean loss of a batch; its gradient with respect to the outputs goes to `gradient`.
  func evaluate<S: Scalar>(
    _ memory: Workspace<S>, outputs: View, targets: BatchTargets, gradient: View?
  ) -> S {
    let rows = outputs.rows
    switch name {
    case "mse":
      let scale = 1 / Double(outputs.count)
      return memory.squaredError(
        outputs, targets: targets.numbers!.first(rows), gradient: gradient, scale: scale)
        / S(Double(outputs.count))
    case "bce_with_logits":
      let scale = 1 / Double(outputs.count)
      return memory.binaryCrossEntropy(
        logits: outputs, targets: targets.numbers!.first(rows), gradient: gradient, scale: scale)
        / S(Double(outputs.count))
    default:
      let labels = targets.labels
      return memory.crossEntropy(
        logits: outputs, labels: labels.span.extracting(first: rows), gradient: gradient,
        scale: 1 / Double(rows)) / S(Double(rows))
    }
  }
}

extension Loss {
  /// Outputs for each number of a target: means and variances, pairs, triples.
  var outputsPerTarget: Int {
    switch name {
    case "gaussian_nll": 2
    default: 1
    }
  }

  /// Whether the outputs are compared with each other alone.
  var ignoresTargets: Bool { name == "triplet_margin" }
}

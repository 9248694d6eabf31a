internal import Tensors

/// A loss of the registry with its arguments: what it asks of a network's output and of targets.
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
  let targetForm: TargetForm
  /// Outputs for each number of a target: means and variances, or two that are compared.
  let outputsPerTarget: Int
  /// In how many parts a row is where one target stands for all its outputs; else 1.
  let rowParts: Int
  /// Whether the outputs are compared with each other alone.
  let ignoresTargets: Bool
  /// What turns outputs of classes to probabilities; nil where they are probabilities or numbers.
  let interpretation: Head.Interpretation?
  private let function: AnyLossFunction
  private let kernel: KernelLoss?

  /// - Precondition: `term` is one of the registry's losses.
  init(_ term: Term) {
    guard let definition = LossDefinition.named(term.name) else {
      preconditionFailure("the loss \(term.name) has no formula")
    }
    self.term = term
    targetForm = definition.targetForm
    outputsPerTarget = definition.outputsPerTarget
    rowParts = definition.rowParts
    ignoresTargets = definition.ignoresTargets
    interpretation = definition.interpretation
    function = definition.function(term)
    kernel = function.kernel
  }

  var name: String { term.name }

  /// Whether one target stands for all outputs of a row.
  var hasOneTarget: Bool { rowParts > 1 }

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
      memory, outputs: outputs, targets: targets, gradient: gradient, each: each)
    function.evaluate(&batch)
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
    var batch = LossBatch(memory, outputs: outputs, targets: targets, gradient: nil, each: nil)
    function.evaluate(&batch)
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
  let labels: IndexBuffer
  let numbers: View?

  init(capacity: Int, numbers: View?) {
    labels = IndexBuffer(repeating: -1, count: numbers == nil ? capacity : 0)
    self.numbers = numbers
  }
}

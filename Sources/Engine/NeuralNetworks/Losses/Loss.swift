internal import Tensors

/// A loss of the registry with its arguments, and what it requires of outputs and targets.
struct Loss: Hashable, Sendable {
  /// The form of the targets.
  enum TargetForm: Hashable, Sendable {
    /// One class for each row.
    case labels
    /// A number for each output, or for each `outputsPerTarget` outputs.
    case numbers
    /// 0 or 1 for each output.
    case bits
    /// -1 or 1 for each output.
    case signs
  }

  /// The reduction of the losses of rows or elements to one number.
  enum Reduction: Hashable, Sendable { case mean, sum }

  let term: Term
  let targetForm: TargetForm
  /// Outputs for each number of a target: 2 for mean and variance, or for two that are compared.
  let outputsPerTarget: Int
  /// The number of parts of a row that has one target; else 1.
  let rowParts: Int
  /// Whether outputs are only compared with each other.
  let ignoresTargets: Bool
  /// The interpretation of outputs of classes; nil for probabilities and numbers.
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

  /// Whether a kernel computes the mean loss and its gradient.
  var hasKernel: Bool { kernel != nil }

  /// Whether a row has one target for all of its outputs.
  var hasOneTarget: Bool { rowParts > 1 }

  /// The loss of a batch; its gradient with respect to the outputs is written to `gradient`.
  ///
  /// - Parameter each: Called with the loss of every row or element, before any reduction.
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
  /// The divisor of the mean over a batch: rows, numbers, or the sum of the labels' weights.
  ///
  /// - Shapes: outputs (N, K); targets N labels or (N, T) numbers.
  func divisor(_ memory: Workspace<Double>, outputs: View, targets: BatchTargets) -> Double {
    var batch = LossBatch(memory, outputs: outputs, targets: targets, gradient: nil, each: nil)
    function.evaluate(&batch)
    return batch.divisor
  }
}

extension LossSum {
  /// The mean loss, in the precision of the network.
  func mean<S: Scalar>() -> S { S(sum) / S(count) }
}

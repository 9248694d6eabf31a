internal import Tensors

/// The computation of a loss. Formulas and constants are PyTorch's.
protocol LossFunction: Hashable, Sendable {
  /// Adds the losses of rows or elements, and sets the gradient of their sum and the divisor of the
  /// mean.
  ///
  /// - Shapes: outputs (N, K), targets N labels or (N, numbers of a target).
  func evaluate<S: Scalar>(_ batch: inout LossBatch<S>)
  /// The kernel that computes the mean with its gradient; nil where there is none.
  var kernel: KernelLoss? { get }
}

extension LossFunction {
  var kernel: KernelLoss? { nil }
}

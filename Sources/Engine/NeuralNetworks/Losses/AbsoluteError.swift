internal import Tensors

/// |p-y|.
struct AbsoluteError: LossFunction {
  @specialized(where S == Float)
  @specialized(where S == Double)
  func evaluate<S: Scalar>(_ batch: inout LossBatch<S>) {
    batch.elements {
      ($0 - $1).magnitude
    } slope: {
      $0 > $1 ? 1 : $0 < $1 ? -1 : 0
    }
  }
}

extension LossDefinition {
  static let absoluteError = LossDefinition(
    RegistryEntry(
      .loss, "mae", aliases: ["l1", "mean_absolute_error"], "the mean absolute error",
      formula: "|p-y|", derivative: #"\operatorname{sign}(p-y)"#)
  ) { _ in .absoluteError(AbsoluteError()) }
}

internal import Tensors

/// ln(1+e^(-yx)).
struct SoftMargin: LossFunction {
  @specialized(where S == Float)
  @specialized(where S == Double)
  func evaluate<S: Scalar>(_ batch: inout LossBatch<S>) {
    batch.elements {
      softplus(-$1 * $0)
    } slope: {
      -$1 * logistic(-$1 * $0)
    }
  }
}

extension LossDefinition {
  static let softMargin = LossDefinition(
    RegistryEntry(
      .loss, "soft_margin", "the logistic loss of two classes", formula: #"\ln(1+e^{-yx})"#,
      derivative: #"-y\,\sigma(-yx)"#), targets: .signs, interpretation: .sign
  ) { _ in .softMargin(SoftMargin()) }
}

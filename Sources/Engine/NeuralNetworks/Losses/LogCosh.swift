internal import Tensors

/// ln cosh(p-y).
struct LogCosh: LossFunction {
  @specialized(where S == Float)
  @specialized(where S == Double)
  func evaluate<S: Scalar>(_ batch: inout LossBatch<S>) {
    batch.elements {
      let e = ($0 - $1).magnitude
      return e + softplus(-2 * e) - S(0.69314718055994530942)
    } slope: {
      S.tanh($0 - $1)
    }
  }
}

extension LossDefinition {
  static let logCosh = LossDefinition(
    RegistryEntry(
      .loss, "log_cosh", "squared near 0, absolute far away, smooth between",
      formula: #"\ln\cosh(p-y)"#, derivative: #"\tanh(p-y)"#)
  ) { _ in .logCosh(LogCosh()) }
}

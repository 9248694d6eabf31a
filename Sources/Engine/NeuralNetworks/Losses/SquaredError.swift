internal import Tensors

/// (p-y)².
struct SquaredError: LossFunction {
  var kernel: KernelLoss? { .squaredError }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func evaluate<S: Scalar>(_ batch: inout LossBatch<S>) {
    batch.elements {
      ($0 - $1) * ($0 - $1)
    } slope: {
      2 * ($0 - $1)
    }
  }
}

/// ½Σ(p-y)² of a sample.
struct HalfSquaredError: LossFunction {
  @specialized(where S == Float)
  @specialized(where S == Double)
  func evaluate<S: Scalar>(_ batch: inout LossBatch<S>) {
    let (x, rows, columns, gradient) = (batch.x, batch.rows, batch.columns, batch.gradient)
    let targets = batch.targets!
    for row in 0..<rows {
      var total: S = 0
      for index in row * columns..<(row + 1) * columns {
        let e = x[index] - targets[index]
        total += e * e / 2
        gradient?[index] = e
      }
      batch.add(total)
    }
    batch.divisor = S(Double(rows))
  }
}

extension LossDefinition {
  static let squaredError = LossDefinition(
    RegistryEntry(
      .loss, "mse", aliases: ["mean_squared_error", "l2"], "the mean squared error",
      formula: "(p-y)^2", derivative: "2(p-y)")
  ) { _ in .squaredError(SquaredError()) }

  static let halfSquaredError = LossDefinition(
    RegistryEntry(
      .loss, "half_mse", "half the squared error of a sample, as textbooks write it",
      formula: #"\tfrac12\sum_k(p_k-y_k)^2"#, derivative: "p-y")
  ) { _ in .halfSquaredError(HalfSquaredError()) }
}

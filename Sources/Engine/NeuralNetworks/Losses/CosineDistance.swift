internal import Tensors

/// 1 - cos(p, y) of a row.
struct CosineDistance: LossFunction {
  @specialized(where S == Float)
  @specialized(where S == Double)
  func evaluate<S: Scalar>(_ batch: inout LossBatch<S>) {
    let (x, rows, columns) = (batch.x, batch.rows, batch.columns)
    let targets = batch.targets!
    for row in 0..<rows {
      let range = row * columns..<(row + 1) * columns
      var (product, square, other): (S, S, S) = (0, 0, 0)
      for index in range {
        product += x[index] * targets[index]
        square += x[index] * x[index]
        other += targets[index] * targets[index]
      }
      let norms = S.maximum((square * other).squareRoot(), S(1e-8))
      batch.add(1 - product / norms)
      guard let gradient = batch.gradient else { continue }
      for index in range {
        gradient[index] =
          (square > 0 ? product * x[index] / square : 0) / norms - targets[index] / norms
      }
    }
    batch.divisor = S(Double(rows))
  }
}

extension LossDefinition {
  static let cosineDistance = LossDefinition(
    RegistryEntry(
      .loss, "cosine", aliases: ["cosine_similarity"], "one minus the cosine of the angle",
      formula: #"1-\frac{p\cdot y}{\lVert p\rVert\,\lVert y\rVert}"#)
  ) { _ in .cosineDistance(CosineDistance()) }
}

internal import Tensors

/// The cosine of a row's halves; the target is 1 for similar halves, -1 for dissimilar ones.
struct CosineEmbedding: LossFunction {
  let margin: Double

  @specialized(where S == Float)
  @specialized(where S == Double)
  func evaluate<S: Scalar>(_ batch: inout LossBatch<S>) {
    let (x, rows, columns) = (batch.x, batch.rows, batch.columns)
    let targets = batch.targets!
    let margin = S(self.margin)
    let half = columns / 2
    for row in 0..<rows {
      let (a, b) = (row * columns, row * columns + half)
      let (first, second) = (batch.dot(a, a, half) + S(1e-12), batch.dot(b, b, half) + S(1e-12))
      let norms = (first * second).squareRoot()
      let cosine = batch.dot(a, b, half) / norms
      let isAlike = targets[row] > 0
      batch.add(isAlike ? 1 - cosine : S.maximum(0, cosine - margin))
      guard let gradient = batch.gradient else { continue }
      let sign: S = isAlike ? -1 : cosine > margin ? 1 : 0
      for place in 0..<half {
        let (u, v) = (x[a + place], x[b + place])
        gradient[a + place] = sign * (v / norms - cosine * u / first)
        gradient[b + place] = sign * (u / norms - cosine * v / second)
      }
    }
    batch.divisor = S(Double(rows))
  }
}

extension LossDefinition {
  static let cosineEmbedding = LossDefinition(
    RegistryEntry(
      .loss, "cosine_embedding",
      "the angle between the output's two halves, pulled together or pushed apart",
      formula: #"\begin{cases}1-\cos & y=1\\ \max(0,\cos-m) & y=-1\end{cases}"#,
      [.number("margin", 0, .from(-1, to: 1), "the margin m", positional: true)]), targets: .signs,
    rowParts: 2, interpretation: .sign
  ) { .cosineEmbedding(CosineEmbedding(margin: $0.value("margin"))) }
}

internal import Tensors

/// A distance for similar pairs; for dissimilar ones the margin minus the distance, at least 0.
struct HingeEmbedding: LossFunction {
  let margin: Double

  @specialized(where S == Float)
  @specialized(where S == Double)
  func evaluate<S: Scalar>(_ batch: inout LossBatch<S>) {
    let margin = S(self.margin)
    batch.elements {
      $1 > 0 ? $0 : S.maximum(0, margin - $0)
    } slope: {
      $1 > 0 ? 1 : $0 < margin ? -1 : 0
    }
  }
}

extension LossDefinition {
  static let hingeEmbedding = LossDefinition(
    RegistryEntry(
      .loss, "hinge_embedding", "a distance, or what it lacks of the margin",
      formula: #"\begin{cases}x & y=1\\ \max(0, m-x) & y=-1\end{cases}"#,
      derivative: #"\begin{cases}1 & y=1\\ -[x<m] & y=-1\end{cases}"#,
      [.number("margin", 1, nil, "the margin m", positional: true)]), targets: .signs,
    interpretation: .sign
  ) { .hingeEmbedding(HingeEmbedding(margin: $0.value("margin"))) }
}

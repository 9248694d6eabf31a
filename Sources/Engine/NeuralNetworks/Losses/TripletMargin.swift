internal import Tensors

/// A row's thirds: an anchor, a similar vector and a dissimilar one. Distances are norms of a - b +
/// 10⁻⁶.
struct TripletMargin: LossFunction {
  let margin: Double

  @specialized(where S == Float)
  @specialized(where S == Double)
  func evaluate<S: Scalar>(_ batch: inout LossBatch<S>) {
    let (x, rows, columns) = (batch.x, batch.rows, batch.columns)
    let margin = S(self.margin)
    let third = columns / 3
    for row in 0..<rows {
      let (a, p, n) = (row * columns, row * columns + third, row * columns + 2 * third)
      func distance(_ other: Int) -> S {
        var total: S = 0
        for place in 0..<third {
          let e = x[a + place] - x[other + place] + S(1e-6)
          total += e * e
        }
        return total.squareRoot()
      }
      let (near, far) = (distance(p), distance(n))
      let value = near - far + margin
      batch.add(S.maximum(0, value))
      guard let gradient = batch.gradient else { continue }
      for place in 0..<third {
        let up = value > 0 ? (x[a + place] - x[p + place] + S(1e-6)) / near : 0
        let down = value > 0 ? (x[a + place] - x[n + place] + S(1e-6)) / far : 0
        gradient[a + place] = up - down
        gradient[p + place] = -up
        gradient[n + place] = down
      }
    }
    batch.divisor = S(Double(rows))
  }
}

extension LossDefinition {
  static let tripletMargin = LossDefinition(
    RegistryEntry(
      .loss, "triplet_margin", aliases: ["triplet"],
      "the output's three thirds: an anchor, something alike, something else",
      formula: #"\max(0, \lVert a-p\rVert-\lVert a-n\rVert+m)"#,
      [.number("margin", 1, nil, "the margin m", positional: true)]), rowParts: 3,
    ignoresTargets: true
  ) { .tripletMargin(TripletMargin(margin: $0.value("margin"))) }
}

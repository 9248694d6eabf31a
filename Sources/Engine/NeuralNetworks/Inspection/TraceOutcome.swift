/// A worked example: every matrix of one step, with its formula.
package struct TraceOutcome: Hashable, Sendable {
  /// The phase of a step.
  package enum Pass: String, Hashable, Sendable { case forward, loss, backward, update }

  /// One matrix with its symbol and formula.
  package struct Matrix: Hashable, Sendable {
    /// The phase that computes it.
    package var pass: Pass
    /// The number of the weight layer, from 1; nil for x, t and E.
    package var number: Int?
    /// The layer's position in the specification; nil for x, t and E.
    package var path: LayerPath?
    /// TeX: `z^{(1)}`.
    package var symbol: String
    /// TeX of the right-hand side: `W^{(1)}x+b^{(1)}`.
    package var formula: String
    /// Rows, in the orientation of textbooks: a sample is a column.
    package var rows: Int
    /// Columns.
    package var columns: Int
    /// Row-major.
    package var values: [Double]
  }

  /// The network.
  package var description: NetworkDescription
  /// The matrices in the order in which they are computed.
  package var matrices: [Matrix]
  /// The loss before the update.
  package var loss: Double
  /// The loss of the same batch after the update.
  package var lossAfterUpdate: Double
}

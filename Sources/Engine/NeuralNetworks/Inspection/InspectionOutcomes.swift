/// One batch pushed forward through an untrained network, and one gradient pushed back.
package struct SignalOutcome: Hashable, Sendable {
  package var description: NetworkDescription
  package var layers: [LayerSignal]
  package var loss: Double
}

package struct LayerSignal: Hashable, Sendable {
  package var statistics: LayerStatistics
  /// Of what the layer gives.
  package var outputs: Histogram
  /// Of the loss's gradient with respect to it.
  package var gradients: Histogram
  package var units: Int
  /// Units whose outputs differ from every other unit's: 1 where all weights began alike.
  package var distinctUnits: Int
}

/// The analytic gradients against central differences, in Double.
package struct CheckOutcome: Hashable, Sendable {
  package struct Row: Hashable, Sendable {
    package var number: Int
    package var path: LayerPath
    /// `dense 4`.
    package var layer: String
    /// `weight`, `bias`, …
    package var parameter: String
    package var count: Int
    /// |analytic - numeric| / max(1e-8, |analytic| + |numeric|) of the worst element whose
    /// difference rounding does not explain.
    package var relativeError: Double
    package var worstIndex: Int
    package var analytic: Double
    package var numeric: Double
    /// Elements left out because a kink lies within the difference.
    package var kinks: Int
  }

  package var description: NetworkDescription
  package var rows: [Row]
  package var loss: Double

  package var worst: Double { rows.reduce(0) { max($0, $1.relativeError) } }
}

/// A worked example: every matrix of one step, with the formula that it follows.
package struct TraceOutcome: Hashable, Sendable {
  package enum Pass: String, Hashable, Sendable { case forward, loss, backward, update }

  package struct Matrix: Hashable, Sendable {
    package var pass: Pass
    /// From 1; nil for what belongs to no layer (x, t, E).
    package var number: Int?
    package var path: LayerPath?
    /// TeX: `z^{(1)}`.
    package var symbol: String
    /// TeX of the right-hand side: `W^{(1)}x+b^{(1)}`.
    package var formula: String
    package var rows: Int
    package var columns: Int
    /// Row-major.
    package var values: [Double]
  }

  package var description: NetworkDescription
  package var matrices: [Matrix]
  package var loss: Double
  package var lossAfterUpdate: Double
}

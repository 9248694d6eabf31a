/// The analytic gradients against central differences, in Double.
package struct CheckOutcome: Hashable, Sendable {
  /// The comparison of one parameter.
  package struct Row: Hashable, Sendable {
    /// The number of the weight layer, from 1; 0 for a layer without weights.
    package var number: Int
    /// The layer's position in the specification.
    package var path: LayerPath
    /// `dense 4`.
    package var layer: String
    /// `weight`, `bias`, …
    package var parameter: String
    /// The number of elements of the parameter.
    package var count: Int
    /// |analytic - numeric| / max(1e-8, |analytic| + |numeric|) of the worst element whose
    /// difference rounding does not explain.
    package var relativeError: Double
    /// The index of that element in memory.
    package var worstIndex: Int
    /// Its gradient from the backward pass.
    package var analytic: Double
    /// Its gradient from central differences.
    package var numeric: Double
    /// Elements skipped because of a kink within the difference.
    package var kinks: Int
  }

  /// The network that was checked.
  package var description: NetworkDescription
  /// One row for each parameter, in the order of the layers.
  package var rows: [Row]
  /// The loss of the batch.
  package var loss: Double

  /// The largest relative error of all parameters.
  package var worst: Double { rows.reduce(0) { max($0, $1.relativeError) } }
}

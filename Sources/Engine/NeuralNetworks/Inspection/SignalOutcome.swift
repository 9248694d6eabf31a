/// One batch through an untrained network, and one gradient backward.
package struct SignalOutcome: Hashable, Sendable {
  /// The network.
  package var description: NetworkDescription
  /// The signal at each weight layer.
  package var layers: [LayerSignal]
  /// The loss of the batch.
  package var loss: Double
}

/// The values and gradients at one weight layer.
package struct LayerSignal: Hashable, Sendable {
  /// Moments of outputs and norms of gradients.
  package var statistics: LayerStatistics
  /// A histogram of the layer's outputs.
  package var outputs: Histogram
  /// A histogram of the loss's gradient with respect to the outputs.
  package var gradients: Histogram
  /// Numbers of the output of one sample.
  package var units: Int
  /// Units with different outputs over the batch: 1 if all weights are equal.
  package var distinctUnits: Int
}

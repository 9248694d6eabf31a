/// One batch through an untrained network, and one gradient backward.
package struct SignalOutcome: Hashable, Sendable {
  /// The network.
  package var description: NetworkDescription
  /// By weight layer.
  package var layers: [LayerSignal]
  /// Of the batch.
  package var loss: Double
}

/// What arrives at one weight layer in both directions.
package struct LayerSignal: Hashable, Sendable {
  /// Moments of outputs and norms of gradients.
  package var statistics: LayerStatistics
  /// Of the layer's outputs.
  package var outputs: Histogram
  /// Of the loss's gradient with respect to the outputs.
  package var gradients: Histogram
  /// Numbers of the output of one sample.
  package var units: Int
  /// Units with different outputs over the batch: 1 if all weights are equal.
  package var distinctUnits: Int
}

/// The result of a training.
package struct TrainingOutcome: Hashable, Sendable {
  /// Metrics of the untrained network, then every `historyInterval` epochs, and at the end.
  package var history: [HistoryEntry] = []
  /// The learning rate of each epoch.
  package var learningRates: [Double] = []
  /// The network.
  package var description: NetworkDescription
  /// Set if the loss is no longer finite; the history ends there.
  package var divergence: Divergence?
  /// Epochs done; early stopping or divergence may have ended the training early.
  package var epochs = 0
  /// Steps of the optimizer.
  package var steps = 0
  /// The epoch whose weights were restored by early stopping; the final metrics belong to them.
  package var restoredEpoch: Int?
  /// Samples that were trained on.
  package var trainCount = 0
  /// Samples that were held out.
  package var testCount = 0
  /// The names of the classes; empty where targets are numbers.
  package var classNames: [String] = []

  /// Decision boundaries at the frames and at the end, if recorded.
  package var boundaries: [BoundaryFrame] = []
  /// Fitted curves at the frames and at the end, if recorded.
  package var fits: [FitFrame] = []
  /// The confusion matrix; nil unless recorded.
  package var confusion: Confusion?
  /// Predictions for the first held-out samples, if recorded.
  package var predictions: [Prediction] = []
  /// Filters of the first weight layer, if recorded.
  package var filters: [Filter] = []
  /// Histograms of each weight layer's weights, if recorded.
  package var weights: [WeightHistogram] = []
  /// The loss landscape; nil unless recorded.
  package var landscape: Landscape?
  /// The layers' history, one element for each entry of `history`; empty unless recorded.
  package var layers: [[LayerStatistics]] = []

  /// The last entry of the history.
  package var final: HistoryEntry { history[history.count - 1] }
}

/// Metrics after an epoch.
package struct HistoryEntry: Hashable, Sendable {
  /// Epochs done.
  package var epoch: Int
  /// Steps done.
  package var step: Int
  /// The mean loss over all samples of the training set, evaluated after the epoch.
  package var trainLoss: Double
  /// The accuracy on the training set; nil where targets are numbers.
  package var trainAccuracy: Double?
  /// The loss on the test set; nil where nothing is held out.
  package var testLoss: Double?
  /// The accuracy on the test set; nil where nothing is held out, or targets are numbers.
  package var testAccuracy: Double?
  /// The learning rate during the epoch.
  package var learningRate: Double
}

/// When the loss stopped being finite.
package struct Divergence: Hashable, Sendable {
  /// The epoch, from 1.
  package var epoch: Int
  /// The step, from 1.
  package var step: Int
}

/// Statistics of one weight layer with the activation after it.
package struct LayerStatistics: Hashable, Sendable {
  /// The number of the layer, from 1, in the order of the forward pass.
  package var number: Int
  /// The layer's position in the specification.
  package var path: LayerPath
  /// `dense 32, tanh`.
  package var name: String
  /// The mean of the outputs.
  package var mean: Double
  /// The variance of the outputs.
  package var variance: Double
  /// Fraction of the outputs where the activation's derivative is below 1% of its maximum.
  package var saturated: Double
  /// Fraction of the outputs that are not 0.
  package var active: Double
  /// Norm of the loss's gradient with respect to the layer's weights.
  package var gradientNorm: Double
  /// Norm of the loss's gradient with respect to the layer's output.
  package var deltaNorm: Double
  /// Norm of the layer's weights.
  package var weightNorm: Double

  /// Fraction of the outputs that are exactly 0.
  package var sparsity: Double { 1 - active }
}

/// The output over the plane: row-major from the lowest y up, `columns` values a row.
package struct BoundaryFrame: Hashable, Sendable {
  /// The epoch of the network that is shown.
  package var epoch: Int
  /// The range of the first input, in its original unit.
  package var xRange: ClosedRange<Double>
  /// The range of the second input, in its original unit.
  package var yRange: ClosedRange<Double>
  /// Grid points along x.
  package var columns: Int
  /// Grid points along y.
  package var rows: Int
  /// The predicted class at each grid point; 0 or 1 by the sign for one output.
  package var classes: [Int]
  /// The probability of that class.
  package var confidence: [Double]
  /// All samples.
  package var points: [Point]

  /// A sample in the plane of its two inputs.
  package struct Point: Hashable, Sendable {
    /// The first input, in its original unit.
    package var x: Double
    /// The second input, in its original unit.
    package var y: Double
    /// Its class.
    package var label: Int
    /// Whether it was held out.
    package var isTest: Bool
  }
}

/// A regression's curve over its one input, and the data.
package struct FitFrame: Hashable, Sendable {
  /// The epoch of the network that is shown.
  package var epoch: Int
  /// Inputs, in their original unit.
  package var x: [Double]
  /// The prediction for each input.
  package var y: [Double]
  /// All samples.
  package var points: [BoundaryPoint]

  /// A sample: its input and its target.
  package struct BoundaryPoint: Hashable, Sendable {
    /// The input, in its original unit.
    package var x: Double
    /// The target, in its original unit.
    package var y: Double
    /// Whether it was held out.
    package var isTest: Bool
  }
}

/// The number of predictions of each class (column) for samples of each class (row), over the test
/// samples.
package struct Confusion: Hashable, Sendable {
  /// The names of the classes.
  package var names: [String]
  /// (K, K): row by label, column by prediction.
  package var counts: [[Int]]
}

/// A sample and what the network predicts for it.
package struct Prediction: Hashable, Sendable {
  /// The sample's own shape; an image is H×W or C×H×W.
  package var shape: Shape
  /// Row-major, in the original units.
  package var input: [Double]
  /// Its class.
  package var label: Int
  /// The most probable class.
  package var predicted: Int
  /// The probability of each class.
  package var probabilities: [Double]
}

/// One unit's incoming weights as an image.
package struct Filter: Hashable, Sendable {
  /// The index of the unit, from 0.
  package var unit: Int
  /// (C, H, W).
  package var shape: Shape
  /// Row-major.
  package var values: [Double]
}

/// Counts over equal intervals.
package struct Histogram: Hashable, Sendable {
  /// The range from the start of the first interval to the end of the last.
  package var range: ClosedRange<Double>
  /// The count of each interval.
  package var counts: [Int]
}

/// The weights of one layer before and after a training, over the same intervals.
package struct WeightHistogram: Hashable, Sendable {
  /// The number of the weight layer, from 1.
  package var number: Int
  /// The layer's position in the specification.
  package var path: LayerPath
  /// `dense 32, tanh`.
  package var name: String
  /// The weights before training.
  package var before: Histogram
  /// The weights after training.
  package var after: Histogram
}

/// The state of a running training, reported at every entry of the history.
package struct Progress: Hashable, Sendable {
  /// Epochs done.
  package var epoch: Int
  /// Epochs of the whole training.
  package var epochs: Int
  /// The loss on the training set.
  package var loss: Double
}

/// What a training gave.
package struct TrainingOutcome: Hashable, Sendable {
  /// The first entry is the untrained network's; one every `historyInterval` epochs, and the last.
  package var history: [HistoryEntry] = []
  /// The learning rate of each epoch.
  package var learningRates: [Double] = []
  package var description: NetworkDescription
  /// Set when the loss stopped being a number; the history ends there.
  package var divergence: Divergence?
  /// Epochs done, which early stopping or divergence may have ended.
  package var epochs = 0
  package var steps = 0
  /// The epoch whose weights the final metrics are of, when stopping went back to it.
  package var restoredEpoch: Int?
  package var trainCount = 0
  package var testCount = 0
  package var classNames: [String] = []

  package var boundaries: [BoundaryFrame] = []
  package var fits: [FitFrame] = []
  package var confusion: Confusion?
  package var predictions: [Prediction] = []
  package var filters: [Filter] = []
  package var weights: [WeightHistogram] = []
  package var landscape: Landscape?
  /// The layers' history, one element for each entry of `history`; empty unless asked for.
  package var layers: [[LayerStatistics]] = []

  package var final: HistoryEntry { history[history.count - 1] }
}

package struct HistoryEntry: Hashable, Sendable {
  package var epoch: Int
  package var step: Int
  package var trainLoss: Double
  /// nil where targets are numbers.
  package var trainAccuracy: Double?
  /// nil where nothing is held out.
  package var testLoss: Double?
  package var testAccuracy: Double?
  package var learningRate: Double
}

package struct Divergence: Hashable, Sendable {
  package var epoch: Int
  package var step: Int
}

/// One weight layer with the activation that follows it.
package struct LayerStatistics: Hashable, Sendable {
  /// From 1, in the order of the forward pass.
  package var number: Int
  package var path: LayerPath
  /// `dense 32, tanh`.
  package var name: String
  package var mean: Double
  package var variance: Double
  /// Share of the outputs where the activation's derivative is below 1% of its largest.
  package var saturated: Double
  /// Share of the outputs that are not 0.
  package var active: Double
  /// Norm of the loss's gradient with respect to the layer's weights.
  package var gradientNorm: Double
  /// Norm of the loss's gradient with respect to what the layer gives.
  package var deltaNorm: Double
  package var weightNorm: Double

  /// Share of the outputs that are exactly 0.
  package var sparsity: Double { 1 - active }
}

/// The output over the plane: row-major from the lowest y up, `columns` values a row.
package struct BoundaryFrame: Hashable, Sendable {
  package var epoch: Int
  package var xRange: ClosedRange<Double>
  package var yRange: ClosedRange<Double>
  package var columns: Int
  package var rows: Int
  /// The class given, or 0 and 1 by the sign for one output.
  package var classes: [Int]
  /// The probability of that class.
  package var confidence: [Double]
  package var points: [Point]

  package struct Point: Hashable, Sendable {
    package var x: Double
    package var y: Double
    package var label: Int
    package var isTest: Bool
  }
}

/// A regression's curve over its one input, and the data.
package struct FitFrame: Hashable, Sendable {
  package var epoch: Int
  package var x: [Double]
  package var y: [Double]
  package var points: [BoundaryPoint]

  package struct BoundaryPoint: Hashable, Sendable {
    package var x: Double
    package var y: Double
    package var isTest: Bool
  }
}

/// How often each class (row) was taken for each class (column), over the test samples.
package struct Confusion: Hashable, Sendable {
  package var names: [String]
  package var counts: [[Int]]
}

package struct Prediction: Hashable, Sendable {
  /// The sample's own shape; an image is H×W or C×H×W.
  package var shape: Shape
  package var input: [Double]
  package var label: Int
  package var predicted: Int
  /// Of each class.
  package var probabilities: [Double]
}

/// One unit's incoming weights as an image.
package struct Filter: Hashable, Sendable {
  package var unit: Int
  package var shape: Shape
  package var values: [Double]
}

package struct Histogram: Hashable, Sendable {
  package var range: ClosedRange<Double>
  package var counts: [Int]
}

package struct WeightHistogram: Hashable, Sendable {
  package var number: Int
  package var path: LayerPath
  package var name: String
  package var before: Histogram
  package var after: Histogram
}

/// Told now and then while a training runs.
package struct Progress: Hashable, Sendable {
  package var epoch: Int
  package var epochs: Int
  package var loss: Double
}

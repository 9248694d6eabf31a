import NeuralNetworks

/// Something that `show` can name.
package enum Show: String, Hashable, Sendable, CaseIterable {
  // Of `train`.
  case loss, accuracy, boundary, fit, weights, gradients, activations, sparsity, confusion
  case predictions, filters, landscape, schedule, summary, table
  case finals = "final"
  // Of `signal`.
  case mean, variance, saturation, active, outputs, deltas
  // Of `dataset`.
  case scatter, histograms, boxes, classes, images, columns

  /// The words that a verb's `show` may hold, in the order of the reference.
  package static func words(for verb: Verb) -> [Show] {
    switch verb {
    case .train:
      [
        .loss, .accuracy, .boundary, .fit, .weights, .gradients, .activations, .sparsity,
        .confusion, .predictions, .filters, .landscape, .schedule, .summary, .finals, .table,
      ]
    case .signal:
      [.variance, .mean, .saturation, .active, .gradients, .outputs, .deltas, .table]
    case .dataset: [.scatter, .histograms, .boxes, .classes, .images, .columns]
    default: []
    }
  }

  package var summary: String {
    switch self {
    case .loss: "loss by epoch, of the training samples and of those held out"
    case .accuracy: "accuracy by epoch"
    case .boundary: "what the network says all over the plane of two inputs"
    case .fit: "a regression's curve over its data"
    case .weights: "histograms of each layer's weights, before and after"
    case .gradients: "norm of the gradient, layer by layer"
    case .activations: "mean and variance of what each layer gives, by epoch"
    case .sparsity: "share of outputs that are zero, by epoch"
    case .confusion: "how often each class was taken for each"
    case .predictions: "images with their labels and what the network says"
    case .filters: "the first layer's weights as images"
    case .landscape: "the loss around where training ends, and the way there"
    case .schedule: "the learning rate by epoch"
    case .summary: "layers, shapes and parameters"
    case .finals: "what each setting ends at, as bars, or as boxes over the repeats"
    case .table: "the final numbers"
    case .mean: "mean of what each layer gives"
    case .variance: "variance of what each layer gives"
    case .saturation: "share of outputs where the activation is flat"
    case .active: "share of outputs that are not zero"
    case .outputs: "histograms of what each layer gives"
    case .deltas: "histograms of the gradient that comes back to each layer"
    case .scatter: "the samples over two columns"
    case .histograms: "how each column's numbers are spread, class by class"
    case .boxes: "quartiles of each column, class by class"
    case .classes: "how many samples each class has"
    case .images: "the first samples as images"
    case .columns: "a table of the columns"
    }
  }

  /// What the engine must record for it.
  var recordings: TrainingSpec.Recordings {
    switch self {
    case .boundary: .boundary
    case .fit: .fit
    case .confusion: .confusion
    case .predictions: .predictions
    case .filters: .filters
    case .weights: .weights
    case .landscape: .landscape
    case .gradients, .activations, .sparsity: .layers
    default: []
    }
  }
}

/// Everything that a training depends on besides its data files: equal specifications give the same
/// bits on every machine and with any number of threads.
package struct TrainingSpec: Hashable, Sendable {
  /// The length of a training.
  package enum Length: Hashable, Sendable {
    case epochs(Int)
    case steps(Int)
  }

  /// The layers, from the input on.
  package var network: [LayerSpec]
  /// A data set of the registry.
  package var data: Term
  /// Fraction of the samples that are held out.
  package var testShare: Double = 0.2
  /// Whether inputs, and targets that are numbers, are standardized by the training samples.
  package var standardizes = false
  /// The initializer of layers without their own; nil is `torch_default`.
  package var initializer: Term?
  /// The loss; nil for the usual one of the targets, see `OutputMatch`.
  package var loss: Term?
  /// An optimizer of the registry.
  package var optimizer: Term
  /// The schedule of the learning rate; nil for a constant rate.
  package var schedule: Term?
  /// The length in epochs or steps.
  package var length: Length = .epochs(100)
  /// N, samples of a step; the last batch of an epoch may be smaller.
  package var batch = 32
  /// Maximum norm of the gradient; nil for none.
  package var clipNorm: Double?
  /// Maximum magnitude of each element of the gradient; nil for none.
  package var clipValue: Double?
  /// Weight decay that replaces the optimizer's own; nil keeps that.
  package var weightDecay: Double?
  /// The pretraining of the initial weights; nil for none.
  package var pretraining: Term?
  /// The other data of `pretrain: transfer`.
  package var pretrainingData: Term?
  /// Early stopping; nil for none.
  package var stop: Term?
  /// The seed of all random streams.
  package var seed: UInt64 = 1
  /// The recordings besides the history.
  package var recordings: Recordings = []
  /// Epochs besides the last at which boundary and fit are recorded.
  package var frameEpochs: [Int] = []
  /// Epochs between two entries of the history; nil for an interval that gives at most 200 entries.
  package var historyInterval: Int?

  /// A training with defaults for everything else; the optimizer is `sgd` by default.
  package init(network: [LayerSpec], data: Term, optimizer: Term? = nil) {
    self.network = network
    self.data = data
    self.optimizer = optimizer ?? Registry.entry(.optimizer, "sgd")!.defaultTerm
  }

  /// The recordings besides loss, accuracy and rate.
  package struct Recordings: OptionSet, Hashable, Sendable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }

    /// Mean, variance, saturated and active fractions, gradient and weight norms of each layer over
    /// time.
    package static let layers = Recordings(rawValue: 1)
    /// The output over the plane of two inputs.
    package static let boundary = Recordings(rawValue: 2)
    /// A regression's curve over its one input.
    package static let fit = Recordings(rawValue: 4)
    /// The number of predictions of each class for samples of each class.
    package static let confusion = Recordings(rawValue: 8)
    /// Samples with their labels and predictions.
    package static let predictions = Recordings(rawValue: 16)
    /// The first weight layer's filters, as images.
    package static let filters = Recordings(rawValue: 32)
    /// Histograms of every layer's weights.
    package static let weights = Recordings(rawValue: 64)
    /// The loss over the plane of the weights' trajectory, and the trajectory.
    package static let landscape = Recordings(rawValue: 128)
  }
}

extension RegistryEntry {
  /// The term without arguments.
  ///
  /// - Precondition: No parameter is required.
  package var defaultTerm: Term {
    do {
      return try term()
    } catch {
      preconditionFailure("\(name) has no default: \(error)")
    }
  }
}

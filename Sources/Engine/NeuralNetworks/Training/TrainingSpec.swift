/// Everything that a training depends on besides its data files: equal specifications give equal
/// outcomes, to the bit, on every machine and with any number of threads.
package struct TrainingSpec: Hashable, Sendable {
  package enum Length: Hashable, Sendable {
    case epochs(Int)
    case steps(Int)
  }

  package var network: [LayerSpec]
  package var data: Term
  /// Share of the samples held out; 0 trains and tests on all of them.
  package var testShare: Double = 0.2
  /// Inputs to mean 0 and variance 1 by the training samples; number targets too.
  package var standardizes = false
  /// For layers that name none themselves; nil is `torch_default`.
  package var initializer: Term?
  /// nil: by the targets, see `Head`.
  package var loss: Term?
  package var optimizer: Term
  package var schedule: Term?
  package var length: Length = .epochs(100)
  package var batch = 32
  package var clipNorm: Double?
  package var clipValue: Double?
  /// In place of the optimizer's own weight decay.
  package var weightDecay: Double?
  package var pretraining: Term?
  /// The other data of `pretrain: transfer`.
  package var pretrainingData: Term?
  package var stop: Term?
  package var seed: UInt64 = 1
  package var recordings: Recordings = []
  /// Epochs at which pictures (boundary, fit) are taken besides the last, for a slider.
  package var frameEpochs: [Int] = []
  /// Epochs between two entries of the history; nil: as many as give at most 200 entries.
  package var historyInterval: Int?

  package init(network: [LayerSpec], data: Term, optimizer: Term? = nil) {
    self.network = network
    self.data = data
    self.optimizer = optimizer ?? Registry.entry(.optimizer, "sgd")!.defaultTerm
  }

  /// What is recorded besides loss, accuracy and rate.
  package struct Recordings: OptionSet, Hashable, Sendable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }

    /// Mean, variance, saturated and active shares, gradient and weight norms per layer, over time.
    package static let layers = Recordings(rawValue: 1)
    /// The output over the plane of two inputs.
    package static let boundary = Recordings(rawValue: 2)
    /// A regression's curve over its one input.
    package static let fit = Recordings(rawValue: 4)
    package static let confusion = Recordings(rawValue: 8)
    /// Samples with their labels and what the network says.
    package static let predictions = Recordings(rawValue: 16)
    /// The first weight layer's filters, as images.
    package static let filters = Recordings(rawValue: 32)
    /// Histograms of every layer's weights.
    package static let weights = Recordings(rawValue: 64)
    /// The loss over the plane of the weights' way, and the way.
    package static let landscape = Recordings(rawValue: 128)
  }
}

extension RegistryEntry {
  /// The term without any argument given; the entry must not require one.
  package var defaultTerm: Term {
    do {
      return try term()
    } catch {
      preconditionFailure("\(name) has no default: \(error)")
    }
  }
}

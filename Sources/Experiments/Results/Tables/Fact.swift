/// A word that a run keeps beside its numbers, by its name in result files.
enum Fact: String, Sendable, CaseIterable {
  // Of a network.
  case input, output, loss
  // Of a training.
  case divergedEpoch = "diverged.epoch"
  case divergedStep = "diverged.step"
  case restoredEpoch = "restored.epoch"
  case trainSamples = "train.samples"
  case testSamples = "test.samples"
  // Of a data set.
  case shape, targets
}

extension Run {
  /// A fact of the run; setting one that it has already replaces it.
  subscript(fact: Fact) -> String? {
    get { facts.first { $0.name == fact.rawValue }?.value }
    set {
      facts.removeAll { $0.name == fact.rawValue }
      if let newValue { facts.append(NamedValue(fact.rawValue, newValue)) }
    }
  }
}

/// The name of a run's text value, as in result files.
enum Fact: String, Sendable, CaseIterable {
  // Facts of a network.
  case input, output, loss
  // Facts of a training.
  case divergedEpoch = "diverged.epoch"
  case divergedStep = "diverged.step"
  case restoredEpoch = "restored.epoch"
  case trainSamples = "train.samples"
  case testSamples = "test.samples"
  // Facts of a data set.
  case shape, targets
}

extension Run {
  /// A fact of the run; setting an existing one replaces it.
  subscript(fact: Fact) -> String? {
    get { facts.first { $0.name == fact.rawValue }?.value }
    set {
      facts.removeAll { $0.name == fact.rawValue }
      if let newValue { facts.append(NamedValue(fact.rawValue, newValue)) }
    }
  }
}

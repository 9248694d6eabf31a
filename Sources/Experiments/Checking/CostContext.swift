import NeuralNetworks

/// What a job may use to say what it costs.
struct CostContext {
  /// How the block shows its result: what cannot be shown is refused with the costs.
  let display: Experiment.Display
  private let costs: CostIndex

  init(display: Experiment.Display, costs: CostIndex) {
    self.display = display
    self.costs = costs
  }

  /// What a data set will be.
  func outlines(_ term: Term) throws(EngineError) -> DatasetOutline { try costs.outline(of: term) }
}

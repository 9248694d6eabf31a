import NeuralNetworks

/// The context in which a job estimates its cost.
struct CostContext {
  /// The block's display settings: what cannot be shown is rejected when costs are checked.
  let display: Experiment.Display
  private let costs: CostIndex

  init(display: Experiment.Display, costs: CostIndex) {
    self.display = display
    self.costs = costs
  }

  /// The outline of a data set.
  func outlines(_ term: Term) throws(EngineError) -> DatasetOutline { try costs.outline(of: term) }
}

internal import Tensors

/// Decides when a training ends before its last epoch.
struct EarlyStopping {
  private let term: Term
  private var best = Double.infinity
  private var bestEpoch = 0
  private var bestParameters: [Float] = []
  private var waited = 0

  init(_ term: Term) { self.term = term }

  /// Takes one more epoch into account.
  ///
  /// - Returns: Whether to end now.
  mutating func observe(_ entry: HistoryEntry, _ plan: ExecutionPlan<Float>) -> Bool {
    switch term.name {
    case "loss": return entry.trainLoss < term.number("below")!
    case "accuracy":
      return (entry.testAccuracy ?? entry.trainAccuracy ?? 0) > term.number("above")!
    default:
      let loss = entry.testLoss ?? entry.trainLoss
      if loss < best - term.number("threshold")! {
        best = loss
        bestEpoch = entry.epoch
        waited = 0
        if term.flag("restore") { bestParameters = plan.memory.elements(plan.parameters) }
        return false
      }
      waited += 1
      return waited >= term.integer("epochs")!
    }
  }

  /// Restores the best parameters.
  ///
  /// - Returns: Their epoch; nil if nothing was restored.
  func restore(_ plan: ExecutionPlan<Float>) -> Int? {
    guard !bestParameters.isEmpty else { return nil }
    plan.memory.set(plan.parameters, bestParameters)
    return bestEpoch
  }
}

internal import Tensors

/// A specification with the shapes of its network and the counts of its samples, without the
/// samples.
struct ProblemOutline: Sendable {
  let spec: TrainingSpec
  let data: DatasetOutline
  let graph: Graph
  let head: Head
  /// The network as specified, with the activation that the loss absorbed.
  let description: NetworkDescription
  let trainCount: Int
  let testCount: Int

  init(_ spec: TrainingSpec, data: DatasetOutline) throws(EngineError) {
    self.spec = spec
    self.data = data
    guard spec.testShare >= 0, spec.testShare < 1 else {
      throw .option("test", problem: "must be at least 0 and below 1")
    }
    guard spec.batch > 0 else { throw .option("batch", problem: "must be at least 1") }
    switch spec.length {
    case .epochs(let count), .steps(let count):
      guard count >= 0 else { throw .option("epochs", problem: "must not be negative") }
    }
    var testCount =
      data.isComplete ? 0 : Int(clamped: (Double(data.count) * spec.testShare).rounded())
    if testCount >= data.count { testCount = 0 }
    self.testCount = testCount
    trainCount = data.count - testCount
    var graph = try GraphBuilder.graph(
      spec.network, input: data.shape, symbolCount: data.symbolCount)
    var description = graph.description
    head = try Head(&graph, data, loss: spec.loss)
    self.graph = graph
    description.loss = head.loss.term
    self.description = description
  }

  /// Rows of the largest batch.
  var capacity: Int { max(1, min(spec.batch, trainCount)) }

  var stepsPerEpoch: Int { (trainCount + capacity - 1) / capacity }

  var epochs: Int {
    switch spec.length {
    case .epochs(let epochs): epochs
    case .steps(let steps): (steps + stepsPerEpoch - 1) / max(stepsPerEpoch, 1)
    }
  }

  /// Epochs between two entries of the history.
  var interval: Int { spec.historyInterval ?? max(1, (epochs + 199) / 200) }

  /// Whether every epoch's loss is needed.
  var isWatched: Bool { spec.stop != nil || spec.schedule?.name == "plateau" }
}

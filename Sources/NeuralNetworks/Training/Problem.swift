internal import Tensors

/// A specification made ready: samples split and scaled, the network with its shapes, the loss.
struct Problem: Sendable {
  let spec: TrainingSpec
  let data: Dataset
  let graph: Graph
  let head: Head
  /// The network as it was written, with the activation that the loss took over.
  let description: NetworkDescription
  let trainIndices: [Int32]
  let testIndices: [Int32]
  /// What standardising took from each input column, and divided it by.
  let scaling: Scaling?

  struct Scaling: Hashable, Sendable {
    var mean: [Double]
    var deviation: [Double]
    var targetMean: [Double]
    var targetDeviation: [Double]
  }

  init(_ spec: TrainingSpec, files: Engine.Files) throws(EngineError) {
    let loaded = try Dataset.load(spec.data, seed: spec.seed, files: files)
    try self.init(spec, data: loaded)
  }

  init(_ spec: TrainingSpec, data loaded: Dataset) throws(EngineError) {
    self.spec = spec
    guard spec.testShare >= 0, spec.testShare < 1 else {
      throw .option("test", problem: "must be at least 0 and below 1")
    }
    guard spec.batch > 0 else { throw .option("batch", problem: "must be at least 1") }
    switch spec.length {
    case .epochs(let count), .steps(let count):
      guard count >= 0 else { throw .option("epochs", problem: "must not be negative") }
    }
    var testCount = loaded.isComplete ? 0 : Int((Double(loaded.count) * spec.testShare).rounded())
    if testCount >= loaded.count { testCount = 0 }
    var generator = Generator(seed: spec.seed, purpose: "split")
    let order =
      testCount == 0 ? (0..<Int32(loaded.count)).map { $0 } : generator.permutation(loaded.count)
    testIndices = order[..<testCount].sorted()
    trainIndices = order[testCount...].sorted()
    (data, scaling) =
      spec.standardises ? loaded.standardised(by: trainIndices) : (loaded, nil)
    var graph = try GraphBuilder.graph(
      spec.network, input: loaded.shape, symbolCount: loaded.symbolCount)
    var description = graph.description
    head = try Head(&graph, loaded, loss: spec.loss)
    self.graph = graph
    description.loss = head.loss.term
    self.description = description
  }

  /// Rows of the largest batch.
  var capacity: Int { max(1, min(spec.batch, trainIndices.count)) }

  var stepsPerEpoch: Int { (trainIndices.count + capacity - 1) / capacity }

  var epochs: Int {
    switch spec.length {
    case .epochs(let epochs): epochs
    case .steps(let steps): (steps + stepsPerEpoch - 1) / max(stepsPerEpoch, 1)
    }
  }
}

extension Dataset {
  /// Every input column to mean 0 and variance 1 over the given samples; number targets too.
  func standardised(by indices: [Int32]) -> (Dataset, Problem.Scaling?) {
    guard symbolCount == nil, !indices.isEmpty else { return (self, nil) }
    var copy = self
    copy.exact = nil
    func scale(_ values: inout [Float], columns: Int) -> ([Double], [Double]) {
      var means: [Double] = []
      var deviations: [Double] = []
      for column in 0..<columns {
        var sum = 0.0
        for index in indices { sum += Double(values[Int(index) * columns + column]) }
        let mean = sum / Double(indices.count)
        var squares = 0.0
        for index in indices {
          let difference = Double(values[Int(index) * columns + column]) - mean
          squares += difference * difference
        }
        let deviation = (squares / Double(indices.count)).squareRoot()
        // A column that never changes stays where it is.
        let divisor = deviation > 0 ? deviation : 1
        for row in 0..<values.count / columns {
          values[row * columns + column] = Float(
            (Double(values[row * columns + column]) - mean) / divisor)
        }
        means.append(mean)
        deviations.append(divisor)
      }
      return (means, deviations)
    }
    let (mean, deviation) = scale(&copy.inputs, columns: shape.count)
    var (targetMean, targetDeviation): ([Double], [Double]) = ([], [])
    if case .numbers(var values, let columns, let names) = targets {
      (targetMean, targetDeviation) = scale(&values, columns: columns)
      copy.targets = .numbers(values, columns: columns, names: names)
    }
    return (
      copy,
      Problem.Scaling(
        mean: mean, deviation: deviation, targetMean: targetMean, targetDeviation: targetDeviation)
    )
  }
}

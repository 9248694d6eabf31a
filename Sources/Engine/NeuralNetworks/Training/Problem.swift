internal import Tensors

/// A specification with its data: samples split and scaled, the network with its shapes, the loss.
struct Problem: Sendable {
  let spec: TrainingSpec
  let outline: ProblemOutline
  let data: Dataset
  let graph: Graph
  let head: Head
  /// The network as specified, with the activation that the loss absorbed.
  let description: NetworkDescription
  let trainIndices: [Int32]
  let testIndices: [Int32]
  /// The mean and deviation of each column, if data are standardized.
  let scaling: Scaling?
  /// The kernels to compute with.
  let kernels: KernelTable

  struct Scaling: Hashable, Sendable {
    var mean: [Double]
    var deviation: [Double]
    var targetMean: [Double]
    var targetDeviation: [Double]
  }

  /// - Parameters:
  ///   - shelf: Returns data sets that other runs share.
  ///   - kernels: The kernels to compute with.
  init(
    _ spec: TrainingSpec, files: Engine.Files, shelf: Engine.Shelf? = nil,
    kernels: KernelTable = .best
  ) throws(EngineError) {
    if let shelf {
      try self.init(spec, data: shelf(spec.data, spec.seed), kernels: kernels)
    } else {
      try self.init(
        spec, data: Dataset.load(spec.data, seed: spec.seed, files: files), kernels: kernels)
    }
  }

  init(
    _ spec: TrainingSpec, data loaded: Dataset, kernels: KernelTable = .best
  ) throws(EngineError) {
    let outline = try ProblemOutline(spec, data: loaded.outline)
    self.spec = spec
    self.kernels = kernels
    self.outline = outline
    graph = outline.graph
    head = outline.head
    description = outline.description
    let testCount = outline.testCount
    var generator = Generator(seed: spec.seed, purpose: "split")
    let order =
      testCount == 0 ? (0..<Int32(loaded.count)).map { $0 } : generator.permutation(loaded.count)
    testIndices = order[..<testCount].sorted()
    trainIndices = order[testCount...].sorted()
    (data, scaling) =
      spec.standardizes ? loaded.standardized(by: trainIndices) : (loaded, nil)
  }

  /// Rows of the largest batch.
  var capacity: Int { outline.capacity }
  var stepsPerEpoch: Int { outline.stepsPerEpoch }
  var epochs: Int { outline.epochs }
}

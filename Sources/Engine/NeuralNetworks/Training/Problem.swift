internal import Tensors

/// A specification made ready: samples split and scaled, the network with its shapes, the loss.
struct Problem: Sendable {
  let spec: TrainingSpec
  let outline: ProblemOutline
  let data: Dataset
  let graph: Graph
  let head: Head
  /// The network as it was written, with the activation that the loss took over.
  let description: NetworkDescription
  let trainIndices: [Int32]
  let testIndices: [Int32]
  /// What standardizing took from each input column, and divided it by.
  let scaling: Scaling?
  /// What the training is computed with.
  let kernels: KernelTable

  struct Scaling: Hashable, Sendable {
    var mean: [Double]
    var deviation: [Double]
    var targetMean: [Double]
    var targetDeviation: [Double]
  }

  /// - Parameters:
  ///   - shelf: Where data sets are that others use too.
  ///   - kernels: What it is computed with.
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

extension Dataset {
  /// Every input column to mean 0 and variance 1 over the given samples; number targets too. The
  /// pixels of an image's channel share their mean and variance, as do a sequence's steps.
  func standardized(by indices: [Int32]) -> (Dataset, Problem.Scaling?) {
    guard symbolCount == nil, !indices.isEmpty else { return (self, nil) }
    var copy = self
    copy.exact = nil
    /// - Parameter group: Which columns go together, numbered from 0.
    func scale(
      _ values: inout [Float], columns: Int, group: (Int) -> Int
    ) -> (means: [Double], deviations: [Double]) {
      let groups = (0..<columns).map(group)
      let members = groups.reduce(into: [Int](repeating: 0, count: groups.max()! + 1)) {
        $0[$1] += indices.count
      }
      var means = members.map { _ in 0.0 }
      for index in indices {
        for column in 0..<columns {
          means[groups[column]] += Double(values[Int(index) * columns + column])
        }
      }
      for place in members.indices { means[place] /= Double(members[place]) }
      var deviations = members.map { _ in 0.0 }
      for index in indices {
        for column in 0..<columns {
          let place = groups[column]
          let difference = Double(values[Int(index) * columns + column]) - means[place]
          deviations[place] += difference * difference
        }
      }
      for place in members.indices {
        let deviation = (deviations[place] / Double(members[place])).squareRoot()
        // A column that never changes stays where it is.
        deviations[place] = deviation > 0 ? deviation : 1
      }
      for place in values.indices {
        let group = groups[place % columns]
        values[place] = Float((Double(values[place]) - means[group]) / deviations[group])
      }
      return (groups.map { means[$0] }, groups.map { deviations[$0] })
    }
    let extents = shape.extents
    let (mean, deviation) = scale(&copy.inputs, columns: shape.count) { column in
      switch extents.count {
      case 3: column / (extents[1] * extents[2])
      case 2: column % extents[1]
      default: column
      }
    }
    var (targetMean, targetDeviation): ([Double], [Double]) = ([], [])
    if case .numbers(var values, let columns, let names) = targets {
      (targetMean, targetDeviation) = scale(&values, columns: columns) { $0 }
      copy.targets = .numbers(values, columns: columns, names: names)
    }
    return (
      copy,
      Problem.Scaling(
        mean: mean, deviation: deviation, targetMean: targetMean, targetDeviation: targetDeviation)
    )
  }
}

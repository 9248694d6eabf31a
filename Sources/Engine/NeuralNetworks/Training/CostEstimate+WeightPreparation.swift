internal import Tensors

/// Initial weights and their preparation before training.
extension CostEstimate {
  /// Operations and bytes of the initialization of all parameters.
  var initialization: (operations: Quantity, bytes: Quantity) {
    var (operations, bytes) = (Quantity(0), Quantity(0))
    let standard = spec.initializer?.name ?? "torch_default"
    for node in problem.graph.nodes {
      for parameter in node.layer.parameters {
        let count = parameter.shape.quantity
        operations += count * Effort.placed
        // The numbers in Double, and their conversion.
        bytes = max(bytes, 20 * count)
        guard parameter.role == .weight || parameter.initializer != nil else { continue }
        let name = parameter.initializer?.name ?? standard
        switch name {
        case "orthogonal", "lsuv", "delta_orthogonal":
          let blocks = Double(parameter.blocks)
          let rows = Quantity(parameter.shape.extents[0]).divided(by: blocks)
          let columns =
            name == "delta_orthogonal" && parameter.shape.rank > 1
            ? Quantity(parameter.shape.extents[1])
            : count.divided(by: max(1, Double(parameter.shape.extents[0])))
          let (long, short) = (max(rows, columns), min(rows, columns))
          // Each vector is orthogonalized twice against all before it, by a product and a
          // difference.
          operations +=
            Quantity(blocks)
            * (2 * short * short * long * Effort.scalar + rows * columns * Effort.normal)
          bytes = max(bytes, 28 * count)
        case "zeros", "ones", "constant", "values", "identity", "dirac": break
        case "sparse": operations += count * (Effort.normal + Effort.shuffled)
        case "torch_default", "uniform", "lecun_uniform", "glorot_uniform", "he_uniform", "siren":
          operations += count * Effort.uniform
        default: operations += count * Effort.normal
        }
      }
    }
    return (operations, bytes)
  }

  /// Operations and bytes between initialization and the first step, and the bytes of other data.
  func weightPreparation<S: Scalar>(
    of type: S.Type, outlines: Engine.Outlines
  ) throws(EngineError) -> (operations: Quantity, bytes: Quantity, dataBytes: Quantity) {
    var (operations, bytes) = initialization
    if spec.initializer?.name == "lsuv" {
      let layers = Quantity(problem.graph.nodes.count { $0.number != nil })
      operations += layers * Quantity(spec.initializer?.integer("tries") ?? 10) * passes(capacity)
      let plan = try self.workspace(of: type, keepsEverything: true, isTrained: false)
      bytes = max(bytes, plan + 12 * parameters)
    }
    guard let term = spec.pretraining else { return (operations, bytes, 0) }
    switch term.name {
    case "transfer":
      let other = try WeightPreparation.transferred(spec, term)
      let outline = try outlines(other.data)
      let estimate = CostEstimate(try ProblemOutline(other, data: outline))
      let first = estimate.initialization
      operations += estimate.training + first.operations + outline.operations
      let plan = try estimate.workspace(of: type, keepsEverything: false, isTrained: true)
      let rule = OptimizerCost(other.optimizer, parameters: estimate.parameters)
      bytes = max(
        bytes,
        plan + estimate.samples(Quantity(MemoryLayout<S>.stride)) + first.bytes + rule.bytes)
      return (operations, bytes, outline.bytes)
    case "weights": break
    default:
      let greedy = greedyPretraining(term)
      operations += greedy.operations
      let plan = try self.workspace(of: type, keepsEverything: true, isTrained: false)
      bytes = max(bytes, plan + greedy.bytes)
    }
    return (operations, bytes, 0)
  }

  /// Operations and bytes of greedy pretraining, in Double and outside of the kernels.
  private func greedyPretraining(_ term: Term) -> (operations: Quantity, bytes: Quantity) {
    let epochs = Quantity(term.integer("epochs") ?? 10)
    let samples = Quantity(problem.trainCount) * epochs
    let steps = Quantity(problem.stepsPerEpoch) * epochs
    // Encoding, decoding and the gradient; two more passes for each step of Gibbs sampling.
    let looks =
      term.name == "rbm" ? Quantity(term.integer("k") ?? 1) * 2 + 3 : Quantity(5)
    var (operations, bytes) = (Quantity(0), Quantity(0))
    for case let dense? in problem.graph.nodes.dropLast().map({ $0.layer.dense }) {
      let weights = Quantity(dense.input) * Quantity(dense.units)
      let numbers = Quantity(dense.input) + Quantity(dense.units)
      operations +=
        passes(samples) + samples * (looks * weights + 40 * numbers) * Effort.scalar
        + steps * weights * 4 * Effort.scalar
      bytes = max(bytes, 8 * (6 * weights + 2 * capacity * Quantity(dense.input)))
    }
    return (operations, bytes + 12 * parameters)
  }
}

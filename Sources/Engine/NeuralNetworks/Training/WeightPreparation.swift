internal import Tensors

/// Prepares the initial weights before training: scaling by a batch, and pretraining.
struct WeightPreparation {
  let problem: Problem
  let files: Engine.Files
  let shelf: Engine.Shelf?

  init(_ problem: Problem, files: @escaping Engine.Files, shelf: Engine.Shelf? = nil) {
    self.problem = problem
    self.files = files
    self.shelf = shelf
  }

  /// - Throws: `EngineError` for pretraining that does not fit the network, or `.canceled`.
  func prepare<S: Scalar>(
    _ trainer: inout Trainer<S>, isCancelled: () -> Bool
  ) throws(EngineError) {
    if problem.spec.initializer?.name == "lsuv" { try scaleByBatch(trainer) }
    guard let term = problem.spec.pretraining else { return }
    switch term.name {
    case "transfer": try transfer(term, &trainer, isCancelled)
    case "weights": try load(term.word("path") ?? "", trainer.plan)
    default: try GreedyPretraining(problem, term).run(trainer, isCancelled)
    }
  }

  /// Divides each layer's weights by the standard deviation of its output until the variance is 1.
  ///
  /// - Source: Mishkin, Matas, *All you need is a good init* (2015).
  private func scaleByBatch<S: Scalar>(_ trainer: Trainer<S>) throws(EngineError) {
    let term = problem.spec.initializer!
    // A separate plan keeps the output of a layer before its activation.
    let plan = try ExecutionPlan<S>(
      problem.graph,
      .init(capacity: problem.capacity, keepsEverything: true, kernels: problem.kernels))
    let memory = plan.memory
    memory.set(plan.parameters, trainer.plan.memory.elements(trainer.plan.parameters))
    let indices = problem.trainIndices.prefix(plan.capacity).map { $0 }
    trainer.batches.loadInputs(indices.span, into: plan.input, memory)
    let step = StepContext(
      rows: indices.count, isTraining: false, seed: problem.spec.seed, number: 0)
    for (index, node) in problem.graph.nodes.enumerated() where node.number != nil {
      guard !node.isFrozen,
        let weight = node.layer.parameters.firstIndex(where: { $0.role == .weight })
      else { continue }
      for _ in 0..<(term.integer("tries") ?? 10) {
        plan.forward(step)
        let variance = memory.variance(plan.values[index + 1]!.first(step.rows)).double
        guard variance > 0, (variance - 1).magnitude > term.number("tolerance") ?? 0.1 else {
          break
        }
        let parameters = plan.parameterViews[index][weight]
        memory.scale(parameters, by: 1 / variance.squareRoot(), into: parameters)
      }
    }
    trainer.plan.memory.set(trainer.plan.parameters, memory.elements(plan.parameters))
  }

  /// Trains the same network on other data first, and copies all parameters of equal shape (all but
  /// a last layer of another size).
  private func transfer<S: Scalar>(
    _ term: Term, _ trainer: inout Trainer<S>, _ isCancelled: () -> Bool
  ) throws(EngineError) {
    let spec = try Self.transferred(problem.spec, term)
    let other = try Problem(spec, files: files, shelf: shelf, kernels: problem.kernels)
    guard other.graph.input == problem.graph.input else {
      throw .option(
        "pretrain",
        problem: "its data are \(other.graph.input), and the training's \(problem.graph.input)")
    }
    var first = try Trainer<S>(other)
    try first.plan.initialize(spec.initializer, seed: spec.seed)
    if let rate = term.number("rate") { first.optimizer.rate = rate }
    for epoch in 0..<other.epochs {
      var order = other.trainIndices
      var generator = Generator(seed: spec.seed, purpose: "pretraining shuffle", index: epoch)
      generator.shuffle(&order)
      for start in stride(from: 0, to: order.count, by: other.capacity) {
        if isCancelled() { throw .canceled }
        let end = min(start + other.capacity, order.count)
        _ = first.step(order.span.extracting(start..<end))
      }
    }
    let count = min(other.graph.nodes.count, problem.graph.nodes.count)
    for index in 0..<count {
      for (from, to) in zip(first.plan.parameterViews[index], trainer.plan.parameterViews[index])
      where from.rows == to.rows && from.columns == to.columns {
        trainer.plan.memory.set(to, first.plan.memory.elements(from))
      }
      for (from, to) in zip(first.plan.stateViews[index], trainer.plan.stateViews[index])
      where from.count == to.count {
        trainer.plan.memory.set(to, first.plan.memory.elements(from))
      }
    }
  }
}

extension WeightPreparation {
  /// The data that a transfer names.
  static func data(of transfer: Term) throws(EngineError) -> Term {
    try Registry.term(.dataset, transfer.word("data") ?? "")
  }

  /// The specification of the training on other data.
  static func transferred(
    _ spec: TrainingSpec, _ term: Term
  ) throws(EngineError) -> TrainingSpec {
    var spec = spec
    if let data = spec.pretrainingData {
      spec.data = data
    } else {
      spec.data = try data(of: term)
    }
    spec.pretraining = nil
    spec.stop = nil
    spec.schedule = nil
    spec.length = .epochs(term.integer("epochs") ?? 10)
    spec.network = spec.network.map { $0.thawed }
    return spec
  }

  /// The files that pretraining reads.
  static func paths(of spec: TrainingSpec) -> [String] {
    guard let term = spec.pretraining else { return [] }
    switch term.name {
    case "weights": return [term.word("path") ?? ""]
    case "transfer":
      let named = spec.pretrainingData ?? (try? data(of: term))
      return named.map { Dataset.paths(of: $0) } ?? []
    default: return []
    }
  }
}

extension LayerSpec {
  /// The same layers, none of them frozen, for the training on other data.
  var thawed: LayerSpec {
    switch self {
    case .term: self
    case .frozen(let specs): .repeated(1, specs.map { $0.thawed })
    case .repeated(let count, let specs): .repeated(count, specs.map { $0.thawed })
    case .residual(let specs): .residual(specs.map { $0.thawed })
    case .branches(let branches, let join):
      .branches(branches.map { $0.map { $0.thawed } }, join: join)
    }
  }
}

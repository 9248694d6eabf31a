internal import Tensors

/// Trains dense layers one after another without labels, each as an auto-encoder or as a restricted
/// Boltzmann machine of the outputs of the layers before it. Stacked Boltzmann machines are a deep
/// belief network; training then fine-tunes it.
///
/// - Source: Hinton, Osindero, Teh 2006; Bengio et al., *Greedy layer-wise training* (2007);
///   Hinton, *A practical guide to training RBMs* (2010).
struct GreedyPretraining {
  private let problem: Problem
  private let term: Term
  private let rate: Double

  init(_ problem: Problem, _ term: Term) {
    self.problem = problem
    self.term = term
    rate = term.number("rate") ?? 0.1
  }

  /// Trains every hidden dense layer, from the first; the last layer is the classifier's.
  func run<S: Scalar>(_ trainer: Trainer<S>, _ isCancelled: () -> Bool) throws(EngineError) {
    let graph = problem.graph
    let hidden = graph.nodes.indices.filter { graph.nodes[$0].layer.dense != nil }.dropLast()
    guard !hidden.isEmpty else {
      throw .option("pretrain", problem: "there is no hidden `dense` layer to learn")
    }
    // A separate plan keeps the values that a fused one would not.
    let plan = try ExecutionPlan<S>(
      graph, .init(capacity: problem.capacity, keepsEverything: true, kernels: problem.kernels))
    plan.memory.set(plan.parameters, trainer.plan.memory.elements(trainer.plan.parameters))
    for (position, index) in hidden.enumerated() {
      try learn(index, position, plan, trainer.batches, isCancelled)
    }
    trainer.plan.memory.set(trainer.plan.parameters, plan.memory.elements(plan.parameters))
  }

  private func learn<S: Scalar>(
    _ index: Int, _ position: Int, _ plan: ExecutionPlan<S>, _ batches: Batches<S>,
    _ isCancelled: () -> Bool
  ) throws(EngineError) {
    let node = problem.graph.nodes[index]
    guard let dense = node.layer.dense, dense.hasBias else { return }
    let function = problem.graph.activation(after: index)?.function ?? .identity
    var layer = GreedyLayer<S>(
      visible: dense.input, hidden: dense.units, capacity: problem.capacity, function: function,
      term: term, rate: rate, isFirst: position == 0)
    let memory = plan.memory
    layer.weights = memory.elements(plan.parameterViews[index][0]).map { $0.double }
    layer.bias = memory.elements(plan.parameterViews[index][1]).map { $0.double }
    for epoch in 0..<(term.integer("epochs") ?? 10) {
      var order = problem.trainIndices
      let stream = position * 1_000_000 + epoch
      var generator = Generator(
        seed: problem.spec.seed, purpose: "pretraining shuffle", index: stream)
      generator.shuffle(&order)
      var draws = Generator(seed: problem.spec.seed, purpose: "pretraining draws", index: stream)
      for start in stride(from: 0, to: order.count, by: problem.capacity) {
        if isCancelled() { throw .canceled }
        let rows = min(problem.capacity, order.count - start)
        batches.loadInputs(order.span.extracting(start..<start + rows), into: plan.input, memory)
        plan.forward(StepContext(rows: rows, isTraining: false, seed: 0, number: 0))
        let input = memory.elements(plan.values[node.inputs[0]]!.first(rows)).map { $0.double }
        layer.step(input, rows, &draws)
      }
      memory.set(plan.parameterViews[index][0], layer.weights.map { S($0) })
      memory.set(plan.parameterViews[index][1], layer.bias.map { S($0) })
    }
  }
}

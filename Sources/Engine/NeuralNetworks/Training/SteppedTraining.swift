internal import Tensors

/// A training whose samples, first weights and batches the caller gives: what comparisons with other
/// engines drive.
package struct SteppedTraining {
  private var trainer: Trainer<Float>

  /// - Parameters:
  ///   - data: In place of the specification's; nothing is held out.
  ///   - threads: How many threads a large operation may use. The results do not depend on it.
  package init(
    _ spec: TrainingSpec, on data: Dataset, threads: Int = 1, kernels: Engine.Kernels = .best
  ) throws(EngineError) {
    var spec = spec
    spec.testShare = 0
    let problem = try Problem(spec, data: data, kernels: kernels.table)
    trainer = try Trainer(
      problem,
      options: .init(capacity: problem.capacity, threadLimit: threads, kernels: problem.kernels))
  }

  /// Draws the first parameters as the specification says; without this they are 0.
  package func drawParameters() throws(EngineError) {
    let spec = trainer.problem.spec
    try trainer.plan.initialize(spec.initializer, seed: spec.seed)
  }

  /// Every parameter in the layers' order, each in the order of its shape (out, in, …).
  package var parameters: [[Float]] {
    get {
      trainer.plan.parameterList.map { view, spec in
        trainer.plan.values(view, spec).map { Float($0) }
      }
    }
    nonmutating set {
      let list = trainer.plan.parameterList
      precondition(newValue.count == list.count, "\(newValue.count) arrays for \(list.count)")
      for (values, (view, spec)) in zip(newValue, list) {
        trainer.plan.set(view, values.map(Double.init), spec)
      }
    }
  }

  /// One step of the optimizer on these samples. Returns the loss before it.
  package mutating func step(_ samples: Span<Int32>) -> Double { trainer.step(samples) }

  /// The mean loss over these samples.
  package func loss(over samples: [Int32]) -> Double { trainer.evaluate(samples).loss }

  /// What the network gives for each class, sample after sample.
  package func probabilities(of samples: [Int32]) -> [[Double]] {
    let plan = trainer.plan
    precondition(samples.count <= plan.capacity, "\(samples.count) samples at once")
    trainer.batches.loadInputs(samples.span, into: plan.input, plan.memory)
    plan.forward(StepContext(rows: samples.count, isTraining: false, seed: 0, number: 0))
    return trainer.problem.head.probabilities(of: plan, rows: samples.count)
  }
}

extension ExecutionPlan {
  fileprivate var parameterList: [(View, ParameterSpec)] {
    graph.nodes.indices.flatMap { Array(zip(parameterViews[$0], graph.nodes[$0].layer.parameters)) }
  }
}

internal import Tensors

/// A training with samples, initial weights and batches from the caller, for comparisons with other
/// engines.
package struct SteppedTraining {
  private var trainer: Trainer<Float>

  /// - Parameters:
  ///   - data: Instead of the specification's; nothing is held out.
  ///   - threads: The maximum number of threads of a large operation. The results do not depend on
  ///     it.
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

  /// Initializes the parameters by the specification; without this they are 0.
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

  /// Takes one step on these samples.
  ///
  /// - Returns: The loss before the step.
  package mutating func step(_ samples: Span<Int32>) -> Double { trainer.step(samples) }

  /// The mean loss over these samples.
  package func loss(over samples: [Int32]) -> Double { trainer.evaluate(samples).loss }

  /// The probability of each class, (N, K).
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

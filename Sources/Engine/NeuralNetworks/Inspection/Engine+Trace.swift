internal import Tensors

extension Engine {
  /// One step of a small network with every matrix, in Double.
  ///
  /// The batch is the first `spec.batch` samples of the data; nothing is held out. Vectors of one
  /// sample are columns, as in textbooks.
  ///
  /// - Throws: `EngineError` for a specification that does not fit together.
  package static func trace(
    _ spec: TrainingSpec, files: @escaping Files, shelf: Shelf? = nil
  ) throws(EngineError) -> TraceOutcome {
    var spec = spec
    spec.testShare = 0
    let problem = try Problem(spec, files: files, shelf: shelf)
    var trainer = try Trainer<Double>(
      problem,
      options: .init(
        capacity: problem.capacity, keepsEverything: true, wantsInputGradient: true))
    try trainer.plan.initialize(spec.initializer, seed: spec.seed)
    var tracer = StepTracer(problem, trainer)
    return tracer.run(&trainer)
  }
}

internal import Tensors

extension Engine {
  /// Compares every parameter's gradient with central differences, in Double.
  ///
  /// Each difference is taken twice, over ±h and ±h/2, and the two are extrapolated (Richardson),
  /// so that the error decreases with h⁴. An element is skipped and counted if an activation's
  /// input passes a kink within ±h. Networks with random forward passes (dropout, rrelu) are
  /// checked with the random numbers of one step. Of a large parameter every n-th element is
  /// checked.
  ///
  /// - Throws: `EngineError` for a specification that does not fit together, or `.canceled`.
  package static func check(
    _ spec: TrainingSpec, files: @escaping Files, shelf: Shelf? = nil,
    isCancelled: () -> Bool = { false }
  ) throws(EngineError) -> CheckOutcome {
    let problem = try Problem(spec, files: files, shelf: shelf)
    var trainer = try Trainer<Double>(
      problem, options: .init(capacity: problem.capacity, keepsEverything: true))
    try trainer.plan.initialize(spec.initializer, seed: spec.seed)
    try WeightPreparation(problem, files: files, shelf: shelf)
      .prepare(&trainer, isCancelled: isCancelled)
    return try GradientCheck(problem, trainer).run(isCancelled)
  }
}

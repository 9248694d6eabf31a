internal import Tensors

extension Engine {
  /// Trains a network. A loss that is no longer finite ends the run and is part of the outcome.
  ///
  /// - Parameters:
  ///   - shelf: Returns data sets that other runs share.
  ///   - kernels: The kernels to compute with. The outcome does not depend on them.
  ///   - progress: Called at every entry of the history, on the calling thread.
  ///   - isCancelled: Called before every step.
  /// - Throws: `EngineError` for a specification that does not fit together, or `.canceled`.
  package static func train(
    _ spec: TrainingSpec, files: @escaping Files, shelf: Shelf? = nil, kernels: Kernels = .best,
    progress: (Progress) -> Void = { _ in }, isCancelled: () -> Bool = { false }
  ) throws(EngineError) -> TrainingOutcome {
    let problem = try Problem(spec, files: files, shelf: shelf, kernels: kernels.table)
    try problem.checkRecordings()
    var run = try TrainingRun(problem, files: files, shelf: shelf)
    return try Parallelism.computing { () throws(EngineError) in
      try run.run(progress: progress, isCancelled: isCancelled)
    }
  }
}

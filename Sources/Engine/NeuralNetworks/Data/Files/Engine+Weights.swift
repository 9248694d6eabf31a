internal import Tensors

extension Engine {
  /// Trains a network and returns its final weights and running statistics: a tensor for each,
  /// named as in PyTorch's `Sequential`, of shape (out, in, …).
  ///
  /// - Throws: The errors of `train`.
  package static func weights(
    _ spec: TrainingSpec, files: @escaping Files, kernels: Kernels = .best,
    progress: (Progress) -> Void = { _ in },
    isCancelled: () -> Bool = { false }
  ) throws(EngineError) -> Safetensors {
    var spec = spec
    spec.recordings = []
    let problem = try Problem(spec, files: files, kernels: kernels.table)
    var run = try TrainingRun(problem, files: files)
    return try Parallelism.computing { () throws(EngineError) in
      _ = try run.run(progress: progress, isCancelled: isCancelled)
      return Safetensors(run.plan.tensors)
    }
  }
}

extension WeightPreparation {
  /// Sets the parameters in the file; others keep their initial values.
  func load<S: Scalar>(_ path: String, _ plan: ExecutionPlan<S>) throws(EngineError) {
    guard let bytes = files(path) else {
      throw .file(path: path, place: nil, problem: "there is no such file")
    }
    try plan.set(Safetensors(reading: bytes, path: path).tensors, path: path)
  }
}

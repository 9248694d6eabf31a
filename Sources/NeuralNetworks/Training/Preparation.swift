internal import Tensors

/// What is done to the first weights before training: pretraining, and scaling by a batch.
struct Preparation {
  let problem: Problem
  let files: Engine.Files

  init(_ problem: Problem, files: @escaping Engine.Files) {
    self.problem = problem
    self.files = files
  }

  func prepare<S: Scalar>(
    _ trainer: inout Trainer<S>, isCancelled: () -> Bool
  ) throws(EngineError) {
  }
}

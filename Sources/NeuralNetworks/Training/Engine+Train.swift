internal import Tensors

extension Engine {
  /// Trains. A loss that stops being a number ends the run and is part of the outcome.
  ///
  /// - Parameters:
  ///   - progress: called at every entry of the history, on the calling thread.
  ///   - isCancelled: asked before every step.
  package static func train(
    _ spec: TrainingSpec, files: Files, progress: (Progress) -> Void = { _ in },
    isCancelled: () -> Bool = { false }
  ) throws(EngineError) -> TrainingOutcome {
    let problem = try Problem(spec, files: files)
    var run = try TrainingRun(problem)
    return try run.run(progress: progress, isCancelled: isCancelled)
  }
}

/// A training from the first weights to the last entry of its history.
struct TrainingRun {
  private let problem: Problem
  private var trainer: Trainer<Float>
  private var outcome: TrainingOutcome
  private let interval: Int

  init(_ problem: Problem) throws(EngineError) {
    self.problem = problem
    trainer = try Trainer(problem)
    try trainer.plan.initialize(problem.spec.initializer, seed: problem.spec.seed)
    outcome = TrainingOutcome(description: problem.description)
    outcome.trainCount = problem.trainIndices.count
    outcome.testCount = problem.testIndices.count
    outcome.classNames = problem.data.classNames ?? []
    interval = problem.spec.historyInterval ?? max(1, (problem.epochs + 199) / 200)
  }

  mutating func run(
    progress: (Progress) -> Void, isCancelled: () -> Bool
  ) throws(EngineError) -> TrainingOutcome {
    let spec = problem.spec
    let epochs = problem.epochs
    var stepLimit = Int.max
    if case .steps(let steps) = spec.length { stepLimit = steps }
    record(epoch: 0, progress)
    var order = problem.trainIndices
    epochs: for epoch in 0..<epochs where outcome.divergence == nil {
      outcome.learningRates.append(trainer.optimizer.rate)
      if problem.stepsPerEpoch > 1 {
        order = problem.trainIndices
        var generator = Generator(seed: spec.seed, purpose: "shuffle", index: epoch)
        generator.shuffle(&order)
      }
      for start in stride(from: 0, to: order.count, by: problem.capacity) {
        if isCancelled() { throw .cancelled }
        guard outcome.steps < stepLimit else { break }
        let end = min(start + problem.capacity, order.count)
        let loss = trainer.step(order.span.extracting(start..<end))
        outcome.steps += 1
        if !loss.isFinite {
          outcome.divergence = Divergence(epoch: epoch + 1, step: outcome.steps)
          break
        }
      }
      outcome.epochs = epoch + 1
      let isLast = epoch + 1 == epochs || outcome.divergence != nil
      if (epoch + 1) % interval == 0 || isLast { record(epoch: epoch + 1, progress) }
      if outcome.divergence == nil, !outcome.final.trainLoss.isFinite {
        outcome.divergence = Divergence(epoch: epoch + 1, step: outcome.steps)
      }
    }
    return outcome
  }

  private mutating func record(epoch: Int, _ progress: (Progress) -> Void) {
    let train = trainer.evaluate(problem.trainIndices)
    let test = problem.testIndices.isEmpty ? nil : trainer.evaluate(problem.testIndices)
    outcome.history.append(
      HistoryEntry(
        epoch: epoch, step: outcome.steps, trainLoss: train.loss, trainAccuracy: train.accuracy,
        testLoss: test?.loss, testAccuracy: test?.accuracy, learningRate: trainer.optimizer.rate))
    progress(Progress(epoch: epoch, epochs: problem.epochs, loss: train.loss))
  }
}

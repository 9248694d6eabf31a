internal import Tensors

/// A training from initialization to the last entry of its history.
struct TrainingRun {
  private let problem: Problem
  private let files: Engine.Files
  private let shelf: Engine.Shelf?
  private var trainer: Trainer<Float>
  private var outcome: TrainingOutcome
  private let interval: Int
  private let units: [LayerUnit]
  private var schedule: Schedule?
  private var stopping: EarlyStopping?
  /// All parameters at each entry of the history, if a landscape is recorded.
  private var trajectory: [[Float]] = []

  /// The network as it is now.
  var plan: ExecutionPlan<Float> { trainer.plan }

  init(
    _ problem: Problem, files: @escaping Engine.Files, shelf: Engine.Shelf? = nil
  ) throws(EngineError) {
    self.problem = problem
    self.files = files
    self.shelf = shelf
    let recordings = problem.spec.recordings
    trainer = try Trainer(
      problem,
      options: .init(
        capacity: problem.capacity, keepsEverything: recordings.contains(.layers),
        threadLimit: .max, kernels: problem.kernels))
    outcome = TrainingOutcome(description: problem.description)
    outcome.trainCount = problem.trainIndices.count
    outcome.testCount = problem.testIndices.count
    outcome.classNames = problem.data.classNames ?? []
    interval = problem.outline.interval
    units = recordings.contains(.layers) ? LayerUnit.units(of: problem.graph) : []
    schedule = try problem.spec.schedule.map { (term) throws(EngineError) in
      try Schedule(term, base: trainer.optimizer.rate, epochs: problem.epochs)
    }
    stopping = problem.spec.stop.map { EarlyStopping($0) }
  }

  mutating func run(
    progress: (Progress) -> Void, isCancelled: () -> Bool
  ) throws(EngineError) -> TrainingOutcome {
    let spec = problem.spec
    let epochs = problem.epochs
    var stepLimit = Int.max
    if case .steps(let steps) = spec.length { stepLimit = steps }
    try trainer.plan.initialize(spec.initializer, seed: spec.seed)
    try WeightPreparation(problem, files: files, shelf: shelf).prepare(
      &trainer, isCancelled: isCancelled)
    let visualizations = Visualizations(problem: problem, plan: trainer.plan)
    let before = spec.recordings.contains(.weights) ? visualizations.weights() : []
    record(epoch: 0, progress)
    var order = problem.trainIndices
    for epoch in 0..<epochs where outcome.divergence == nil {
      if let schedule {
        trainer.optimizer.rate = schedule.rate
        if let momentum = schedule.momentum { trainer.optimizer.momentum = momentum }
      }
      outcome.learningRates.append(trainer.optimizer.rate)
      if problem.stepsPerEpoch > 1 {
        order = problem.trainIndices
        var generator = Generator(seed: spec.seed, purpose: "shuffle", index: epoch)
        generator.shuffle(&order)
      }
      for start in stride(from: 0, to: order.count, by: problem.capacity) {
        if isCancelled() { throw .canceled }
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
      if (epoch + 1) % interval == 0 || isLast || problem.outline.isWatched
        || spec.frameEpochs.contains(epoch + 1)
      {
        record(epoch: epoch + 1, progress)
        if outcome.divergence == nil, !outcome.final.trainLoss.isFinite {
          outcome.divergence = Divergence(epoch: epoch + 1, step: outcome.steps)
        }
        if stopping?.observe(outcome.final, trainer.plan) == true { break }
      }
      if let watchesAccuracy = schedule?.watchesAccuracy {
        let last = outcome.final
        let accuracy = last.testAccuracy ?? last.trainAccuracy ?? 0
        schedule?.endEpoch(
          metric: watchesAccuracy ? accuracy : last.testLoss ?? last.trainLoss)
      }
    }
    if let best = stopping?.restore(trainer.plan), best != outcome.final.epoch {
      outcome.restoredEpoch = best
      record(epoch: outcome.final.epoch, progress)
      outcome.history.remove(at: outcome.history.count - 2)
      if !outcome.layers.isEmpty { outcome.layers.remove(at: outcome.layers.count - 2) }
      if !trajectory.isEmpty { trajectory.remove(at: trajectory.count - 2) }
    }
    finish(visualizations, before)
    return outcome
  }

  private mutating func record(epoch: Int, _ progress: (Progress) -> Void) {
    let train = trainer.evaluate(problem.trainIndices)
    let test = problem.testIndices.isEmpty ? nil : trainer.evaluate(problem.testIndices)
    outcome.history.append(
      HistoryEntry(
        epoch: epoch, step: outcome.steps, trainLoss: train.loss, trainAccuracy: train.accuracy,
        testLoss: test?.loss, testAccuracy: test?.accuracy, learningRate: trainer.optimizer.rate))
    if problem.spec.recordings.contains(.landscape) {
      trajectory.append(trainer.plan.memory.elements(trainer.plan.parameters))
    }
    if !units.isEmpty {
      let rows = min(trainer.plan.capacity, problem.trainIndices.count)
      _ = trainer.gradient(problem.trainIndices.span.extracting(first: rows), isTraining: false)
      outcome.layers.append(units.map { $0.statistics(trainer.plan, rows: rows) })
    }
    if problem.spec.frameEpochs.contains(epoch), epoch != problem.epochs { frame(epoch: epoch) }
    progress(Progress(epoch: epoch, epochs: problem.epochs, loss: train.loss))
  }

  private mutating func frame(epoch: Int) {
    let visualizations = Visualizations(problem: problem, plan: trainer.plan)
    if problem.spec.recordings.contains(.boundary) {
      outcome.boundaries.append(visualizations.boundary(epoch: epoch))
    }
    if problem.spec.recordings.contains(.fit) {
      outcome.fits.append(visualizations.fit(epoch: epoch))
    }
  }

  private mutating func finish(
    _ visualizations: Visualizations<Float>, _ before: [(unit: LayerUnit, values: [Double])]
  ) {
    let recordings = problem.spec.recordings
    frame(epoch: outcome.final.epoch)
    if recordings.contains(.confusion) { outcome.confusion = visualizations.confusion() }
    if recordings.contains(.predictions) { outcome.predictions = visualizations.predictions() }
    if recordings.contains(.filters) { outcome.filters = visualizations.filters() }
    outcome.weights = zip(before, recordings.contains(.weights) ? visualizations.weights() : [])
      .map { before, after in
        // Over the same intervals, so that the two can be compared.
        let both = Histogram(before.values + after.values, bins: 40).range
        return WeightHistogram(
          number: before.unit.number, path: before.unit.path, name: before.unit.name,
          before: Histogram(before.values, over: both, bins: 40),
          after: Histogram(after.values, over: both, bins: 40))
      }
    if recordings.contains(.landscape) { outcome.landscape = landscape() }
  }

  private func landscape() -> Landscape? {
    guard let end = trajectory.last else { return nil }
    let memory = trainer.plan.memory
    defer { memory.set(trainer.plan.parameters, end) }
    let samples = Array(problem.trainIndices.prefix(Landscape.sampleLimit))
    return Landscape(
      epochs: outcome.history.map { $0.epoch }, weights: trajectory,
      parameters: problem.twoParameterNames
    ) { weights in
      memory.set(trainer.plan.parameters, weights)
      return trainer.evaluate(samples).loss
    }
  }
}

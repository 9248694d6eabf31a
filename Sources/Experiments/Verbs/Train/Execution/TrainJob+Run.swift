import NeuralNetworks

extension TrainJob {
  func run(in environment: RunEnvironment) throws(EngineError) -> Run {
    let outcome = try Engine.train(
      spec, files: environment.engineFiles, shelf: environment.shelf,
      kernels: environment.kernels,
      progress: { environment.progress(Double($0.epoch) / Double(max(1, $0.epochs))) },
      isCancelled: environment.isCancelled)
    var run = Run()
    run.metrics = Self.metrics(of: outcome)
    run.add(HistoryTable(outcome.history))
    run.add(outcome.description)
    if !outcome.learningRates.isEmpty { run.add(RateTable(outcome.learningRates)) }
    run[.divergedEpoch] = outcome.divergence.map { "\($0.epoch)" }
    run[.divergedStep] = outcome.divergence.map { "\($0.step)" }
    run[.restoredEpoch] = outcome.restoredEpoch.map { "\($0)" }
    run[.trainSamples] = "\(outcome.trainCount)"
    run[.testSamples] = "\(outcome.testCount)"
    if !outcome.classNames.isEmpty { run.add(ClassTable(className: outcome.classNames)) }
    if !outcome.layers.isEmpty { run.add(LayerHistoryTable(outcome)) }
    if !outcome.weights.isEmpty { Self.add(outcome.weights, to: &run) }
    Self.addVisualizations(outcome, to: &run)
    return run
  }

  private static func add(_ weights: [WeightHistogram], to run: inout Run) {
    run.add(
      WeightTable(layer: weights.map { Double($0.number) }, layerName: weights.map(\.name)))
    RecordedHistograms(weights.map(\.before)).write(to: &run, of: .weightsBefore)
    RecordedHistograms(weights.map(\.after)).write(to: &run, of: .weightsAfter)
  }

  /// Adds the recordings for pictures.
  private static func addVisualizations(_ outcome: TrainingOutcome, to run: inout Run) {
    RecordedBoundary(outcome.boundaries, classes: outcome.classNames.count)?.write(to: &run)
    RecordedFit(outcome.fits)?.write(to: &run)
    if let landscape = outcome.landscape { RecordedLandscape(landscape).write(to: &run) }
    if let confusion = outcome.confusion { RecordedConfusion(confusion).write(to: &run) }
    RecordedPredictions(outcome.predictions)?.write(to: &run)
    RecordedFilters(outcome.filters)?.write(to: &run)
  }
}

internal import Tensors

extension Engine {
  /// Passes one batch forward through the untrained network and one gradient backward.
  ///
  /// - Throws: `EngineError` for a specification that does not fit together.
  package static func signal(
    _ spec: TrainingSpec, files: @escaping Files, shelf: Shelf? = nil, kernels: Kernels = .best
  ) throws(EngineError) -> SignalOutcome {
    let problem = try Problem(spec, files: files, shelf: shelf, kernels: kernels.table)
    var trainer = try Trainer<Float>(
      problem,
      options: .init(
        capacity: problem.capacity, keepsEverything: true, kernels: problem.kernels))
    try trainer.plan.initialize(spec.initializer, seed: spec.seed)
    try WeightPreparation(problem, files: files, shelf: shelf)
      .prepare(&trainer, isCancelled: { false })
    let rows = problem.capacity
    let loss = trainer.gradient(problem.trainIndices.span.extracting(first: rows))
    let plan = trainer.plan
    let layers = LayerUnit.units(of: problem.graph).map { unit in
      let outputs = plan.memory.elements(plan.values[unit.output]!.first(rows)).map { $0.double }
      let gradients =
        plan.valueGradients[unit.output].map {
          plan.memory.elements($0.first(rows)).map { $0.double }
        } ?? []
      let units = plan.values[unit.output]!.columns
      let columns = Set(
        (0..<units).map { column in (0..<rows).map { outputs[$0 * units + column] } })
      return LayerSignal(
        statistics: unit.statistics(plan, rows: rows), outputs: Histogram(outputs),
        gradients: Histogram(gradients), units: units, distinctUnits: columns.count)
    }
    return SignalOutcome(description: problem.description, layers: layers, loss: loss.double)
  }
}

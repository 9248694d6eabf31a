import NeuralNetworks

/// A network with the shapes computed by the engine.
struct DiagramJob: Job {
  var network: [LayerSpec]
  /// The shape of a sample; `nil` if `data` determines it.
  var input: Shape?
  var dataset: Term?
  var seed: UInt64

  var data: [Term] { dataset.map { [$0] } ?? [] }
  var isUncached: Bool { true }

  var canonical: [NamedValue] {
    [
      .init("diagram", network.canonical),
      .init("input", input?.description ?? dataset?.description ?? ""),
      .init("seed", "\(seed)"),
    ]
  }

  /// The engine's settings; `nil` if there is no data set to determine the shape of a sample.
  var spec: TrainingSpec? {
    guard let dataset else { return nil }
    var spec = TrainingSpec(network: network, data: dataset)
    spec.seed = seed
    return spec
  }

  /// The shape of a sample if there is no data set.
  var inputShape: Shape { input ?? Shape(2) }

  func run(in environment: RunEnvironment) throws(EngineError) -> Run {
    let description =
      if let spec {
        try Engine.describe(spec, files: environment.engineFiles)
      } else {
        try Engine.describe(network, input: inputShape)
      }
    var run = Run()
    run.add(description)
    return run
  }
}

import NeuralNetworks

/// One batch propagated forward through an untrained network, and one gradient propagated back.
struct SignalJob: NetworkJob {
  var spec: TrainingSpec

  var canonical: [NamedValue] { sharedLines("signal") }

  func run(in environment: RunEnvironment) throws(EngineError) -> Run {
    let outcome = try Engine.signal(
      spec, files: environment.engineFiles, shelf: environment.shelf,
      kernels: environment.kernels)
    var run = Run()
    run.metrics = [Run.Metric(.loss, value: roundedToFloat(outcome.loss))]
    run.add(outcome.description)
    for layer in outcome.layers {
      let number = "\(layer.statistics.number)"
      run.metrics += Run.Metric.metrics(of: layer.statistics)
      run.metrics.append(Run.Metric(.units, number, value: Double(layer.units)))
      run.metrics.append(Run.Metric(.distinct, number, value: Double(layer.distinctUnits)))
    }
    run.insertFirst(SignalTable(outcome.layers))
    RecordedHistograms(outcome.layers.map(\.outputs)).write(to: &run, of: .outputs)
    RecordedHistograms(outcome.layers.map(\.gradients)).write(to: &run, of: .deltas)
    return run
  }
}

extension MetricKey {
  static let units = MetricKey("units", by: "layer")
  static let distinct = MetricKey("distinct", by: "layer")
}

/// The statistics of each layer for one batch.
struct SignalTable: LayerTable {
  var layer: [Double] = []
  var layerName: [String] = []
  var mean: [Double] = []
  var variance: [Double] = []
  var saturated: [Double] = []
  var active: [Double] = []
  var gradient: [Double] = []
  var delta: [Double] = []
  var weight: [Double] = []
  var units: [Double] = []
  /// Number of units of a layer that differ from every other.
  var distinct: [Double] = []

  static let name = "signal"
  static let columns: [RunColumn<Self>] =
    statisticsColumns + [.numbers("units", \.units).hiddenInText, .numbers("distinct", \.distinct)]
}

extension SignalTable {
  init(_ layers: [LayerSignal]) {
    for layer in layers { append(layer.statistics) }
    units = layers.map { Double($0.units) }
    distinct = layers.map { Double($0.distinctUnits) }
  }
}

import NeuralNetworks

/// The analytic gradient of every parameter against central differences.
struct CheckJob: NetworkJob {
  var spec: TrainingSpec

  var canonical: [NamedValue] { sharedLines("check") }

  func run(in environment: RunEnvironment) throws(EngineError) -> Run {
    let outcome = try Engine.check(
      spec, files: environment.engineFiles, shelf: environment.shelf,
      isCancelled: environment.isCancelled)
    var run = Run()
    run.metrics = [
      Run.Metric(.loss, value: outcome.loss), Run.Metric(.error, value: outcome.worst),
      Run.Metric(.kinks, value: Double(outcome.rows.reduce(0) { $0 + $1.kinks })),
    ]
    run.add(outcome.description)
    run.insertFirst(GradientTable(outcome.rows))
    return run
  }
}

extension MetricKey {
  static let error = MetricKey("error")
  static let kinks = MetricKey("kinks")
}

/// Both gradients of each parameter, at the element where they differ most.
struct GradientTable: RunTable {
  var layer: [Double] = []
  var layerName: [String] = []
  var parameter: [String] = []
  /// Number of elements of the parameter.
  var count: [Double] = []
  var analytic: [Double] = []
  var numeric: [Double] = []
  var error: [Double] = []
  /// Number of elements excluded because of a kink of the loss.
  var kinks: [Double] = []

  static let name = "gradients"
  static let columns: [RunColumn<Self>] = [
    .numbers("layer", \.layer).hiddenInText, .words("name", \.layerName),
    .words("parameter", \.parameter),
    .numbers("count", \.count), .numbers("analytic", \.analytic).inText(digits: 8),
    .numbers("numeric", \.numeric),
    .numbers("error", \.error), .numbers("kinks", \.kinks).hiddenInText,
  ]
}

extension GradientTable {
  init(_ rows: [CheckOutcome.Row]) {
    layer = rows.map { Double($0.number) }
    layerName = rows.map(\.layer)
    parameter = rows.map(\.parameter)
    count = rows.map { Double($0.count) }
    analytic = rows.map(\.analytic)
    numeric = rows.map(\.numeric)
    error = rows.map(\.relativeError)
    kinks = rows.map { Double($0.kinks) }
  }
}

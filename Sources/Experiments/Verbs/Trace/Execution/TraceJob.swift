import NeuralNetworks

/// One step of a small network with every matrix, forward and backward.
struct TraceJob: NetworkJob {
  var spec: TrainingSpec

  var canonical: [NamedValue] {
    sharedLines("trace") + [.init("optimizer", spec.optimizer.description)]
  }

  func run(in environment: RunEnvironment) throws(EngineError) -> Run {
    let outcome = try Engine.trace(
      spec, files: environment.engineFiles, shelf: environment.shelf)
    var run = Run()
    run.metrics = [
      Run.Metric(.loss, value: outcome.loss),
      Run.Metric(.lossAfter, value: outcome.lossAfterUpdate),
    ]
    run.add(outcome.description)
    let matrices = RecordedMatrices(outcome.matrices)
    run.insertFirst(matrices.table)
    run.grids = matrices.values
    return run
  }
}

extension MetricKey {
  static let lossAfter = MetricKey("loss_after")
}

/// The matrices of a worked example, in the order in which they are computed.
struct RecordedMatrices: Hashable, Sendable {
  var table: MatrixTable
  /// A grid (rows, columns) for each row of the table.
  var values: [Run.Grid]
}

/// A row for each matrix, without its values.
struct MatrixTable: RunTable {
  /// `forward`, `loss`, `backward` or `update`.
  var pass: [String] = []
  /// The layer's number; NaN for a matrix that belongs to no layer.
  var layer: [Double] = []
  /// The symbol as TeX.
  var symbol: [String] = []
  /// The right-hand side as TeX; empty for given matrices.
  var formula: [String] = []

  static let name = "matrices"
  static let columns: [RunColumn<Self>] = [
    .words("pass", \.pass), .numbers("layer", \.layer), .words("symbol", \.symbol),
    .words("formula", \.formula),
  ]
}

extension RecordedMatrices {
  init(_ matrices: [TraceOutcome.Matrix]) {
    table = MatrixTable(
      pass: matrices.map(\.pass.rawValue),
      layer: matrices.map { $0.number.map(Double.init) ?? .nan },
      symbol: matrices.map(\.symbol), formula: matrices.map(\.formula))
    values = matrices.enumerated().map { index, matrix in
      Run.Grid("\(index + 1)", shape: [matrix.rows, matrix.columns], matrix.values)
    }
  }

  /// Fails if the run lacks the table or some of the matrices.
  init?(in run: Run) {
    guard let table = run.table(MatrixTable.self), run.grids.count >= table.symbol.count else {
      return nil
    }
    self.table = table
    values = Array(run.grids.prefix(table.symbol.count))
  }
}

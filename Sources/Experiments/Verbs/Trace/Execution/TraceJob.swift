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
  /// One for each row of the table: (rows, columns).
  var values: [Run.Grid]
}

/// What each matrix is.
struct MatrixTable: RunTable {
  /// `forward`, `loss`, `backward` or `update`.
  var pass: [String] = []
  /// Not a number for a matrix that is no layer's.
  var layer: [Double] = []
  /// TeX.
  var symbol: [String] = []
  /// TeX of what the symbol equals; empty for what is given.
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

  /// `nil` where the run has no matrices, or not all.
  init?(in run: Run) {
    guard let table = run.table(MatrixTable.self), run.grids.count >= table.symbol.count else {
      return nil
    }
    self.table = table
    values = Array(run.grids.prefix(table.symbol.count))
  }
}

import Charts
import Testing

@testable import Experiments

/// The names that a run stores and those that a figure reads agree, so that no recording is
/// silently dropped.
@Suite struct RunTableTests {
  /// Blocks that together record and show everything.
  private static let blocks = [
    """
    train: [dense 3, tanh, dense 3]
    data: blobs samples=40 classes=3
    epochs: 3
    show: [loss, accuracy, boundary, weights, gradients, activations, sparsity, confusion, landscape, schedule, summary, table]
    """,
    """
    train: [dense 3, tanh, dense 1]
    data: sine samples=30
    epochs: 3
    show: [loss, fit, table]
    """,
    """
    train: [conv 2, relu, flatten, dense 10]
    data: digits
    steps: 2
    show: [predictions, filters, confusion]
    """,
    """
    train: [dense $n, tanh, dense 1]
    data: moons samples=30
    vary: {n: [2, 3]}
    epochs: 2
    show: final
    """,
    """
    train: [dense 1]
    data: moons samples=30
    optimizer: sgd rate=1e30
    loss: mean_squared_error
    epochs: 3
    """,
    """
    signal: [dense 4, tanh, dense 2]
    show: [variance, mean, saturation, active, gradients, outputs, deltas, table]
    """,
    "check: [dense 2, tanh, dense 1]", "trace: [dense 2, tanh, dense 1]",
    "graph: x * sin(y)\nat: {x: 1, y: 2}", "diagram: [dense 2, tanh]\nlook: units",
    "plot: [relu, tanh]\nderivatives: true", "plot: cosine\nepochs: 5", "list: losses",
    "dataset: blobs samples=40\nshow: [scatter, histograms, boxes, classes, columns]",
    "dataset: digits\nshow: images", "dataset: sine samples=20",
  ]

  private static let tables: [any RunTable.Type] = [
    HistoryTable.self, RateTable.self, LayerHistoryTable.self, WeightTable.self,
    BoundaryFrameTable.self, BoundaryPointTable.self, FitTable.self, FitPointTable.self,
    TrajectoryTable.self, ParameterTable.self, ConfusionTable.self, PredictionTable.self,
    ClassTable.self, SummaryTable.self, SignalTable.self, GradientTable.self, MatrixTable.self,
    NodeTable.self, EdgeTable.self, ColumnTable.self, ImageLabelTable.self,
  ]

  private static func isReadable<Table: RunTable>(_ type: Table.Type, in run: Run) -> Bool {
    guard let table: Table = run.table() else { return false }
    return table.table == run.table(Table.name)
  }

  private static func result(_ block: String) async throws -> ExperimentResult {
    let (results, diagnostics) = await Article(block: block).run()
    #expect(diagnostics.isEmpty, "\(diagnostics)")
    return try #require(results.first)
  }

  /// The tables and grids of a run that no type reads.
  private static func unread(_ run: Run) -> [String] {
    var names = Set(run.tables.map(\.name) + run.grids.map(\.name))
    for table in tables where isReadable(table, in: run) { names.remove(table.name) }
    func remove<View>(_ view: View?, _ read: String...) { if view != nil { names.subtract(read) } }
    remove(RecordedBoundary(in: run), "boundary", "boundary.class", "boundary.range")
    remove(RecordedLandscape(in: run), "landscape", "landscape.range")
    remove(RecordedConfusion(in: run), "confusion")
    remove(RecordedPredictions(in: run), "predictions.input")
    remove(RecordedFilters(in: run), "filters")
    remove(RecordedImages(in: run), "images")
    remove(RecordedPoints(in: run), "points")
    for subject in RecordedHistograms.Subject.allCases {
      remove(
        RecordedHistograms(of: subject, in: run), "\(subject.rawValue).range",
        "\(subject.rawValue).counts")
    }
    for subject in [RecordedCurves.Subject.values, .derivatives] {
      remove(RecordedCurves(of: subject, in: run), subject.rawValue)
    }
    if let matrices = RecordedMatrices(in: run) { names.subtract(matrices.values.map(\.name)) }
    return names.sorted()
  }

  @Test(arguments: blocks) func everythingThatARunStoresIsRead(block: String) async throws {
    let result = try await Self.result(block)
    for run in result.outcome.runs {
      #expect(Self.unread(run) == [])
      let facts = Set(Fact.allCases.map(\.rawValue))
      #expect(run.facts.map(\.name).filter { !facts.contains($0) } == [])
    }
  }

  @Test(arguments: blocks) func everyNumberOfARunIsOneThatClaimsCanName(block: String) async throws
  {
    let result = try await Self.result(block)
    for metric in result.outcome.runs.flatMap(\.metrics) {
      let known = MetricName.named(metric.name, for: result.experiment.verb)
      #expect(known?.selectors == metric.selectors.map(\.name), "\(metric.label)")
    }
  }

  /// Every word of `show` has a panel, so that no figure silently lacks one.
  @Test(arguments: blocks) func everyWordOfShowHasItsPanel(block: String) async throws {
    let result = try await Self.result(block)
    let words = result.experiment.display.show
    for word in words {
      var experiment = result.experiment
      experiment.display.show = [word]
      let alone = ExperimentResult(
        experiment: experiment, outcome: result.outcome, provenance: result.provenance)
      #expect(Self.panels(of: alone) > 0, "\(word.rawValue)")
    }
    if words.isEmpty { #expect(Self.panels(of: result) > 0) }
  }

  private static func panels(of result: ExperimentResult) -> Int {
    switch FigureMaker(result, FigureContext()).figure.content {
    case .panels(let panels): panels.count
    case .frames(_, let frames): frames.first?.panels.count ?? 0
    }
  }

  @Test func allWordsOfShowAreTried() {
    let words = Set(
      Self.blocks.flatMap { $0.split { !$0.isLetter } }.map(String.init))
    #expect(Show.allCases.map(\.rawValue).filter { !words.contains($0) } == [])
  }

  @Test func aTableThatLacksAColumnIsNoTable() {
    let whole = NodeTable(node: [1], nodeName: ["x"], value: [2], gradient: [1])
    #expect(NodeTable(whole.table) == whole)
    for index in whole.table.columns.indices {
      var table = whole.table
      let removed = table.columns.remove(at: index)
      #expect(NodeTable(table) == nil)
      let other: Run.Column.Values =
        if case .words = removed.values { .numbers([0]) } else { .words(["0"]) }
      table.columns.insert(Run.Column(removed.name, other), at: index)
      #expect(NodeTable(table) == nil)
    }
    var history = HistoryTable([]).table
    #expect(history.columns.map(\.name) == ["epoch", "step", "train.loss", "rate"])
    history.columns.append(Run.Column("test.loss", [String]()))
    #expect(HistoryTable(history) == nil)
  }

  @Test func aFactIsKeptOnce() {
    var run = Run()
    run[.shape] = "2"
    run[.targets] = "classes"
    run[.shape] = "3"
    #expect(run.facts == [NamedValue("targets", "classes"), NamedValue("shape", "3")])
    run[.shape] = nil
    #expect(run[.shape] == nil)
    #expect(run[.targets] == "classes")
  }
}

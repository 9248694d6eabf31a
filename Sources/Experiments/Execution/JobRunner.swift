import DecimalText
import NeuralNetworks

/// Does one piece of work: the engine's numbers in, a ``Run`` out.
///
/// What is recorded is rounded here, once, so that a fresh outcome and one read back from a file are
/// equal to the bit: what was computed in `Float` keeps that type's shortest decimal, pictures keep
/// what the eye can tell.
struct JobRunner {
  let files: DataFiles
  let kernels: Engine.Kernels
  /// Gives data sets that other runs use too.
  var shelf: Engine.Shelf?
  /// Told the share of the work that is done.
  var progress: (Double) -> Void = { _ in }
  var isCancelled: () -> Bool = { false }

  func run(_ job: Job) throws(EngineError) -> Run {
    switch job {
    case .plot(let plot): try run(plot)
    case .train(let spec): try train(spec)
    case .signal(let spec): try signal(spec)
    case .check(let spec): try check(spec)
    case .trace(let spec): try trace(spec)
    case .graph(let graph): try run(graph)
    case .diagram(let diagram): try run(diagram)
    case .list: Run()
    case .dataset(let term, let seed): try dataset(term, seed)
    }
  }

  var engineFiles: Engine.Files { files.forEngine }

  // MARK: Functions

  private func run(_ plot: PlotJob) throws(EngineError) -> Run {
    var run = Run()
    if plot.isSchedules {
      var columns = [Run.Column("epoch", (1...plot.epochs).map(Double.init))]
      for function in plot.functions {
        let rates = try Engine.rates(of: function.term, base: plot.rate, epochs: plot.epochs)
        columns.append(Run.Column(function.label, rates.map(Self.roundedToFloat)))
        run.metrics += Self.extremes(of: rates, function.label)
      }
      run.tables = [Run.Table("curves", columns)]
      return run
    }
    // The points are the nearest to low + i·step, both ends exact, so that 0 is 0.
    let x = (0..<plot.points).map { index in
      let share = Double(index) / Double(plot.points - 1)
      return index == plot.points - 1
        ? plot.high : (plot.low * (1 - share) + plot.high * share).rounded(toDigits: 12)
    }
    var columns = [Run.Column("x", x)]
    var slopes = [Run.Column("x", x)]
    for function in plot.functions {
      let y = try Engine.curve(of: function.term, at: x)
      let dy = try Engine.curve(of: function.term, at: x, derivative: true)
      columns.append(Run.Column(function.label, y))
      slopes.append(Run.Column(function.label, dy))
      run.metrics += Self.extremes(of: y, function.label)
      run.metrics.append(
        Run.Metric(
          "steepest", [.init("function", function.label)],
          dy.reduce(0) { max($0, $1.magnitude) }))
    }
    run.tables = [Run.Table("curves", columns), Run.Table("derivatives", slopes)]
    return run
  }

  private static func extremes(of values: [Double], _ label: String) -> [Run.Metric] {
    [
      Run.Metric("least", [.init("function", label)], values.min() ?? .nan),
      Run.Metric("greatest", [.init("function", label)], values.max() ?? .nan),
    ]
  }

  private func run(_ graph: GraphJob) throws(EngineError) -> Run {
    let (values, gradients, edges) = try graph.expression.evaluated(
      at: graph.values, with: Elementary())
    var run = Run()
    run.metrics.append(Run.Metric("value", [], values.last ?? .nan))
    for (index, node) in graph.expression.nodes.enumerated() {
      if case .variable(let name) = node.operation {
        run.metrics.append(Run.Metric("gradient", [.init("of", name)], gradients[index]))
      }
    }
    run.tables = [
      Run.Table(
        "nodes",
        [
          Run.Column("node", graph.expression.nodes.indices.map { Double($0 + 1) }),
          Run.Column("name", graph.expression.names),
          Run.Column("value", values), Run.Column("gradient", gradients),
        ]),
      Run.Table(
        "edges",
        [
          Run.Column(
            "from", graph.expression.nodes.flatMap { $0.inputs.map { Double($0 + 1) } }),
          Run.Column(
            "to",
            graph.expression.nodes.enumerated().flatMap { index, node in
              node.inputs.map { _ in Double(index + 1) }
            }),
          Run.Column("gradient", edges.flatMap(\.self)),
        ]),
    ]
    return run
  }

  // MARK: Networks

  private func run(_ diagram: DiagramJob) throws(EngineError) -> Run {
    let description: NetworkDescription
    if let data = diagram.data {
      var spec = TrainingSpec(network: diagram.network, data: data)
      spec.seed = diagram.seed
      description = try Engine.describe(spec, files: engineFiles)
    } else {
      description = try Engine.describe(diagram.network, input: diagram.input ?? Shape(2))
    }
    var run = Run()
    run.add(description)
    return run
  }

  private func check(_ spec: TrainingSpec) throws(EngineError) -> Run {
    let outcome = try Engine.check(
      spec, files: engineFiles, shelf: shelf, isCancelled: isCancelled)
    var run = Run()
    run.metrics = [
      Run.Metric("loss", [], outcome.loss), Run.Metric("error", [], outcome.worst),
      Run.Metric("kinks", [], Double(outcome.rows.reduce(0) { $0 + $1.kinks })),
    ]
    run.add(outcome.description)
    run.tables.insert(
      Run.Table(
        "gradients",
        [
          Run.Column("layer", outcome.rows.map { Double($0.number) }),
          Run.Column("name", outcome.rows.map(\.layer)),
          Run.Column("parameter", outcome.rows.map(\.parameter)),
          Run.Column("count", outcome.rows.map { Double($0.count) }),
          Run.Column("analytic", outcome.rows.map(\.analytic)),
          Run.Column("numeric", outcome.rows.map(\.numeric)),
          Run.Column("error", outcome.rows.map(\.relativeError)),
          Run.Column("kinks", outcome.rows.map { Double($0.kinks) }),
        ]), at: 0)
    return run
  }

  private func trace(_ spec: TrainingSpec) throws(EngineError) -> Run {
    let outcome = try Engine.trace(spec, files: engineFiles, shelf: shelf)
    var run = Run()
    run.metrics = [
      Run.Metric("loss", [], outcome.loss), Run.Metric("loss_after", [], outcome.lossAfterUpdate),
    ]
    run.add(outcome.description)
    run.tables.insert(
      Run.Table(
        "matrices",
        [
          Run.Column("pass", outcome.matrices.map(\.pass.rawValue)),
          Run.Column("layer", outcome.matrices.map { $0.number.map(Double.init) ?? .nan }),
          Run.Column("symbol", outcome.matrices.map(\.symbol)),
          Run.Column("formula", outcome.matrices.map(\.formula)),
        ]), at: 0)
    run.grids = outcome.matrices.enumerated().map { index, matrix in
      Run.Grid("\(index + 1)", shape: [matrix.rows, matrix.columns], matrix.values)
    }
    return run
  }

  private func signal(_ spec: TrainingSpec) throws(EngineError) -> Run {
    let outcome = try Engine.signal(spec, files: engineFiles, shelf: shelf, kernels: kernels)
    var run = Run()
    run.metrics = [Run.Metric("loss", [], Self.roundedToFloat(outcome.loss))]
    run.add(outcome.description)
    let statistics = outcome.layers.map(\.statistics)
    for layer in outcome.layers {
      run.metrics += Self.metrics(of: layer.statistics)
      let selectors = [Run.Selector("layer", "\(layer.statistics.number)")]
      run.metrics.append(Run.Metric("units", selectors, Double(layer.units)))
      run.metrics.append(Run.Metric("distinct", selectors, Double(layer.distinctUnits)))
    }
    var columns = Self.columns(of: statistics)
    columns.append(Run.Column("units", outcome.layers.map { Double($0.units) }))
    columns.append(Run.Column("distinct", outcome.layers.map { Double($0.distinctUnits) }))
    run.tables.insert(Run.Table("signal", columns), at: 0)
    run.add(outcome.layers.map(\.outputs), named: "outputs")
    run.add(outcome.layers.map(\.gradients), named: "deltas")
    return run
  }

  static func columns(of statistics: [LayerStatistics]) -> [Run.Column] {
    func column(_ name: String, _ value: (LayerStatistics) -> Double) -> Run.Column {
      Run.Column(name, statistics.map { roundedToFloat(value($0)) })
    }
    return [
      column("layer") { Double($0.number) }, Run.Column("name", statistics.map(\.name)),
      column("mean", \.mean), column("variance", \.variance), column("saturated", \.saturated),
      column("active", \.active), column("gradient", \.gradientNorm),
      column("delta", \.deltaNorm), column("weight", \.weightNorm),
    ]
  }

  static func metrics(of layer: LayerStatistics) -> [Run.Metric] {
    let selectors = [Run.Selector("layer", "\(layer.number)")]
    let values = [
      ("mean", layer.mean), ("variance", layer.variance), ("saturated", layer.saturated),
      ("active", layer.active), ("sparsity", layer.sparsity), ("gradient", layer.gradientNorm),
      ("delta", layer.deltaNorm), ("weight", layer.weightNorm),
    ]
    return values.map { Run.Metric($0.0, selectors, roundedToFloat($0.1)) }
  }

  /// The number to `Float`'s precision, which is the one that was computed in, as its shortest decimal:
  /// what a file says and what a figure shows are then the same.
  static func roundedToFloat(_ value: Double) -> Double {
    let float = Float(value)
    guard value.isFinite, float.isFinite, float != 0 || value == 0 else { return value }
    return Double(shortest(float)) ?? value
  }
}

extension DataFiles {
  var forEngine: Engine.Files {
    let read = read
    return { path in if case .success(let bytes) = read(path) { bytes } else { nil } }
  }
}

extension Double {
  /// The nearest number with so many significant digits behind the point, for axes that should hit 0.
  fileprivate func rounded(toDigits digits: Int) -> Double {
    Double(fixed(self, digits)) ?? self
  }
}

extension Run {
  /// Layers, shapes and parameters.
  mutating func add(_ description: NetworkDescription) {
    metrics += [
      Metric("parameters", [], Double(description.parameterCount)),
      Metric("layers", [], Double(description.layers.compactMap(\.number).max() ?? 0)),
      Metric("multiply_adds", [], Double(description.multiplyAdds)),
    ]
    facts.append(Selector("input", description.input.description))
    facts.append(Selector("output", description.output.description))
    if let loss = description.loss { facts.append(Selector("loss", loss.description)) }
    tables.append(
      Table(
        "summary",
        [
          Column("layer", description.layers.map { $0.number.map(Double.init) ?? .nan }),
          Column("name", description.layers.map(\.label)),
          Column("input", description.layers.map(\.input.description)),
          Column("output", description.layers.map(\.output.description)),
          Column("parameters", description.layers.map { Double($0.parameterCount) }),
          Column("multiply_adds", description.layers.map { Double($0.multiplyAdds) }),
          Column("frozen", description.layers.map { $0.isFrozen ? 1 : 0 }),
          Column(
            "path",
            description.layers.map { $0.path.indices.map(String.init).joined(separator: ".") }),
        ]))
  }

  /// Histograms of one number of bins as a grid of counts and a table of their ends.
  mutating func add(_ histograms: [Histogram], named name: String) {
    let bins = histograms.map(\.counts.count).max() ?? 0
    guard bins > 0 else { return }
    tables.append(
      Table(
        "\(name).range",
        [
          Column("low", histograms.map { JobRunner.roundedToFloat($0.range.lowerBound) }),
          Column("high", histograms.map { JobRunner.roundedToFloat($0.range.upperBound) }),
        ]))
    grids.append(
      Grid(
        "\(name).counts", shape: [histograms.count, bins],
        histograms.flatMap { histogram in
          histogram.counts.map(Double.init)
            + [Double](repeating: 0, count: bins - histogram.counts.count)
        }))
  }
}

extension ScalarGraph {
  /// How each node reads: a variable's name, a number, `+`, `tanh`.
  var names: [String] {
    nodes.map { node in
      switch node.operation {
      case .variable(let name): name
      case .constant(let value): shortest(value)
      case .add: "+"
      case .subtract: "−"
      case .multiply: "×"
      case .divide: "÷"
      case .power: "^"
      case .negate: "−"
      case .function(let function): function.rawValue
      }
    }
  }
}

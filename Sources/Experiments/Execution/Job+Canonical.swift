import NeuralNetworks

extension Job {
  /// The work in one fixed form, every default spelled out: two blocks that mean the same have the
  /// same lines, whatever the order of their keys, their aliases, comments and looks.
  ///
  /// This is what a cached outcome is kept by, and what a result file says was run.
  var canonical: [Run.Selector] {
    switch self {
    case .plot(let plot):
      // The curves are named as the author named them, so the names are part of what is made.
      let functions = plot.functions.map { function in
        let text = function.term.description
        return function.label == text ? text : "\(text) as \(function.label)"
      }.joined(separator: "; ")
      return plot.isSchedules
        ? [
          .init("plot", functions), .init("rate", "\(plot.rate)"),
          .init("epochs", "\(plot.epochs)"),
        ]
        : [
          .init("plot", functions), .init("x", "\(plot.low)..\(plot.high)"),
          .init("points", "\(plot.points)"),
        ]
    case .train(let spec):
      return [.init("train", Self.text(spec.network))] + shared(spec) + training(spec)
    case .signal(let spec): return [.init("signal", Self.text(spec.network))] + shared(spec)
    case .check(let spec): return [.init("check", Self.text(spec.network))] + shared(spec)
    case .trace(let spec):
      return [.init("trace", Self.text(spec.network))] + shared(spec)
        + [.init("optimizer", spec.optimizer.description)]
    case .graph(let graph):
      let values = graph.values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      return [
        .init("graph", graph.expression.canonical), .init("at", values.joined(separator: " ")),
      ]
    case .diagram(let diagram):
      return [
        .init("diagram", Self.text(diagram.network)),
        .init("input", diagram.input?.description ?? diagram.data?.description ?? ""),
        .init("seed", "\(diagram.seed)"),
      ]
    case .list(.kind(let name)): return [.init("list", name)]
    case .list(.entries(let entries)):
      return [
        .init("list", entries.map { "\($0.kind.rawValue) \($0.name)" }.joined(separator: "; "))
      ]
    case .dataset(let term, let seed):
      return [.init("dataset", term.description), .init("seed", "\(seed)")]
    }
  }

  /// The files that the work reads.
  var paths: [String] {
    switch self {
    case .train(let spec), .signal(let spec), .check(let spec), .trace(let spec):
      Engine.paths(of: spec)
    default: data.flatMap { Engine.paths(of: $0) }
    }
  }

  /// The data sets that the work reads.
  var data: [Term] {
    switch self {
    case .train(let spec): [spec.data] + (spec.pretrainingData.map { [$0] } ?? [])
    case .signal(let spec), .check(let spec), .trace(let spec): [spec.data]
    case .diagram(let diagram): diagram.data.map { [$0] } ?? []
    case .dataset(let term, _): [term]
    default: []
    }
  }

  private func shared(_ spec: TrainingSpec) -> [Run.Selector] {
    [
      .init("data", spec.data.description),
      .init("standardise", "\(spec.standardizes)"),
      .init("init", spec.initializer?.description ?? "default"),
      .init("loss", spec.loss?.description ?? "default"),
      .init("batch", "\(spec.batch)"),
      .init("seed", "\(spec.seed)"),
    ]
  }

  private func training(_ spec: TrainingSpec) -> [Run.Selector] {
    var lines: [Run.Selector] = [
      .init("test", "\(spec.testShare)"), .init("optimizer", spec.optimizer.description),
    ]
    switch spec.length {
    case .epochs(let count): lines.append(.init("epochs", "\(count)"))
    case .steps(let count): lines.append(.init("steps", "\(count)"))
    }
    func add(_ name: String, _ value: String?) {
      if let value { lines.append(.init(name, value)) }
    }
    add("schedule", spec.schedule?.description)
    add("clip", spec.clipNorm?.description)
    add("clip_value", spec.clipValue?.description)
    add("weight_decay", spec.weightDecay?.description)
    add("pretrain", spec.pretraining?.description)
    add("pretrain_data", spec.pretrainingData?.description)
    add("stop", spec.stop?.description)
    if spec.recordings.rawValue != 0 { add("record", "\(spec.recordings.rawValue)") }
    if !spec.frameEpochs.isEmpty {
      add("frames", spec.frameEpochs.map(String.init).joined(separator: " "))
    }
    return lines
  }

  private static func text(_ layers: [LayerSpec]) -> String {
    let items = layers.map { layer in
      switch layer {
      case .term(let term): term.description
      case .repeated(let times, let inside): "{repeat \(times): \(text(inside))}"
      case .residual(let inside): "{residual: \(text(inside))}"
      case .frozen(let inside): "{freeze: \(text(inside))}"
      case .branches(let branches, let join):
        "{branches \(join.rawValue): [\(branches.map(text).joined(separator: ", "))]}"
      }
    }
    return "[\(items.joined(separator: ", "))]"
  }
}

extension ScalarGraph {
  var canonical: String {
    nodes.map { node in
      let name: String =
        switch node.operation {
        case .variable(let name): name
        case .constant(let value): "\(value)"
        case .function(let function): function.rawValue
        default: "\(node.operation)"
        }
      return ([name] + node.inputs.map(String.init)).joined(separator: " ")
    }.joined(separator: "; ")
  }
}

extension Term {
  /// The data set that `transfer` names.
  var otherDataName: String? {
    guard kind == .pretraining,
      case .word(let name)? = arguments.first(where: { $0.name == "data" })?.value
    else { return nil }
    return name
  }
}

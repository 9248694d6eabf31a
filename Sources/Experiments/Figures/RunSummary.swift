import DecimalText
import Localization
import Markup
import NeuralNetworks

/// What was run, in one sentence: the network, the data, how long, from which seed.
struct RunSummary {
  let text: String

  init(_ experiment: Experiment, _ words: Words) {
    guard let plan = experiment.plans.first else {
      text = ""
      return
    }
    var parts: [String] = []
    switch plan.job {
    case .train(let spec):
      parts = [Self.network(spec.network, experiment, words), Self.data(spec, experiment)]
      let optimizer = Self.short(spec.optimizer)
      switch spec.length {
      case .epochs(let count):
        parts.append(words(.epochsTrained(count: count, optimizer: optimizer)))
      case .steps(let count): parts.append(words(.stepsTrained(count: count, optimizer: optimizer)))
      }
      parts.append(words(.batchSize(count: spec.batch)))
      if let initializer = spec.initializer { parts.append(Self.short(initializer)) }
      parts.append(Self.seeds(experiment, spec.seed, words))
    case .signal(let spec), .check(let spec):
      parts = [Self.network(spec.network, experiment, words), Self.data(spec, experiment)]
      if let initializer = spec.initializer { parts.append(Self.short(initializer)) }
      parts += [words(.batchSize(count: spec.batch)), Self.seeds(experiment, spec.seed, words)]
    case .trace(let spec):
      parts = [
        Self.network(spec.network, experiment, words), Self.data(spec, experiment),
        words(.batchSize(count: spec.batch)), Self.short(spec.optimizer),
        Self.seeds(experiment, spec.seed, words),
      ]
    case .dataset(let term, let seed):
      parts = [Self.short(term), words(.seed(seed: seed))]
    case .graph(let graph):
      let values = graph.values.sorted { $0.key < $1.key }
      parts = values.map { "\($0.key) = \(shortest($0.value))" }
    case .plot, .diagram, .list: break
    }
    parts.removeAll { $0.isEmpty }
    text = parts.isEmpty ? "" : parts.joined(separator: words(.semicolon)) + words(.sentenceEnd)
  }

  private static func seeds(
    _ experiment: Experiment, _ seed: UInt64, _ words: Words
  ) -> String {
    let count = Set(experiment.plans.compactMap(\.seed)).count
    return count > 1
      ? words(.seeds(first: seed, last: seed + UInt64(count) - 1)) : words(.seed(seed: seed))
  }

  /// The network as written where every run has the same, else what varies stays a variable.
  private static func network(
    _ layers: [LayerSpec], _ experiment: Experiment, _ words: Words
  ) -> String {
    let networks = Set(experiment.plans.map { $0.job.networkText(words) })
    if networks.count > 1 {
      return experiment.variables.map { variable in
        let values = variable.values
        return values.count <= 6
          ? "\(variable.name) \(values.joined(separator: ", "))"
          : "\(variable.name) \(values[0]) … \(values[values.count - 1])"
      }.joined(separator: words(.semicolon))
    }
    return text(layers, words)
  }

  static func text(_ layers: [LayerSpec], _ words: Words) -> String {
    layers.map { layer in
      switch layer {
      case .term(let term): short(term)
      case .repeated(let times, let inside): "\(times) × (\(text(inside, words)))"
      case .residual(let inside): "x + (\(text(inside, words)))"
      case .frozen(let inside): words(.frozen(layers: text(inside, words)))
      case .branches(let branches, let join):
        words(
          .joined(
            join: join.rawValue,
            branches: branches.map { text($0, words) }.joined(separator: " | ")))
      }
    }.joined(separator: ", ")
  }

  private static func data(_ spec: TrainingSpec, _ experiment: Experiment) -> String {
    let all = Set(experiment.plans.compactMap { $0.job.data.first?.description })
    return all.count > 1 ? "" : short(spec.data)
  }

  /// A term without the arguments that have their defaults, and the name of the first argument left
  /// out where it stands by position.
  static func short(_ term: Term) -> String {
    guard let entry = Registry.entry(term.kind, term.name) else { return term.description }
    var words = [term.name]
    for (index, argument) in term.arguments.enumerated() {
      let parameter = entry.parameter(argument.name)
      let isFirst = index == 0 && parameter?.isPositional == true
      if parameter?.defaultValue == argument.value, term.kind != .dataset, term.kind != .optimizer {
        continue
      }
      if parameter?.defaultValue == argument.value, !isFirst, argument.name != "rate",
        argument.name != "noise"
      {
        continue
      }
      words.append(
        isFirst && (term.kind == .layer || term.kind == .activation)
          ? "\(argument.value)" : "\(argument.name)=\(argument.value)")
    }
    return words.joined(separator: " ")
  }
}

extension Job {
  fileprivate func networkText(_ words: Words) -> String {
    switch self {
    case .train(let spec), .signal(let spec), .check(let spec), .trace(let spec):
      RunSummary.text(spec.network, words)
    case .diagram(let diagram): RunSummary.text(diagram.network, words)
    default: ""
    }
  }
}

import DecimalText
import Localization
import Markup
import NeuralNetworks

/// A one-sentence summary of the run: the network, the data, the length, the seed.
struct RunSummary {
  let text: String

  init(_ experiment: Experiment, _ words: Words) {
    guard let plan = experiment.plans.first else {
      text = ""
      return
    }
    let clauses = experiment.verb.definition.clauses(plan, of: experiment, words)
      .filter { !$0.isEmpty }
    text =
      clauses.isEmpty ? "" : clauses.joined(separator: words(.semicolon)) + words(.sentenceEnd)
  }

  /// The clauses of a verb that feeds samples to an untrained network.
  static func clauses(
    of spec: TrainingSpec, _ experiment: Experiment, _ words: Words
  ) -> [String] {
    [
      network(spec.network, experiment, words), data(spec, experiment),
      spec.initializer.map(short) ?? "", words(.batchSize(count: spec.batch)),
      seeds(experiment, spec.seed, words),
    ]
  }

  /// The seed, or the range of seeds of the repeats.
  static func seeds(
    _ experiment: Experiment, _ seed: UInt64, _ words: Words
  ) -> String {
    let count = Set(experiment.plans.compactMap(\.seed)).count
    return count > 1
      ? words(.seeds(first: seed, last: seed + UInt64(count) - 1)) : words(.seed(seed: seed))
  }

  /// The network as written if all runs have the same; otherwise the variables and their values.
  static func network(
    _ layers: [LayerSpec], _ experiment: Experiment, _ words: Words
  ) -> String {
    let networks = Set(experiment.plans.map { text($0.job.network, words) })
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

  /// The data set; empty if the runs have different ones.
  static func data(_ spec: TrainingSpec, _ experiment: Experiment) -> String {
    let all = Set(experiment.plans.compactMap { $0.job.data.first?.description })
    return all.count > 1 ? "" : short(spec.data)
  }

  /// A term without most arguments that have their defaults, and without the name of a first
  /// argument that is positional.
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

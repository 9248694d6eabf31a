package import Diagnostics
import NeuralNetworks

/// A block that has been read and checked: what to run, and how to show it.
package struct Experiment: Hashable, Sendable {
  /// The block's id on its page: the one after `nn`, else `nn-3` for the third block.
  package let id: String
  /// The page that has it, as inline values name it.
  package let page: String
  package let verb: Verb
  /// The article.
  package let file: SourceFile
  /// The block's first line in the article, for messages about the block as a whole.
  package let range: Range<Int>
  /// The block as it was written.
  package let text: String
  /// What `vary` names, in its order.
  package internal(set) var variables: [Variable]
  /// The runs in their order: the seed varies fastest, then the last variable.
  var plans: [RunPlan]
  let claims: [Claim]
  var display: Display
  /// What the runs cost together.
  package internal(set) var cost: ExperimentCost

  package struct Variable: Hashable, Sendable {
    package var name: String
    /// As written, without the spaces around them.
    package var values: [String]
  }

  /// How the result is shown; nothing here is part of what is run.
  struct Display: Hashable, Sendable {
    var show: [Show] = []
    var caption: String?
    var alternative: String?
    var width: Int?
    var height: Int?
    var echo: ExperimentSettings.Echo = .hidden
    var slider: String?
    var scale = "auto"
    /// What the verb's own options of display say, by their names.
    var choices: [String: [String]] = [:]

    /// The words or numbers of one of the verb's own options.
    subscript(option: BlockOption) -> [String] { choices[option.name] ?? [] }

    /// Significant digits of the numbers shown, for verbs that have the option.
    var digits: Int { self[.digits].first.flatMap { Int($0) } ?? 4 }
  }
}

/// One run of an experiment.
struct RunPlan: Sendable {
  /// What `vary` gave each variable, in its order.
  var variables: [NamedValue]
  /// Set where the block has repeats.
  var seed: Int?
  var job: any Job
  /// The parts of the block in the article, for the engine's errors.
  var places: SourceRanges
  /// What it costs, known once the block was checked.
  var cost = JobCost()
}

extension RunPlan {
  /// The job of the verb that made the plan.
  func job<Work: Job>(as type: Work.Type) -> Work {
    guard let job = job as? Work else { preconditionFailure("\(job) is no \(type)") }
    return job
  }
}

extension RunPlan: Hashable {
  static func == (a: RunPlan, b: RunPlan) -> Bool {
    a.variables == b.variables && a.seed == b.seed && a.places == b.places && a.cost == b.cost
      && a.job.isEqual(to: b.job)
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(variables)
    hasher.combine(seed)
    job.hash(into: &hasher)
  }
}

/// The ranges in the article of the parts of one run's block.
struct SourceRanges: Hashable, Sendable {
  var network: [LayerPath: Range<Int>] = [:]
  var options: [String: Range<Int>] = [:]
  /// The paths of data files.
  var files: [String: Range<Int>] = [:]
  /// The words of `show`.
  var show: [Show: Range<Int>] = [:]
  var verb: Range<Int>

  /// The place of a layer, or of the nearest one around it.
  func layer(_ path: LayerPath) -> Range<Int> {
    var indices = path.indices
    while !indices.isEmpty {
      if let range = network[LayerPath(indices)] { return range }
      indices.removeLast()
    }
    return verb
  }
}

/// What an experiment costs, known before it is run.
package struct ExperimentCost: Hashable, Sendable {
  package struct Factor: Hashable, Sendable {
    package var name: String
    package var value: Double
  }

  /// See `Cost.operations`.
  package var operations: Double
  /// Of the run that needs most, its data included.
  package var bytes: Int
  /// Numbers of all results.
  package var numbers: Double
  /// The largest first.
  package var factors: [Factor]
}

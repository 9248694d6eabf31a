package import Diagnostics
import NeuralNetworks

/// A parsed and checked block: the runs, and how to show their results.
package struct Experiment: Hashable, Sendable {
  /// The block's id on its page: the word after `nn`, or `nn-3` for an unnamed third block.
  package let id: String
  /// The name of the block's page, as used by inline values.
  package let page: String
  package let verb: Verb
  /// The article.
  package let file: SourceFile
  /// The block's first line in the article, for messages about the block as a whole.
  package let range: Range<Int>
  /// The block's source text.
  package let text: String
  /// The variables of `vary`, in order.
  package internal(set) var variables: [Variable]
  /// The runs in order: the seed varies fastest, then the last variable.
  var plans: [RunPlan]
  let claims: [Claim]
  var display: Display
  /// The total cost of the runs.
  package internal(set) var cost: ExperimentCost

  package struct Variable: Hashable, Sendable {
    package var name: String
    /// As written, without surrounding spaces.
    package var values: [String]
  }

  /// Display settings of the result; none of them affects the runs.
  struct Display: Hashable, Sendable {
    var show: [Show] = []
    var caption: String?
    var alternative: String?
    var width: Int?
    var height: Int?
    var echo: ExperimentSettings.Echo = .hidden
    var slider: String?
    var scale = "auto"
    /// Values of the verb's own display options, by option name.
    var choices: [String: [String]] = [:]

    /// The words or numbers of one of the verb's own display options.
    subscript(option: BlockOption) -> [String] { choices[option.name] ?? [] }

    /// Significant digits of the numbers shown, for verbs with the option; 4 otherwise.
    var digits: Int { self[.digits].first.flatMap { Int($0) } ?? 4 }
  }
}

/// One run of an experiment.
struct RunPlan: Sendable {
  /// The value of each variable of `vary`, in order.
  var variables: [NamedValue]
  /// The run's seed, if the block has repeats.
  var seed: Int?
  var job: any Job
  /// Ranges of the block's parts in the article, for the engine's errors.
  var places: SourceRanges
  /// The run's cost, known once the block has been checked.
  var cost = JobCost()
}

extension RunPlan {
  /// The job as the type used by the plan's verb.
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

  /// The range of a layer, or of the innermost structure around it with a range.
  func layer(_ path: LayerPath) -> Range<Int> {
    var indices = path.indices
    while !indices.isEmpty {
      if let range = network[LayerPath(indices)] { return range }
      indices.removeLast()
    }
    return verb
  }
}

/// The cost of an experiment, known before it is run.
package struct ExperimentCost: Hashable, Sendable {
  package struct Factor: Hashable, Sendable {
    package var name: String
    package var value: Double
  }

  /// See `Cost.operations`.
  package var operations: Double
  /// Peak memory of the largest run, including its data.
  package var bytes: Int
  /// Number of values in all results.
  package var numbers: Double
  /// The factors of the cost, largest first.
  package var factors: [Factor]
}

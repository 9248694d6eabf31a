import NeuralNetworks

/// The computation of one run: everything that its result depends on besides data files and the
/// engine. Each verb has its own type.
protocol Job: Hashable, Sendable {
  /// The job in canonical form, with every default included: equivalent blocks have the same lines,
  /// whatever the order of keys, aliases, comments and display options.
  ///
  /// The lines are part of a cached outcome's key, and a result file records them as the run's
  /// settings.
  var canonical: [NamedValue] { get }

  /// The data sets that the job reads.
  var data: [Term] { get }

  /// The data files that the job reads.
  var paths: [String] { get }

  /// The seed of the random generator. Setting it has no effect on jobs without random numbers.
  var seed: UInt64 { get set }

  /// The network of the job; empty if it has none.
  var network: [LayerSpec] { get }

  /// The training that produces weights to export; `nil` if there is none.
  var training: TrainingSpec? { get }

  /// Whether running the job is faster than a cache lookup; its outcome is then not cached.
  var isUncached: Bool { get }

  /// Selectors that claims and inline values may omit because they have a single value.
  var impliedSelectors: [String] { get }

  /// Adds recordings for what the block shows and claims.
  ///
  /// - Parameters:
  ///   - shown: The words of `show`, and those that record the results used in claims.
  ///   - slider: The `slider` of the block.
  mutating func record(_ shown: [Show], slider: String?)

  /// The cost of the job, computed without running it.
  ///
  /// - Throws: An error if the engine rejects the job, or if the result cannot be shown as
  ///   requested.
  func cost(in context: CostContext) throws(EngineError) -> JobCost

  /// Why a single word of `show` cannot be shown; `nil` if it can.
  func refusal(of word: Show, in context: CostContext) -> String?

  /// Runs the job: the engine's numbers in, a ``Run`` out.
  func run(in environment: RunEnvironment) throws(EngineError) -> Run
}

extension Job {
  /// Whether another job has the same type and settings.
  func isEqual(to other: any Job) -> Bool { (other as? Self) == self }
}

// Defaults that hold for most verbs.
extension Job {
  var data: [Term] { [] }
  var paths: [String] { data.flatMap { Engine.paths(of: $0) } }
  var seed: UInt64 {
    get { 0 }
    set {}
  }
  var network: [LayerSpec] { [] }
  var training: TrainingSpec? { nil }
  var isUncached: Bool { false }
  var impliedSelectors: [String] { [] }
  mutating func record(_ shown: [Show], slider: String?) {}
  func refusal(of word: Show, in context: CostContext) -> String? { nil }
}

/// A job about a network with samples; its settings are the engine's.
protocol NetworkJob: Job {
  var spec: TrainingSpec { get set }
}

extension NetworkJob {
  var data: [Term] { [spec.data] }
  var paths: [String] { Engine.paths(of: spec) }
  var seed: UInt64 {
    get { spec.seed }
    set { spec.seed = newValue }
  }
  var network: [LayerSpec] { spec.network }

  /// The first lines of ``canonical``, common to all jobs with samples.
  func sharedLines(_ verb: String) -> [NamedValue] {
    [
      .init(verb, spec.network.canonical),
      .init("data", spec.data.description),
      .init("standardize", "\(spec.standardizes)"),
      .init("init", spec.initializer?.description ?? "default"),
      .init("loss", spec.loss?.description ?? "default"),
      .init("batch", "\(spec.batch)"),
      .init("seed", "\(spec.seed)"),
    ]
  }
}

extension [LayerSpec] {
  /// The network in canonical form, with every default included.
  var canonical: String {
    let items = map { layer in
      switch layer {
      case .term(let term): term.description
      case .repeated(let times, let inside): "{repeat \(times): \(inside.canonical)}"
      case .residual(let inside): "{residual: \(inside.canonical)}"
      case .frozen(let inside): "{freeze: \(inside.canonical)}"
      case .branches(let branches, let join):
        "{branches \(join.rawValue): [\(branches.map(\.canonical).joined(separator: ", "))]}"
      }
    }
    return "[\(items.joined(separator: ", "))]"
  }
}

import NeuralNetworks

/// What one run does: everything that its result depends on besides data files and the engine. Each
/// verb has a type of its own.
protocol Job: Hashable, Sendable {
  /// The job in one fixed form, every default spelled out: two blocks that mean the same have the same
  /// lines, with any order of keys, aliases, comments and display options.
  ///
  /// A cached outcome is found by these lines, and a result file says by them what was run.
  var canonical: [NamedValue] { get }

  /// The data sets that the job reads.
  var data: [Term] { get }

  /// The data files that the job reads.
  var paths: [String] { get }

  /// Names the random numbers. Setting it changes nothing where there are none.
  var seed: UInt64 { get set }

  /// The network that the job is about; empty where it is about none.
  var network: [LayerSpec] { get }

  /// The training that ends with weights worth keeping.
  var training: TrainingSpec? { get }

  /// Whether the job takes less time than a look into the cache: then its outcome is not cached.
  var isUncached: Bool { get }

  /// Selectors of metrics that claims and prose need not name, since they have one value.
  var impliedSelectors: [String] { get }

  /// Asks for what the block shows and claims.
  ///
  /// - Parameters:
  ///   - shown: The words of `show`, and those that record what the claims name.
  ///   - slider: The `slider` of the block.
  mutating func record(_ shown: [Show], slider: String?)

  /// What the job costs; nothing is run for it.
  ///
  /// - Throws: What the engine refuses of it, and what cannot be shown of it.
  func cost(in context: CostContext) throws(EngineError) -> JobCost

  /// Why one word of `show` cannot be shown, where that can be said of the word alone.
  func refusal(of word: Show, in context: CostContext) -> String?

  /// Runs the job: the engine's numbers in, a ``Run`` out.
  func run(in environment: RunEnvironment) throws(EngineError) -> Run
}

extension Job {
  /// Whether another job is of the same verb and does the same.
  func isEqual(to other: any Job) -> Bool { (other as? Self) == self }
}

// What holds for most verbs.
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

/// A job that gives a network samples: its settings are the engine's.
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

  /// The lines of ``canonical`` that all jobs with samples begin with.
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
  /// The network in one fixed form, every default spelled out.
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

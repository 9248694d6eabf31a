import NeuralNetworks

/// A table of the reference: all entries of a kind, or some entries.
enum ListJob: Job {
  case kind(String)
  case entries([ListedName])

  struct ListedName: Hashable, Sendable {
    var kind: Kind
    var name: String
  }

  var isUncached: Bool { true }

  var canonical: [NamedValue] {
    switch self {
    case .kind(let name): [.init("list", name)]
    case .entries(let entries):
      [.init("list", entries.map { "\($0.kind.rawValue) \($0.name)" }.joined(separator: "; "))]
    }
  }

  /// Computes nothing: the figure is made from the registry.
  func run(in environment: RunEnvironment) throws(EngineError) -> Run { Run() }
}

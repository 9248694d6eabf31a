/// Everything that the engine has a name for.
///
/// Experiments reads diagnostics, reference tables and the schema of its blocks from here, and the
/// engine reads its terms by the same names: an entry without an implementation fails a test.
package enum Registry {
  package static let entries: [RegistryEntry] =
    activations + vectorActivations + initializers + layers + losses + optimizers + schedules
    + datasets + pretrainings + stoppings

  /// The entries of one kind, in the order a reference table shows them.
  package static func entries(of kind: Kind) -> [RegistryEntry] {
    entries.filter { $0.kind == kind }
  }

  /// The entry that a name or one of its aliases means.
  package static func entry(_ kind: Kind, _ name: String) -> RegistryEntry? {
    index[kind]?[name].map { entries[$0] }
  }

  /// Every name of a kind, aliases included: what a misspelt one is compared with.
  package static func names(of kind: Kind) -> [String] {
    entries(of: kind).flatMap { [$0.name] + $0.aliases }
  }

  /// The term of `name` with the arguments given and the defaults for the rest.
  package static func term(
    _ kind: Kind, _ name: String, _ arguments: [String: Argument] = [:]
  ) throws(EngineError) -> Term {
    guard let entry = entry(kind, name) else { throw .unknownName(kind, name) }
    return try entry.term(arguments)
  }

  private static let index: [Kind: [String: Int]] = {
    var index: [Kind: [String: Int]] = [:]
    for (position, entry) in entries.enumerated() {
      for name in [entry.name] + entry.aliases {
        let former = index[entry.kind, default: [:]].updateValue(position, forKey: name)
        precondition(former == nil, "two \(entry.kind.rawValue) entries are named \(name)")
      }
    }
    return index
  }()
}

/// All names that the engine knows.
///
/// `Experiments` derives diagnostics, reference tables and the schema of its blocks from it, and
/// the engine looks its terms up by the same names. A test fails for an entry without an
/// implementation.
package enum Registry {
  /// All entries, in the order of reference tables.
  package static let entries: [RegistryEntry] =
    activations + vectorActivations + initializers + layers + losses + optimizers + schedules
    + datasets + pretrainings + stoppings

  /// The entries of one kind, in the order of reference tables.
  package static func entries(of kind: Kind) -> [RegistryEntry] {
    entries.filter { $0.kind == kind }
  }

  /// The entry with this name or alias; nil where there is none.
  package static func entry(_ kind: Kind, _ name: String) -> RegistryEntry? {
    index[kind]?[name].map { entries[$0] }
  }

  /// Every name of a kind, aliases included: the candidates for a misspelled one.
  package static func names(of kind: Kind) -> [String] {
    entries(of: kind).flatMap { [$0.name] + $0.aliases }
  }

  /// A term with these arguments, and defaults for the others.
  ///
  /// - Throws: `EngineError.unknownName` or `.argument`.
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
        let existing = index[entry.kind, default: [:]].updateValue(position, forKey: name)
        precondition(existing == nil, "two \(entry.kind.rawValue) entries are named \(name)")
      }
    }
    return index
  }()
}

extension Verb: CaseIterable {
  /// All verbs, in the order of the reference; each has a folder beside this file.
  package static let allCases: [Verb] = [
    plot, train, signal, check, graph, trace, diagram, list, dataset,
  ]
}

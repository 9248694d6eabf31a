extension Verb: CaseIterable {
  /// Every verb, in the order of the reference: each is a folder beside this file.
  package static let allCases: [Verb] = [
    plot, train, signal, check, graph, trace, diagram, list, dataset,
  ]
}

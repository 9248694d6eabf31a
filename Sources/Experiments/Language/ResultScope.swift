/// The results that a block has, as far as its text says: enough to check the names in a claim, also
/// of a block whose other lines have errors.
struct ResultScope: Hashable, Sendable {
  var verb: Verb
  /// What `vary` gives; `nil` where `vary` has errors, so that selectors cannot be checked.
  var variables: [Experiment.Variable]?
  /// The seeds of the runs, where the block has repeats.
  var seeds: Seeds
  /// Selectors of metrics that need not be named, since they have one value: the function of a `plot`
  /// that draws one only.
  var impliedSelectors: [String]

  enum Seeds: Hashable, Sendable {
    case none
    case some([Int])
    /// There are repeats, and an error hides how many.
    case unknown
  }
}

extension Experiment {
  var scope: ResultScope {
    let seeds = plans.compactMap(\.seed)
    return ResultScope(
      verb: verb, variables: variables, seeds: seeds.isEmpty ? .none : .some(seeds),
      impliedSelectors: plans.first?.job.impliedSelectors ?? [])
  }
}

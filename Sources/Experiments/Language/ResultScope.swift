/// Which results a block has, as far as its text tells: enough to see whether a name in a claim means
/// one, also of a block whose other lines are mistaken.
struct ResultScope: Hashable, Sendable {
  var verb: Verb
  /// What `vary` gives; `nil` when `vary` itself is mistaken, so that nothing can be said of selectors.
  var variables: [Experiment.Variable]?
  /// The seeds of the runs, where the block has repeats.
  var seeds: Seeds
  /// Selectors of metrics that need not be named, since they have one value: the function of a `plot`
  /// that draws one only.
  var impliedSelectors: [String]

  enum Seeds: Hashable, Sendable {
    case none
    case some([Int])
    /// There are repeats, and what is mistaken hides which.
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

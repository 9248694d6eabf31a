/// The results of a block that are known from its text: enough to check the names in a claim, even
/// if other lines of the block have errors.
struct ResultScope: Hashable, Sendable {
  var verb: Verb
  /// The variables of `vary`; `nil` if `vary` has errors, in which case selectors are not checked.
  var variables: [Experiment.Variable]?
  /// The seeds of the runs, if the block has repeats.
  var seeds: Seeds
  /// Selectors that may be omitted because they have a single value: the function of a `plot` that
  /// draws only one.
  var impliedSelectors: [String]

  enum Seeds: Hashable, Sendable {
    case none
    case some([Int])
    /// There are repeats, but an error hides their number.
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

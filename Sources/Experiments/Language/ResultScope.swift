import NeuralNetworks

/// Which results a block has, as far as its text tells: enough to see whether a name in a claim means
/// one, also of a block whose other lines are mistaken.
struct ResultScope: Hashable, Sendable {
  var verb: Verb
  /// What `vary` gives; `nil` when `vary` itself is mistaken, so that nothing can be said of selectors.
  var variables: [Experiment.Variable]?
  /// The seeds of the runs, where the block has repeats.
  var seeds: Seeds
  /// Whether a `plot` draws one function only, which then needs no selector.
  var hasOneFunction: Bool

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
    var functions = 0
    if case .plot(let plot)? = plans.first?.job { functions = plot.functions.count }
    return ResultScope(
      verb: verb, variables: variables, seeds: seeds.isEmpty ? .none : .some(seeds),
      hasOneFunction: functions == 1)
  }
}

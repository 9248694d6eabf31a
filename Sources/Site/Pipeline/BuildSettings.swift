package import Experiments
package import Storage

/// The settings of a build from the command line; those of the site are its ``Configuration``.
package struct BuildSettings: Hashable, Sendable {
  /// How many threads may work at once; the output does not depend on it.
  package var jobs: Int
  /// Whether articles with `draft: true` are built too.
  package var includesDrafts: Bool
  /// Whether warnings keep the site from being written, as errors do.
  package var warningsAreErrors: Bool
  /// Whether an experiment that neither the cache nor the committed results hold is reported as an error
  /// instead of being run.
  package var isFrozen: Bool

  /// By default, a build of all published articles on one thread.
  ///
  /// - Parameter jobs: A number below 1 counts as 1.
  package init(
    jobs: Int = 1, includesDrafts: Bool = false, warningsAreErrors: Bool = false,
    isFrozen: Bool = false
  ) {
    self.jobs = max(1, jobs)
    self.includesDrafts = includesDrafts
    self.warningsAreErrors = warningsAreErrors
    self.isFrozen = isFrozen
  }
}

/// What a build may use besides its inputs; the output does not depend on it.
package struct BuildEnvironment: Sendable {
  /// The cache of formulas, code and experiments; with `nil` everything is computed.
  package var cache: Cache?
  /// What experiments are computed with.
  package var kernels: EngineKernels
  /// The results of the existing site, used when ``BuildSettings/isFrozen`` is set.
  package var committedResults: CommittedResults
  /// Called with the progress of the build, from any thread.
  package var progress: @Sendable (BuildProgress) -> Void
  /// Called often; once it gives true, the build ends soon and with ``SiteBuild/wasCanceled``.
  package var isCancelled: @Sendable () -> Bool

  /// The default environment has no cache, the fastest kernels and no committed results.
  package init(
    cache: Cache? = nil, kernels: EngineKernels = .best,
    committedResults: CommittedResults = .none,
    progress: @escaping @Sendable (BuildProgress) -> Void = { _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.cache = cache
    self.kernels = kernels
    self.committedResults = committedResults
    self.progress = progress
    self.isCancelled = isCancelled
  }
}

/// The progress of a build.
package struct BuildProgress: Hashable, Sendable {
  /// The steps that are reported, in their order.
  package enum Step: String, Hashable, Sendable, CaseIterable {
    case read, parse, experiments, typeset, render, check
  }

  /// The step that has started or goes on.
  package var step: Step
  /// From 0 to 1 within the step.
  package var fraction: Double
  /// The current item, such as `article.md#moons`; may be empty.
  package var detail: String

  /// The progress at the start of a step, unless a fraction is given.
  package init(_ step: Step, _ fraction: Double = 0, detail: String = "") {
    self.step = step
    self.fraction = fraction
    self.detail = detail
  }
}

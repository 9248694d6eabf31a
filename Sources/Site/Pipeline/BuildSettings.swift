package import Experiments
package import Storage

/// The settings of one build, from the command line; the site's own settings are its
/// ``Configuration``.
package struct BuildSettings: Hashable, Sendable {
  /// How many threads may work at once; the output does not depend on it.
  package var jobs: Int
  /// Whether articles with `draft: true` are built too.
  package var includesDrafts: Bool
  /// Whether warnings keep the site from being written, as errors do.
  package var warningsAreErrors: Bool
  /// Whether an experiment that is in neither the cache nor the committed results is reported as an
  /// error instead of being run.
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

/// The services that a build may use besides its inputs. The output does not depend on them.
package struct BuildEnvironment: Sendable {
  /// The cache of formulas, code and experiments; with `nil` everything is computed.
  package var cache: Cache?
  /// The kernels that compute experiments.
  package var kernels: EngineKernels
  /// The results of the existing site, used when ``BuildSettings/isFrozen`` is set.
  package var committedResults: CommittedResults
  /// Called with the progress of the build, from any thread.
  package var progress: @Sendable (BuildProgress) -> Void
  /// Polled during the build; once it returns `true`, the build soon ends with
  /// ``SiteBuild/wasCanceled`` set.
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
  /// The reported steps, in order.
  package enum Step: String, Hashable, Sendable, CaseIterable {
    case read, parse, experiments, typeset, render, check
  }

  /// The step in progress.
  package var step: Step
  /// The completed part of the step, from 0 to 1.
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

package import Experiments
package import Storage

/// What the command line says about a build; what the site says stands in its ``Configuration``.
package struct BuildSettings: Hashable, Sendable {
  /// How many threads may work at once. Never shows in what is built.
  package var jobs: Int
  /// Whether articles with `draft: true` are built too.
  package var includesDrafts: Bool
  /// Whether warnings keep the site from being written, as errors do.
  package var warningsAreErrors: Bool
  /// Whether an experiment that neither the cache nor the committed results hold is an error instead
  /// of being run.
  package var isFrozen: Bool

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

/// What a build may use beside its inputs, none of which shows in what it builds.
package struct BuildEnvironment: Sendable {
  /// Where formulas, code and experiments are kept between builds; `nil` computes everything.
  package var cache: Cache?
  /// What experiments are computed with.
  package var kernels: EngineKernels
  /// The results of the site that is there, asked when frozen.
  package var committedResults: CommittedResults
  /// Told as the build goes on, from any thread.
  package var progress: @Sendable (BuildProgress) -> Void
  /// Asked often; a build that is no longer wanted ends soon and with ``SiteBuild/wasCanceled``.
  package var isCancelled: @Sendable () -> Bool

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

/// How far a build has come.
package struct BuildProgress: Hashable, Sendable {
  package enum Step: String, Hashable, Sendable, CaseIterable {
    case read, parse, experiments, typeset, render, check
  }

  package var step: Step
  /// From 0 to 1 within the step.
  package var fraction: Double
  /// What is being worked on, such as `article.md#moons`; empty where nothing stands out.
  package var detail: String

  package init(_ step: Step, _ fraction: Double = 0, detail: String = "") {
    self.step = step
    self.fraction = fraction
    self.detail = detail
  }
}

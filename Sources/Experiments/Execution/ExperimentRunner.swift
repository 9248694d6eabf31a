import DecimalText
package import Diagnostics
import JSON
import NeuralNetworks
package import Storage

/// Runs experiments: reads cached results and computes the others on all cores.
package struct ExperimentRunner: Sendable {
  package struct Progress: Hashable, Sendable {
    /// Completed fraction of the work, by cost, from 0 to 1.
    package var fraction: Double
    /// The block being run: `page#id`.
    package var detail: String
  }

  let settings: ExperimentSettings
  let files: DataFiles
  let cache: Cache?
  let jobs: Int
  let kernels: EngineKernels
  let isFrozen: Bool
  let committed: CommittedResults
  let engineVersion: String

  /// - Parameters:
  ///   - cache: The cache of outcomes; `nil` runs everything.
  ///   - jobs: Maximum number of concurrent threads. Does not affect results.
  ///   - kernels: The engine's kernels. They do not affect results.
  ///   - isFrozen: Whether outcomes missing from both the cache and the committed results are
  ///     errors instead of being computed.
  ///   - committed: The results of the existing site, used only when frozen.
  ///   - engineVersion: The version under which outcomes are cached.
  package init(
    settings: ExperimentSettings = .init(), files: DataFiles = .none, cache: Cache? = nil,
    jobs: Int = 1, kernels: EngineKernels = .best, isFrozen: Bool = false,
    committed: CommittedResults = .none,
    engineVersion: String = EngineVersion.digest
  ) {
    self.settings = settings
    self.files = files
    self.cache = cache
    self.jobs = max(1, jobs)
    self.kernels = kernels
    self.isFrozen = isFrozen
    self.committed = committed
    self.engineVersion = engineVersion
  }

  /// Runs the experiments of one or several pages.
  ///
  /// - Parameter isCancelled: Polled often. A canceled run ends within a step, and the results are
  ///   then incomplete.
  /// - Returns: A result for each experiment, in order; `nil` for one that could not be run, with a
  ///   diagnostic. Claims that do not hold are among the diagnostics.
  package func run(
    _ experiments: [Experiment], progress: @escaping @Sendable (Progress) -> Void = { _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) async -> (results: [ExperimentResult?], diagnostics: [Diagnostic]) {
    let mistakes = LimitCheck(experiments, settings).diagnostics
    guard mistakes.isEmpty else { return (experiments.map { _ in nil }, mistakes) }
    let keys = RunKeys(experiments, files: files, engineVersion: engineVersion)
    let queue = JobQueue(experiments, keys, memory: settings.memory, progress: progress)
    await withTaskGroup(of: Void.self) { group in
      var underWay = 0
      repeat {
        while underWay < jobs, !isCancelled(), let queued = queue.next() {
          underWay += 1
          group.addTask {
            queue.finish(queued, outcome(of: queued, queue, isCancelled: isCancelled))
          }
        }
        underWay -= 1
        // A finished job frees memory for others.
      } while await group.next() != nil
    }
    return collect(experiments, keys, queue.outcomes)
  }

  private func outcome(
    of queued: JobQueue.QueuedJob, _ queue: JobQueue, isCancelled: @escaping () -> Bool
  ) -> JobQueue.JobOutcome {
    if let run = stored(queued) { return .run(run) }
    if isFrozen, !queued.job.isUncached { return .notStored }
    var environment = RunEnvironment(files: files, kernels: kernels.kernels)
    environment.shelf = queue.shelf.source(files)
    environment.isCancelled = isCancelled
    environment.progress = { queue.report(queued, share: $0) }
    // Reported before the job starts, so that an observer knows the block in which a crash
    // happened.
    queue.report(queued, share: 0)
    do throws(EngineError) {
      let run = try queued.job.run(in: environment)
      if !queued.job.isUncached { cache?.write(run.json.bytes, for: queued.key) }
      return .run(run)
    } catch {
      return error == .canceled ? .canceled : .refused(error)
    }
  }

  private func stored(_ queued: JobQueue.QueuedJob) -> Run? {
    guard !queued.job.isUncached else { return nil }
    if let bytes = cache?.read(queued.key), let json = JSON(bytes), let run = Run(json: json) {
      return run
    }
    guard isFrozen else { return nil }
    return committed.run(of: queued, engineVersion: engineVersion) {
      RunKeys.digest(of: $0, in: files)
    }
  }

  private func collect(
    _ experiments: [Experiment], _ keys: RunKeys, _ outcomes: [Cache.Key: JobQueue.JobOutcome]
  ) -> (results: [ExperimentResult?], diagnostics: [Diagnostic]) {
    var results: [ExperimentResult?] = []
    var diagnostics: [Diagnostic] = []
    for (index, experiment) in experiments.enumerated() {
      var runs: [Run] = []
      var mistakes: [Diagnostic] = []
      for (plan, key) in zip(experiment.plans, keys.keys[index]) {
        switch outcomes[key] {
        case .run(let run): runs.append(run)
        case .refused(let error):
          mistakes.append(
            .engine(error, at: plan.places.verb, plan.places, experiment.file.path))
        case .notStored: mistakes.append(.notStored(experiment))
        case .canceled, nil: break
        }
      }
      diagnostics += mistakes
      guard runs.count == experiment.plans.count else {
        results.append(nil)
        continue
      }
      let outcome = Outcome(runs: runs)
      diagnostics += experiment.claims.compactMap { $0.mistake(in: experiment, outcome) }
      results.append(
        ExperimentResult(
          experiment: experiment, outcome: outcome,
          provenance: Provenance(
            engine: engineVersion, keys: keys.keys[index].map(\.digest.description),
            files: keys.files[index])))
    }
    return (results, Array(Set(diagnostics)).sorted())
  }
}

extension Diagnostic {
  fileprivate static func notStored(_ experiment: Experiment) -> Diagnostic {
    Diagnostic(
      "nn.frozen", path: experiment.file.path, range: experiment.range,
      message:
        "neither the cache nor the committed results have `\(experiment.id)` as it is written",
      hint: "build without --frozen, and commit what changes")
  }
}

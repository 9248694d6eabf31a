import NeuralNetworks
import Storage
import Synchronization

/// The cache keys of the runs of each experiment: digests of everything that a run depends on.
struct RunKeys: Sendable {
  /// The keys of each experiment's runs.
  private(set) var keys: [[Cache.Key]] = []
  /// The files that each experiment reads with their digests, sorted by path.
  private(set) var files: [[FileDigest]] = []

  init(_ experiments: [Experiment], files: DataFiles, engineVersion: String) {
    var digests: [String: String] = [:]
    func digest(_ path: String) -> String {
      if let known = digests[path] { return known }
      let found = Self.digest(of: path, in: files)
      digests[path] = found
      return found
    }
    for experiment in experiments {
      var keys: [Cache.Key] = []
      var read: [String: String] = [:]
      for plan in experiment.plans {
        keys.append(
          Cache.Key(
            namespace: "experiments",
            Self.parts(of: plan.job, engineVersion: engineVersion, digest: digest)))
        for path in plan.job.paths { read[path] = digest(path) }
      }
      self.keys.append(keys)
      self.files.append(
        read.sorted { $0.key < $1.key }.map { FileDigest(path: $0.key, digest: $0.value) })
    }
  }

  /// Everything that the outcome of a job depends on.
  static func parts(
    of job: any Job, engineVersion: String, digest: (_ path: String) -> String
  ) -> [String] {
    var parts = [engineVersion]
    for line in job.canonical { parts += [line.name, line.value] }
    for path in job.paths { parts += [path, digest(path)] }
    return parts
  }

  static func digest(of path: String, in files: DataFiles) -> String {
    switch files.read(path) {
    case .success(let bytes): Digest(of: bytes).description
    case .failure: "none"
    }
  }
}

/// The jobs to run, the most expensive first, so that no core waits long for another at the end.
/// Equal jobs are run once.
///
/// Concurrent jobs together use at most the memory limit: a job waits until it fits, and smaller
/// ones overtake it. Each fits on its own, since its memory was checked before. Neither the order
/// nor the number of threads affects a result.
final class JobQueue: Sendable {
  struct QueuedJob: Sendable {
    let key: Cache.Key
    let job: any Job
    let page: String
    let id: String
    let cost: Double
    /// Memory in bytes, without its data sets.
    let bytes: Double
    /// Its data sets, and their size in bytes.
    let data: [DataKey]
    let dataBytes: Double
  }

  enum JobOutcome: Sendable {
    case run(Run)
    case refused(EngineError)
    case notStored
    case canceled
  }

  private struct State {
    var isTaken: [Bool]
    /// All jobs before this index are taken.
    var first = 0
    var outcomes: [Cache.Key: JobOutcome] = [:]
    var done = 0.0
    var underWay: [Cache.Key: (queued: QueuedJob, done: Double)] = [:]
    /// Bytes of the data sets that may be on the shelf.
    var held: [[DataKey]: Double] = [:]
  }

  private let jobs: [QueuedJob]
  private let total: Double
  private let memory: Double
  private let state: Mutex<State>
  private let progress: @Sendable (ExperimentRunner.Progress) -> Void
  let shelf: DataShelf

  /// - Parameter memory: Maximum memory of concurrent runs, in bytes.
  init(
    _ experiments: [Experiment], _ keys: RunKeys, memory: Int,
    progress: @escaping @Sendable (ExperimentRunner.Progress) -> Void
  ) {
    var seen: Set<Cache.Key> = []
    var jobs: [QueuedJob] = []
    for (experiment, keys) in zip(experiments, keys.keys) {
      for (plan, key) in zip(experiment.plans, keys) where seen.insert(key).inserted {
        jobs.append(QueuedJob(plan, key, of: experiment))
      }
    }
    self.jobs = jobs.enumerated().sorted {
      $0.element.cost != $1.element.cost
        ? $0.element.cost > $1.element.cost : $0.offset < $1.offset
    }.map(\.element)
    total = jobs.reduce(0) { $0 + $1.cost }
    self.memory = Double(memory)
    self.progress = progress
    state = Mutex(State(isTaken: Array(repeating: false, count: jobs.count)))
    var needs: [DataKey: Int] = [:]
    for queued in jobs { for key in queued.data { needs[key, default: 0] += 1 } }
    shelf = DataShelf(needs)
  }

  var count: Int { jobs.count }

  /// The most expensive job that fits beside the running ones; `nil` if none does, or none is left.
  func next() -> QueuedJob? {
    let found = state.withLock { state -> (queued: QueuedJob, kept: Set<DataKey>)? in
      while state.first < jobs.count, state.isTaken[state.first] { state.first += 1 }
      for index in state.first..<jobs.count where !state.isTaken[index] {
        let queued = jobs[index]
        guard
          state.underWay.isEmpty
            || bytes(of: state.underWay.values.map(\.queued) + [queued]) <= memory
        else { continue }
        state.isTaken[index] = true
        state.underWay[queued.key] = (queued, 0)
        state.held[queued.data] = queued.dataBytes
        let running = state.underWay.values.map(\.queued)
        let used = Set(running.map(\.data))
        let idle = state.held.reduce(0) { used.contains($1.key) ? $0 : $0 + $1.value }
        if bytes(of: running) + idle > memory {
          state.held = state.held.filter { used.contains($0.key) }
        }
        return (queued, Set(state.held.keys.joined()))
      }
      return nil
    }
    guard let found else { return nil }
    // Data sets kept for later runs are released if memory is short.
    shelf.drop(allBut: found.kept)
    return found.queued
  }

  /// Total memory of jobs in bytes: data sets that several of them read count once.
  private func bytes(of jobs: [QueuedJob]) -> Double {
    var seen: Set<[DataKey]> = []
    return jobs.reduce(0) { sum, queued in
      sum + queued.bytes + (seen.insert(queued.data).inserted ? queued.dataBytes : 0)
    }
  }

  func report(_ queued: QueuedJob, share: Double) {
    let fraction = state.withLock { state in
      state.underWay[queued.key]?.done = min(1, max(0, share)) * queued.cost
      return Self.fraction(of: state, total)
    }
    progress(.init(fraction: min(1, fraction), detail: "\(queued.page)#\(queued.id)"))
  }

  func finish(_ queued: QueuedJob, _ outcome: JobOutcome) {
    shelf.release(queued.data)
    let fraction = state.withLock { state in
      state.outcomes[queued.key] = outcome
      state.underWay[queued.key] = nil
      state.done += queued.cost
      return Self.fraction(of: state, total)
    }
    progress(.init(fraction: min(1, fraction), detail: "\(queued.page)#\(queued.id)"))
  }

  private static func fraction(of state: State, _ total: Double) -> Double {
    (state.done + state.underWay.values.reduce(0) { $0 + $1.done }) / total
  }

  var outcomes: [Cache.Key: JobOutcome] { state.withLock { $0.outcomes } }
}

extension JobQueue.QueuedJob {
  init(_ plan: RunPlan, _ key: Cache.Key, of experiment: Experiment) {
    self.init(
      key: key, job: plan.job, page: experiment.page, id: experiment.id,
      cost: max(1, plan.cost.engine.operations.value), bytes: plan.cost.engine.bytes.value,
      data: plan.job.data.map { DataKey($0, seed: plan.job.seed) },
      dataBytes: plan.cost.engine.dataBytes.value)
  }
}

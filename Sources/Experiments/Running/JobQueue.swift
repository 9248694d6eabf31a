import NeuralNetworks
import Storage
import Synchronization

/// What each run of each experiment is kept under: everything that it depends on.
struct RunKeys: Sendable {
  /// For each experiment, a key for each run.
  private(set) var keys: [[Cache.Key]] = []
  /// For each experiment, the files that it reads and their digests, ordered by path.
  private(set) var files: [[Run.Selector]] = []

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
            room: "experiments",
            Self.parts(of: plan.work, engineVersion: engineVersion, digest: digest)))
        for path in plan.work.paths { read[path] = digest(path) }
      }
      self.keys.append(keys)
      self.files.append(
        read.sorted { $0.key < $1.key }.map { Run.Selector($0.key, $0.value) })
    }
  }

  /// Everything that the outcome of some work depends on.
  static func parts(
    of work: Work, engineVersion: String, digest: (_ path: String) -> String
  ) -> [String] {
    var parts = [engineVersion]
    for line in work.canonical { parts += [line.name, line.value] }
    for path in work.paths { parts += [path, digest(path)] }
    return parts
  }

  static func digest(of path: String, in files: DataFiles) -> String {
    switch files.read(path) {
    case .success(let bytes): Digest(of: bytes).description
    case .failure: "none"
    }
  }
}

/// The runs that are to be done, the dearest first, so that no core waits long for another at the
/// end. Equal runs are done once.
final class JobQueue: Sendable {
  struct Job: Sendable {
    let key: Cache.Key
    let work: Work
    let page: String
    let id: String
    let cost: Double
  }

  enum JobOutcome: Sendable {
    case run(Run)
    case refused(EngineError)
    case notStored
    case cancelled
  }

  private struct State {
    var next = 0
    var outcomes: [Cache.Key: JobOutcome] = [:]
    var done = 0.0
    var underWay: [Cache.Key: Double] = [:]
  }

  private let jobs: [Job]
  private let total: Double
  private let state = Mutex(State())
  private let progress: @Sendable (Laboratory.Progress) -> Void

  init(
    _ experiments: [Experiment], _ keys: RunKeys,
    progress: @escaping @Sendable (Laboratory.Progress) -> Void
  ) {
    var seen: Set<Cache.Key> = []
    var jobs: [Job] = []
    for (experiment, keys) in zip(experiments, keys.keys) {
      let cost = experiment.cost.multiplyAdds / Double(max(1, experiment.plans.count))
      for (plan, key) in zip(experiment.plans, keys) where seen.insert(key).inserted {
        jobs.append(
          Job(
            key: key, work: plan.work, page: experiment.page, id: experiment.id,
            cost: max(1, cost)))
      }
    }
    self.jobs = jobs.enumerated().sorted {
      $0.element.cost != $1.element.cost
        ? $0.element.cost > $1.element.cost : $0.offset < $1.offset
    }.map(\.element)
    total = jobs.reduce(0) { $0 + $1.cost }
    self.progress = progress
  }

  var count: Int { jobs.count }

  func next() -> Job? {
    state.withLock { state in
      guard state.next < jobs.count else { return nil }
      state.next += 1
      return jobs[state.next - 1]
    }
  }

  func report(_ job: Job, share: Double) {
    let fraction = state.withLock { state in
      state.underWay[job.key] = min(1, max(0, share)) * job.cost
      return (state.done + state.underWay.values.reduce(0, +)) / total
    }
    progress(.init(fraction: min(1, fraction), detail: "\(job.page)#\(job.id)"))
  }

  func finish(_ job: Job, _ outcome: JobOutcome) {
    let fraction = state.withLock { state in
      state.outcomes[job.key] = outcome
      state.underWay[job.key] = nil
      state.done += job.cost
      return (state.done + state.underWay.values.reduce(0, +)) / total
    }
    progress(.init(fraction: min(1, fraction), detail: "\(job.page)#\(job.id)"))
  }

  var outcomes: [Cache.Key: JobOutcome] { state.withLock { $0.outcomes } }
}

import JSON
import NeuralNetworks
import Storage
import Synchronization

/// The cost of one job.
struct JobCost: Hashable, Sendable {
  var engine = Cost()
  /// The number of values that a worked example prints.
  var traced: Quantity = 0

  /// Total memory of the run and its data.
  var bytes: Quantity { engine.bytes + engine.dataBytes }
}

/// The costs of jobs, cached.
///
/// The cost of a training, and whether its shapes fit, follow from its data files and a plan of its
/// memory, which takes longer than the rest of a block's parsing. A cached cost is valid as long as
/// the job, its data files and the code are the same. Errors are not cached.
final class CostIndex: Sendable {
  private let files: DataFiles
  private let kept: PackedCache
  private let digests = Mutex<[String: String]>([:])
  private let outlines = Mutex<[Term: Result<DatasetOutline, EngineError>]>([:])

  init(files: DataFiles, cache: Cache?) {
    self.files = files
    kept = PackedCache(path: cache.map { $0.folder + "/costs.pack" })
  }

  /// The cost of a job.
  ///
  /// - Throws: An error if the engine rejects the job, or if the result cannot be shown as
  ///   requested.
  func cost(of job: any Job, in context: CostContext) throws(EngineError) -> JobCost {
    // These jobs do not depend on data.
    if job.isUncached, job.data.isEmpty { return try job.cost(in: context) }
    let key = Digest(
      of: ["cost", RenderingVersion.digest] + context.display.shownIdentity
        + RunKeys.parts(of: job, engineVersion: EngineVersion.digest, digest: digest(of:)))
    if let bytes = kept.read([key])[0], let cost = JSON(bytes).flatMap({ JobCost($0) }) {
      return cost
    }
    let cost = try job.cost(in: context)
    kept.add([(key, cost.json.bytes)])
    return cost
  }

  /// The outline of a data set. Its file is read once, and only one file is read at a time.
  func outline(of term: Term) throws(EngineError) -> DatasetOutline {
    guard !Engine.paths(of: term).isEmpty else {
      return try Engine.outline(of: term, files: files.forEngine)
    }
    return try outlines.withLock { (known) throws(EngineError) in
      if let found = known[term] { return try found.get() }
      let found = Result { () throws(EngineError) in
        try Engine.outline(of: term, files: files.forEngine)
      }
      known[term] = found
      return try found.get()
    }
  }

  private func digest(of path: String) -> String {
    if let known = digests.withLock({ $0[path] }) { return known }
    let found = RunKeys.digest(of: path, in: files)
    digests.withLock { $0[path] = found }
    return found
  }
}

extension JobCost {
  var json: JSON {
    .object([
      "operations": .number(engine.operations.value), "bytes": .number(engine.bytes.value),
      "data_bytes": .number(engine.dataBytes.value), "numbers": .number(engine.numbers.value),
      "traced": .number(traced.value),
      "factors": .object(engine.factors.map { JSON.Member($0.name, .number($0.value)) }),
    ])
  }

  /// Decodes the form of ``json``; `nil` for anything else.
  init?(_ json: JSON) {
    guard let operations = json["operations"]?.number, let bytes = json["bytes"]?.number,
      let dataBytes = json["data_bytes"]?.number, let numbers = json["numbers"]?.number,
      let traced = json["traced"]?.number, let members = json["factors"]?.members
    else { return nil }
    var factors: [Cost.Factor] = []
    for member in members {
      guard let value = member.value.number else { return nil }
      factors.append(Cost.Factor(name: member.name, value: value))
    }
    engine = Cost(
      operations: Quantity(operations), bytes: Quantity(bytes), dataBytes: Quantity(dataBytes),
      numbers: Quantity(numbers), factors: factors)
    self.traced = Quantity(traced)
  }
}

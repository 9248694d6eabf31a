import NeuralNetworks
import Storage
import Synchronization

/// What one piece of work costs.
struct WorkCost: Hashable, Sendable {
  var multiplyAdds = 0.0
  var bytes = 0
  var factors: [ExperimentCost.Factor] = []
  var layers = 0
  /// Numbers that a worked example prints.
  var traced = 0
}

/// Costs that are known already.
///
/// To know what a training costs, and whether its shapes fit, its data must be read or made; that takes
/// longer than all the rest of reading a block. What was found right once is right again as long as
/// the work, its data files and the code stay the same. What was refused is looked at anew.
final class CostIndex: Sendable {
  private let files: DataFiles
  private let kept: PackedCache
  private let digests = Mutex<[String: String]>([:])

  init(files: DataFiles, cache: Cache?) {
    self.files = files
    kept = PackedCache(path: cache.map { $0.folder + "/costs.pack" })
  }

  /// - Parameter looks: What is asked to be shown of it, which the check may refuse too.
  func cost(
    of work: Work, shownAs looks: [String], _ find: (Work) throws(EngineError) -> WorkCost
  ) throws(EngineError) -> WorkCost {
    // Nothing of these depends on data.
    if work.isFree, work.data.isEmpty { return try find(work) }
    let key = Digest(
      of: ["cost", RenderingVersion.digest, "\(looks.count)"] + looks
        + RunKeys.parts(of: work, engineVersion: EngineVersion.digest, digest: digest(of:)))
    if let bytes = kept.read([key])[0], let cost = JSON(bytes).flatMap({ WorkCost($0) }) {
      return cost
    }
    let cost = try find(work)
    kept.add([(key, cost.json.bytes)])
    return cost
  }

  private func digest(of path: String) -> String {
    if let known = digests.withLock({ $0[path] }) { return known }
    let found = RunKeys.digest(of: path, in: files)
    digests.withLock { $0[path] = found }
    return found
  }
}

extension WorkCost {
  var json: JSON {
    .object([
      "multiply_adds": .number(multiplyAdds), "bytes": .number(Double(bytes)),
      "layers": .number(Double(layers)), "traced": .number(Double(traced)),
      "factors": .object(factors.map { JSON.Member($0.name, .number($0.value)) }),
    ])
  }

  /// Reads what ``json`` gives; `nil` for anything else.
  init?(_ json: JSON) {
    guard let multiplyAdds = json["multiply_adds"]?.number, let bytes = json["bytes"]?.integer,
      let layers = json["layers"]?.integer, let traced = json["traced"]?.integer,
      let members = json["factors"]?.members
    else { return nil }
    var factors: [ExperimentCost.Factor] = []
    for member in members {
      guard let value = member.value.number else { return nil }
      factors.append(.init(name: member.name, value: value))
    }
    self.init(
      multiplyAdds: multiplyAdds, bytes: bytes, factors: factors, layers: layers, traced: traced)
  }
}

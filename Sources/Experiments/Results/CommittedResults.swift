import JSON

/// The results of an already built site, used by a build that must not run anything.
package struct CommittedResults: Sendable {
  /// The digest of the engine that computed them; `nil` if none is recorded.
  package var engine: @Sendable () -> String?
  /// The file of a block's result (`data/<page>/<id>.json`); `nil` if there is none.
  package var file: @Sendable (_ page: String, _ id: String) -> [UInt8]?

  package init(
    engine: @escaping @Sendable () -> String?,
    file: @escaping @Sendable (_ page: String, _ id: String) -> [UInt8]?
  ) {
    self.engine = engine
    self.file = file
  }

  /// No results.
  package static let none = CommittedResults(engine: { nil }, file: { _, _ in nil })

  /// The results below a folder, such as that of a built site.
  ///
  /// - Parameter read: Reads a file of the folder by its relative path; `nil` if there is none.
  package init(reading read: @escaping @Sendable (_ path: String) -> [UInt8]?) {
    self.init(
      engine: { read(Self.enginePath).flatMap(JSON.init)?["engine"]?.string },
      file: { page, id in read("data/\(page)/\(id).json") })
  }

  /// The file that records the engine of a site's results, once for all of them.
  package static let enginePath = "data/engine.json"

  /// The content of ``enginePath`` for results of this program's engine.
  package static var engineFile: [UInt8] {
    JSON.object([.init("engine", .string(EngineVersion.digest))]).bytes
  }

  /// The outcome of a job if a committed file contains it, computed by the same engine, with the
  /// same settings, from data files with the same digests.
  func run(
    of queued: JobQueue.QueuedJob, engineVersion: String, digest: (_ path: String) -> String
  ) -> Run? {
    guard engine() == engineVersion, let bytes = file(queued.page, queued.id),
      let json = JSON(bytes)
    else { return nil }
    let files = json["files"]
    guard queued.job.paths.allSatisfy({ files?[$0]?.string == digest($0) }) else { return nil }
    let settings = JSON.object(queued.job.canonical)
    return (json["runs"]?.items ?? []).first { $0["settings"] == settings }
      .flatMap { Run(json: $0) }
  }
}

import Foundation
import Storage
import TestSupport
import Testing

@testable import Experiments

/// A cached outcome is keyed by a digest of the code that computes it. These tests compute the
/// digest again from the files that it must cover.
@Suite struct EngineDigestTests {
  private static let experiments = Repository.root + "/Sources/Experiments"
  private static let verbs = (try? FileSystem.list(experiments + "/Verbs"))!
    .filter { $0.kind == .folder }.map(\.name)

  /// The source files in a folder and its subfolders.
  private static func sources(_ folder: String) throws -> [String] {
    try FileSystem.list(folder).flatMap { entry -> [String] in
      let path = folder + "/" + entry.name
      if entry.kind == .folder { return try sources(path) }
      return ["swift", "c", "h", "inc", "S", "css"].contains(
        path.split(separator: ".").last.map(String.init))
        ? [path] : []
    }
  }

  /// The digest that the build's tool computes for the files.
  private static func digest(of files: [String]) throws -> String {
    let folder = TemporaryFolder()
    let output = folder.path + "/Digest.swift"
    let process = Process()
    process.executableURL = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "engine-digest")
    process.arguments = [output, "Type", "Words.", Repository.root] + files.sorted()
    try process.run()
    process.waitUntilExit()
    let text = String(decoding: try FileSystem.read(output), as: UTF8.self)
    return text.firstMatch(of: /digest = "([0-9a-f]+)"/).map { String($0.1) } ?? text
  }

  private static func engineFiles() throws -> [String] {
    let engine = ["Engine/CKernels", "Engine/Tensors", "Engine/NeuralNetworks"]
    let targets = (engine + ["Foundations/DecimalText", "Foundations/JSON"]).map {
      Repository.root + "/Sources/" + $0
    }
    let rooms = ["Execution", "Results/Serialization", "Results/Tables"].map {
      experiments + "/" + $0
    }
    return try (targets + rooms + verbs.map { "\(experiments)/Verbs/\($0)/Execution" })
      .flatMap(sources)
  }

  @Test func theEnginesDigestIsOfTheEngineAndOfEveryVerbsExecution() throws {
    #expect(try Self.digest(of: Self.engineFiles()) == EngineVersion.digest)
  }

  @Test func theRenderingDigestIsOfTheWholeTarget() throws {
    let charts = Repository.root + "/Sources/Charts"
    let foundations = ["DecimalText", "JSON", "Localization", "Markup"].map {
      Repository.root + "/Sources/Foundations/" + $0
    }
    let files = try ([charts, Self.experiments] + foundations).flatMap(Self.sources)
    #expect(try Self.digest(of: files) == RenderingVersion.digest)
  }

  @Test func theDigestChangesWithAVerbsCodeAndNotWithItsComments() throws {
    let folder = TemporaryFolder()
    func digest(_ code: String) throws -> String {
      try FileSystem.write(Array(code.utf8), to: folder.path + "/Job.swift")
      return try Self.digest(of: [folder.path + "/Job.swift"])
    }
    let first = try digest("let rate = 0.1\n")
    #expect(try digest("// the rate\n\n  let rate = 0.1\n") == first)
    #expect(try digest("let rate = 0.2\n") != first)
  }

  /// Code that runs a job, names its results or defines what it depends on is in a folder
  /// `Execution`, or in the results' own folders.
  @Test func whatDecidesAResultIsInADigestedFolder() throws {
    let digested = Set(try Self.engineFiles())
    let marks = [
      "func run(in environment", "canonical: [NamedValue]", ": RunTable {", ": LayerTable {",
      "Run.Grid(", "Run.Metric(", " = MetricKey(", "Run.Column(",
    ]
    var found = 0
    for path in try Self.sources(Self.experiments) {
      let text = String(decoding: try FileSystem.read(path), as: UTF8.self)
      guard let mark = marks.first(where: { text.contains($0) }) else { continue }
      found += 1
      // The labels of a comparison and of a selector in a claim are not results.
      guard !path.hasSuffix("/Results/ResultComparison.swift") else { continue }
      #expect(digested.contains(path), "\(path) has `\(mark)`")
    }
    #expect(found > Self.verbs.count)
  }
}

import ArgumentParser
import Foundation
import Markup
import Site
import Storage

/// Builds this project's site from a cold and from a warm cache, and a folder of many generated notes.
struct SiteBench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "site", abstract: "Measure the building of sites.")

  @Option(help: "The folder of the site.")
  var root = "."

  @Option(help: "How many notes to generate.")
  var notes = 800

  @Option(help: "Threads.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  func run() async throws {
    let scratch =
      NSTemporaryDirectory() + "/sitegen-bench-\(ProcessInfo.processInfo.processIdentifier)"
    defer { try? Disc.removeTree(scratch) }
    let project = try SiteFolders(root: root, output: scratch + "/project/site")
    let sources = SourceTree(reading: project)
    print("the project's site")
    try await measure("cold", sources, project)
    try await measure("warm", sources, project)

    try Disc.makeFolder(scratch + "/notes")
    let folders = try SiteFolders(root: scratch + "/notes", output: scratch + "/generated/site")
    let generated = SourceTree(Self.notes(notes))
    print("\(notes) notes")
    try await measure("cold", generated, folders)
    try await measure("warm", generated, folders)
  }

  private func measure(
    _ name: String, _ sources: SourceTree, _ folders: SiteFolders
  ) async throws {
    let clock = ContinuousClock()
    let start = clock.now
    let site = await build(
      sources, BuildSettings(jobs: jobs),
      in: BuildEnvironment(cache: Cache(folder: folders.cache)))
    let built = clock.now
    guard !site.hasErrors else { throw ValidationError("the site has errors") }
    let changes = try OutputFolder(folders).write(site.output, from: sources)
    let written = clock.now
    let steps = site.timings.map { "\($0.step) \(milliseconds($0.seconds))" }
    print(
      """
        \(name): \(milliseconds(seconds(written - start))) ms, \(site.pages.count) pages
          \(steps.joined(separator: ", ")), write \(milliseconds(seconds(written - built))) \
      (\(changes.added.count + changes.changed.count) files)
      """)
  }

  private func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  }

  private func milliseconds(_ seconds: Double) -> String { fixed(seconds * 1000, 1) }

  /// Notes of the make-up of real ones: Chinese prose, formulas, code, links among each other.
  private static func notes(_ count: Int) -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for index in 0..<count {
      var text = "---\ntitle: 笔记 \(index)\ncategory: C\(index % 12)\ntags: t\(index % 40)\n"
      text +=
        "date: \(2010 + index % 15)-0\(1 + index % 9)-1\(index % 10)\n---\n\n* toc\n{:toc}\n\n"
      for section in 0..<12 {
        text += "# 第\(section)节\n\n神经网络的**参数**的随机初始化的目的是使对称失效，否则 weights 都一致。\n\n"
        text += "$$w_{\(index),\(section)} = \\frac{1}{1+e^{-x}}$$\n\n"
        text += "- 见[另一篇](n\((index + section + 1) % count).md)\n- https://example.org/\(index)\n\n"
        if section % 4 == 0 { text += "```python\nx = \(index)\nprint(x + \(section))\n```\n\n" }
      }
      files["n\(index).md"] = Array(text.utf8)
    }
    return files
  }
}

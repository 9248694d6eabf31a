import ArgumentParser
import DecimalText
import Diagnostics
import Experiments
import Foundation
import Site
import Storage

/// Builds this project's site with a cold and with a warm cache, a page of many small experiments,
/// and a folder of many generated notes.
struct SiteBench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "site", abstract: "Measure the building of sites.")

  @ArgumentParser.Option(help: "The folder of the site.")
  var root = "."

  @ArgumentParser.Option(help: "How many notes to generate.")
  var notes = 800

  @ArgumentParser.Option(help: "How many experiments the page of them has.")
  var experiments = 40

  @ArgumentParser.Option(help: "Threads.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  func run() async throws {
    let scratch =
      NSTemporaryDirectory() + "/sitegen-bench-\(ProcessInfo.processInfo.processIdentifier)"
    defer { try? FileSystem.removeTree(scratch) }
    let project = try SiteFolders(root: root, output: scratch + "/project/site")
    let sources = SourceTree(reading: project)
    print("the project's site")
    try await measure("cold", sources, project)
    try await measure("warm", sources, project)

    try FileSystem.makeFolder(scratch + "/page")
    try await measureExperiments(scratch + "/page")

    try FileSystem.makeFolder(scratch + "/notes")
    let folders = try SiteFolders(root: scratch + "/notes", output: scratch + "/generated/site")
    let generated = SourceTree(Self.notes(notes))
    print("\(notes) notes")
    try await measure("cold", generated, folders)
    try await measure("warm", generated, folders)
  }

  /// Measures a page of small experiments. The goal: a cold build takes at most 1.3 times the
  /// trainings' time divided by the number of cores, a warm one at most 50 ms more than the same
  /// page without them.
  private func measureExperiments(_ folder: String) async throws {
    print("a page of \(experiments) experiments")
    let folders = try SiteFolders(root: folder, output: folder + "-site")
    let plain = SourceTree(["content/page.md": Self.page(of: experiments, isPlain: true)])
    let sources = SourceTree(["content/page.md": Self.page(of: experiments, isPlain: false)])
    // A first build, so that neither page pays for one-time work of the process.
    _ = await build(plain, BuildSettings(jobs: jobs))
    let training = try await trainingSeconds(sources, Cache(folder: folder + "-training"))
    let (cold, steps) = try await fastest(1, sources, folders)
    let (warm, warmSteps) = try await fastest(5, sources, folders)
    let (without, _) = try await fastest(5, plain, folders)
    let best = training / Double(jobs)
    print(
      """
        trainings \(milliseconds(training)) ms one after another, \(milliseconds(best)) on \(jobs) threads
        cold \(milliseconds(cold)) ms, \(fixed(cold / best, 2)) times that
          \(steps)
        warm \(milliseconds(warm)) ms, \(milliseconds(warm - without)) more than without the blocks
          \(warmSteps)
      """)
  }

  /// The time in seconds of the experiments by themselves, on one thread.
  private func trainingSeconds(_ sources: SourceTree, _ cache: Cache) async throws -> Double {
    let article = try ArticleBlocks("page", in: sources)
    let (experiments, diagnostics) = ExperimentParser(settings: article.settings)
      .read(article.blocks, page: article.page)
    guard diagnostics.isEmpty else { throw ValidationError("\(diagnostics[0].message)") }
    let start = ContinuousClock.now
    _ = await ExperimentRunner(jobs: 1).run(experiments.compactMap(\.self))
    return seconds(ContinuousClock.now - start)
  }

  private func fastest(
    _ times: Int, _ sources: SourceTree, _ folders: SiteFolders
  ) async throws -> (seconds: Double, steps: String) {
    var best = Double.infinity
    var steps = ""
    for _ in 0..<times {
      let start = ContinuousClock.now
      let site = await build(
        sources, BuildSettings(jobs: jobs),
        in: BuildEnvironment(cache: Cache(folder: folders.cache)))
      _ = try OutputFolder(folders).write(site.output, from: sources)
      let taken = seconds(ContinuousClock.now - start)
      guard !site.hasErrors else { throw ValidationError(site.diagnostics[0].message) }
      guard taken < best else { continue }
      best = taken
      steps = site.timings.map { "\($0.step) \(milliseconds($0.seconds))" }.joined(separator: ", ")
    }
    return (best, steps)
  }

  /// Small trainings as in articles: sweeps of rates and widths, boundaries, fits.
  private static func page(of count: Int, isPlain: Bool) -> [UInt8] {
    var text = "# Experiments\n\n"
    for index in 0..<count {
      text += "## Number \(index)\n\nWhat follows was computed while the page was built.\n\n"
      if isPlain { continue }
      text += "```nn e\(index)\n"
      switch index % 4 {
      case 0:
        text += "train: [dense 16, tanh, dense 16, tanh, dense 1]\ndata: moons samples=1000\n"
        text += "optimizer: adam rate=0.0\(index + 1)\nepochs: 200\nshow: [loss, boundary]\n"
      case 1:
        text += "train: [dense 16, relu, dense 3]\ndata: blobs samples=600 classes=3\n"
        text += "epochs: 200\nseed: \(index)\nshow: [loss, accuracy, confusion, table]\n"
      case 2:
        text += "train: [dense 12, tanh, dense 1]\ndata: sine samples=200\nepochs: 500\n"
        text += "seed: \(index)\noptimizer: adam rate=0.02\nshow: [fit, loss]\n"
      default:
        text += "train: [dense 8, $act, dense 1]\ndata: circles samples=400\nepochs: 100\n"
        text +=
          "vary: {act: [sigmoid, tanh, relu]}\nseed: \(index)\nrepeats: 2\nshow: [loss, table]\n"
      }
      text += "```\n\n"
    }
    return Array(text.utf8)
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

  /// Notes similar to real ones: Chinese prose, formulas, code, links between notes.
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

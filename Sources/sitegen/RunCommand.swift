import ArgumentParser
import Diagnostics
import Experiments
import Markup
import Site
import Storage

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run one experiment and print its numbers.",
    discussion: """
      Takes a block of an article, `guide/relu#depth`, or a file with the text of one. The numbers \
      go to standard output, diagnostics to standard error. Claims are about the block as written: \
      with --set they are not checked.

      Exits with 0 if the experiment ran and its claims hold, 1 if not, 64 if the command line is \
      wrong.
      """)

  @Argument(help: "A block, `article#id`, or a file with the text of one.")
  var block: String

  @ArgumentParser.OptionGroup var site: SiteOptions

  @ArgumentParser.Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Replace an option, a variable or an argument of the block, as in rate=0.3.",
      valueName: "name=value"))
  var changes: [String] = []

  @ArgumentParser.Option(
    help: ArgumentHelp("Write the figure to this SVG file.", valueName: "file"))
  var svg: String?

  @ArgumentParser.Option(
    help: ArgumentHelp("Write the whole result to this JSON file.", valueName: "file"))
  var json: String?

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Write the trained weights to this file, as safetensors.", valueName: "file"))
  var weights: String?

  func validate() throws {
    for change in changes where BlockChange(change) == nil {
      throw ValidationError("--set takes name=value, not \(change).")
    }
  }

  func run() async throws {
    let terminal = Terminal()
    do {
      let folders = try site.folders()
      let (result, trained, isRight) = try await result(folders, terminal)
      terminal.out(result.text.split(separator: "\n").joined(separator: "\n"))
      if let json { try FileSystem.write(result.json, to: json) }
      if let svg { try write(result, to: svg) }
      if let weights { try FileSystem.write(trained, to: weights) }
      if !isRight { throw ExitCode.failure }
    } catch let error as FileError {
      terminal.show(error)
      throw ExitCode.failure
    }
  }

  private func result(
    _ folders: SiteFolders, _ terminal: Terminal
  ) async throws -> (ExperimentResult, weights: [UInt8], isRight: Bool) {
    let found = try find(in: SourceTree(reading: folders))
    let cache = Cache.own(folders.cache)
    let reader = ExperimentParser(settings: found.settings, files: found.data, cache: cache)
    let (experiment, mistakes) = reader.read(
      found.block, id: found.id, page: found.page, changes: changes.compactMap(BlockChange.init))
    let file = found.block.file
    guard let experiment else {
      terminal.show(mistakes) { _ in file }
      throw ExitCode.failure
    }
    let bar = ProgressBar(terminal)
    let runner = try ExperimentRunner(
      settings: found.settings, files: found.data, cache: cache, jobs: site.jobs,
      kernels: site.kernels)
    let (results, diagnostics) = await runner.run([experiment]) { progress in
      bar.show(BuildProgress(.experiments, progress.fraction, detail: progress.detail))
    }
    bar.clear()
    terminal.show(mistakes + diagnostics) { _ in file }
    guard let result = results.first ?? nil else { throw ExitCode.failure }
    var trained: [UInt8] = []
    if weights != nil {
      let (file, mistake) = runner.weights(
        of: experiment,
        progress: { bar.show(BuildProgress(.experiments, $0, detail: "weights")) })
      bar.clear()
      if let mistake { terminal.show([mistake]) { _ in found.block.file } }
      guard let file else { throw ExitCode.failure }
      trained = file
    }
    return (result, trained, !diagnostics.contains { $0.severity == .error })
  }

  private struct Found {
    var block: NNBlock
    var id: String
    var page: String
    var settings: ExperimentSettings
    var data: DataFiles
  }

  private func find(in sources: SourceTree) throws -> Found {
    guard let hash = block.lastIndex(of: "#") else {
      let file = SourceFile(path: block, bytes: try FileSystem.read(block))
      let (settings, data) = try ArticleBlocks.surroundings(in: sources)
      let name = String(block.split(separator: "/").last?.prefix { $0 != "." } ?? "block")
      return Found(
        block: NNBlock(wholeOf: file, name: name), id: name, page: name, settings: settings,
        data: .folder(FileSystem.parent(of: block)).or(data))
    }
    let article = try ArticleBlocks(String(block[..<hash]), in: sources)
    let id = String(block[block.index(after: hash)...])
    let ids = ExperimentParser().ids(of: article.blocks)
    guard let index = ids.firstIndex(of: id) else {
      let hint = nameHint(for: id, among: ids) ?? "the article has no blocks"
      throw ValidationError("\(article.file.path) has no block `\(id)`: \(hint).")
    }
    return Found(
      block: article.blocks[index], id: id, page: article.page, settings: article.settings,
      data: article.data)
  }

  /// Writes a single panel to the path, or each of several to the path with a number appended.
  private func write(_ result: ExperimentResult, to path: String) throws(FileError) {
    let panels = result.drawings(FigureContext()).svg
    for (index, panel) in panels.enumerated() {
      let isOnly = panels.count == 1
      let base = path.hasSuffix(".svg") ? String(path.dropLast(4)) : path
      try FileSystem.write(
        Array(panel.utf8), to: isOnly ? base + ".svg" : "\(base)-\(index + 1).svg")
    }
  }
}

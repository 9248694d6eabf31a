import ArgumentParser
import DecimalText
import Diagnostics
import Site
import Storage

struct BuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Build the site.",
    discussion: """
      Reads the articles below content/ (or, where there is none, all notes below the root), runs \
      what their nn blocks describe, and writes the site. Errors are reported with file, line and \
      column; if there are any, nothing is written and the last good site stays.

      Exits with 0 if the site was built, 1 if there were errors, 64 if the command line is wrong.
      """)

  @OptionGroup var site: SiteOptions

  @Flag(help: "Treat warnings as errors.")
  var strict = false

  @Flag(help: "Write nothing; list the files that would change, and exit with 1 if there are any.")
  var check = false

  @Flag(
    help: "Run no experiments: take results from the cache or from the site as last written.")
  var frozen = false

  @Flag(help: "Print the time of each step.")
  var timings = false

  func run() async throws {
    let terminal = Terminal()
    let bar = ProgressBar(terminal)
    do {
      try await build(terminal, bar)
    } catch let error as FileError {
      bar.clear()
      terminal.show(error)
      throw ExitCode.failure
    }
  }

  private func build(_ terminal: Terminal, _ bar: ProgressBar) async throws {
    let folders = try site.folders()
    let output = OutputFolder(folders)
    if !check { try output.recover() }
    let sources = SourceTree(reading: folders)
    let settings = BuildSettings(
      jobs: site.jobs, includesDrafts: site.drafts, warningsAreErrors: strict, isFrozen: frozen)
    let built = try await Site.build(
      sources, settings,
      in: BuildEnvironment(
        cache: Cache.own(folders.cache), kernels: site.kernels,
        committedResults: folders.committedResults,
        progress: { bar.show($0) }))
    bar.clear()
    terminal.show(built.diagnostics, file: sources.sourceFile)
    if timings { show(built.timings, terminal) }
    guard !built.hasErrors else {
      let errors = built.diagnostics.count { $0.severity == .error }
      terminal.note(
        "sitegen: \(errors) \(errors == 1 ? "error" : "errors"); nothing was written\n")
      throw ExitCode.failure
    }
    if check {
      try report(try output.changes(toward: built.output, from: sources), terminal, folders)
    } else {
      let start = ContinuousClock.now
      let changes = try output.write(built.output, from: sources)
      if timings {
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        show([("write", Double(seconds) + Double(attoseconds) * 1e-18)], terminal)
      }
      note(changes, output, terminal)
      terminal.out(summary(of: changes, pages: built.pages.count, folders))
    }
  }

  private func report(
    _ changes: OutputFolder.Changes, _ terminal: Terminal, _ folders: SiteFolders
  ) throws {
    guard !changes.isEmpty else {
      terminal.out("\(folders.output) is up to date")
      return
    }
    for path in changes.added { terminal.out("missing   \(path)") }
    for path in changes.changed { terminal.out("differs   \(path)") }
    for path in changes.removed { terminal.out("left over \(path)") }
    throw ExitCode.failure
  }

  /// Reports files that a build did not overwrite.
  private func note(_ changes: OutputFolder.Changes, _ output: OutputFolder, _ terminal: Terminal) {
    for path in changes.kept {
      terminal.note("sitegen: `\(path)` was changed since it was built, and is kept\n")
    }
    if let aside = output.filesSetAside {
      terminal.note("sitegen: files written into the site during a build are in \(aside)\n")
    }
  }

  private func summary(
    of changes: OutputFolder.Changes, pages: Int, _ folders: SiteFolders
  ) -> String {
    let written = changes.added.count + changes.changed.count
    var text = "\(folders.output): \(pages) \(pages == 1 ? "page" : "pages")"
    text += changes.isEmpty ? ", nothing new" : ", \(written) files written"
    if !changes.removed.isEmpty { text += ", \(changes.removed.count) removed" }
    return text
  }

  private func show(_ timings: [(step: String, seconds: Double)], _ terminal: Terminal) {
    for (step, seconds) in timings {
      let time = fixed(seconds * 1000, 1)
      let blank = String(repeating: " ", count: max(1, 22 - step.count - time.count))
      terminal.note("\(step)\(blank)\(time) ms\n")
    }
  }
}

import ArgumentParser
import Diagnostics
import Publishing
import Site
import Storage

struct PublishCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish",
    abstract: "Build the site and publish it to a git branch or a folder.",
    discussion: """
      Without --folder the site becomes one commit on a branch of the repository's remote, as GitHub \
      Pages and similar hosts serve it. The checkout, its index and its branches are not changed. A \
      site with errors is not published, nor is one with uncommitted sources.

      Exits with 0 if the site was published or had not changed, 1 if not, 64 if the command line is \
      wrong.
      """)

  @OptionGroup var site: SiteOptions

  @Option(help: "The remote to push to: a name or a URL.")
  var remote = "origin"

  @Option(help: "The branch to push to.")
  var branch = "gh-pages"

  @Option(help: "The commit message. (default: names the commit of the sources)")
  var message: String?

  @Option(
    help: ArgumentHelp("Write the site to this folder instead.", valueName: "folder"))
  var folder: String?

  @Flag(help: "Print what would change, and change nothing.")
  var dryRun = false

  @Flag(help: "Publish even if there are uncommitted sources.")
  var allowDirty = false

  @Flag(help: "Treat warnings as errors.")
  var strict = false

  func run() async throws {
    let terminal = Terminal()
    let bar = ProgressBar(terminal)
    do {
      try await publish(terminal, bar)
    } catch let error as FileError {
      bar.clear()
      terminal.show(error)
      throw ExitCode.failure
    } catch let error as PublishingError {
      bar.clear()
      terminal.show(error.explanation)
      throw ExitCode.failure
    }
  }

  private func publish(_ terminal: Terminal, _ bar: ProgressBar) async throws {
    let folders = try site.folders()
    let destinationFolder = try folder.map { (path) throws(FileError) in
      try folders.destination(path)
    }
    var text = message ?? "Publish the site"
    // Checked before the build, which may train for minutes.
    switch try await SourceState.of(folders.root, output: folders.output) {
    case .committed(let commit): text = message ?? "Publish \(commit)"
    case .uncommitted(let paths) where !allowDirty:
      throw PublishingError.uncommitted(paths: paths)
    case .uncommitted, .unknown: break
    }
    let destination = GitBranch(
      repository: folders.root, remote: remote, branch: branch, message: text)
    if folder == nil { try await destination.check() }
    let sources = SourceTree(reading: folders)
    let built = try await Site.build(
      sources,
      BuildSettings(
        jobs: site.jobs, includesDrafts: site.drafts, warningsAreErrors: strict),
      in: BuildEnvironment(
        cache: Cache.own(folders.cache), kernels: site.kernels,
        committedResults: folders.committedResults,
        progress: { bar.show($0) }))
    bar.clear()
    terminal.show(built.diagnostics, file: sources.sourceFile)
    guard !built.hasErrors else {
      let errors = built.diagnostics.count { $0.severity == .error }
      terminal.note(
        "sitegen: \(errors) \(errors == 1 ? "error" : "errors"); nothing was published\n")
      throw ExitCode.failure
    }
    let files = PublishableSite(built.output, from: sources)
    if let folder = destinationFolder {
      let changes = try PublishedFolder(path: folder).publish(files, isDryRun: dryRun)
      report(changes.isEmpty ? nil : changes, at: folder, terminal)
    } else {
      switch try await destination.publish(files, isDryRun: dryRun) {
      case .unchanged: report(nil, at: "\(remote)/\(branch)", terminal)
      case .wouldPublish(let changes), .published(let changes, commit: _):
        report(changes, at: "\(remote)/\(branch)", terminal)
      }
    }
  }

  private func report(_ changes: PublishingChanges?, at place: String, _ terminal: Terminal) {
    guard let changes else {
      terminal.out("\(place) is up to date")
      return
    }
    if dryRun {
      for path in changes.added { terminal.out("new      \(path)") }
      for path in changes.changed { terminal.out("changed  \(path)") }
      for path in changes.removed { terminal.out("removed  \(path)") }
    }
    terminal.out(
      "\(place)\(dryRun ? " would get" : ":") \(changes.added.count) new, "
        + "\(changes.changed.count) changed, \(changes.removed.count) removed")
  }
}

extension Terminal {
  /// Prints an error that has no place in the sources, and what to do about it.
  func show(_ explanation: (message: String, hint: String)) {
    note(
      "sitegen: \(style.red("error")): \(explanation.message)\n"
        + "  = \(style.cyan("hint")): \(explanation.hint)\n")
  }
}

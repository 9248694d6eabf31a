import ArgumentParser
import DecimalText
import struct Experiments.EngineKernels
import Preview
import Site
import Storage

struct PreviewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview",
    abstract: "Show the site on this machine and rebuild it when a file changes.",
    discussion: """
      Serves the last good build from memory; nothing is written but the cache. Open pages reload \
      when a build is done, and show its mistakes. Only this machine can reach the server. Ctrl-C \
      ends it.
      """)

  @OptionGroup var site: SiteOptions

  @Option(help: "The port to listen on; 0 takes any that is free.")
  var port: UInt16 = 8000

  @Option(
    help: ArgumentHelp(
      "What the site's addresses begin with, as /project/ on a host that it shares.",
      valueName: "path"))
  var base = "/"

  func run() async throws {
    let terminal = Terminal()
    do {
      let folders = try site.folders()
      try await preview(folders, site.kernels, terminal).run { Self.tell($0, terminal) }
    } catch let error as FileError {
      terminal.show(error)
      throw ExitCode.failure
    } catch let error as PreviewError {
      terminal.show(error.explanation)
      throw ExitCode.failure
    }
  }

  private func preview(
    _ folders: SiteFolders, _ kernels: EngineKernels, _ terminal: Terminal
  ) -> Preview {
    let settings = BuildSettings(jobs: site.jobs, includesDrafts: site.drafts)
    let generated: Set = [folders.output, folders.state, folders.cache]
    return Preview(port: port, basePath: base) {
      FileSnapshot(of: folders.root, excluding: generated)
    } build: { isCancelled in
      let sources = SourceTree(reading: folders)
      let built = await Site.build(
        sources, settings,
        in: BuildEnvironment(
          cache: Cache(folder: folders.cache), kernels: kernels,
          committedResults: folders.committedResults,
          isCancelled: isCancelled))
      if !built.wasCancelled { terminal.show(built.diagnostics, file: sources.sourceFile) }
      return PreviewBuild(built, of: sources)
    }
  }

  private static func tell(_ event: Preview.Event, _ terminal: Terminal) {
    switch event {
    case .listening(let address): terminal.out("\(address) (Ctrl-C ends it)")
    case .building: break
    case .built(let build, let seconds):
      let files = build.paths.count
      let time = fixed(seconds, seconds < 1 ? 2 : 1)
      terminal.note(
        build.isGood
          ? "built \(files) \(files == 1 ? "file" : "files") in \(time) s\n"
          : "mistakes found in \(time) s; the last good site stays\n")
    }
  }
}

import ArgumentParser
import DecimalText
import Diagnostics
import Foundation
import Preview
import Site
import Storage

struct PreviewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview",
    abstract: "Serve the site on this machine and rebuild it when a file changes.",
    discussion: """
      Serves the last good build from memory; only the cache is written. Open pages reload after \
      each build and show its errors. The server listens on the loopback interface only. Press \
      Ctrl-C to stop it.
      """)

  @OptionGroup var site: SiteOptions

  @Option(help: "The port to listen on; 0 takes any free one.")
  var port: UInt16 = 8000

  @Option(
    help: ArgumentHelp(
      "The path that the site is served below, such as /project/.",
      valueName: "path"))
  var base = "/"

  func run() async throws {
    let terminal = Terminal()
    do {
      let folders = try site.folders()
      let bar = ProgressBar(terminal)
      try await preview(folders).run { Self.report($0, terminal, bar) }
    } catch let error as FileError {
      terminal.show(error)
      throw ExitCode.failure
    } catch let error as PreviewError {
      terminal.show(error.explanation)
      throw ExitCode.failure
    }
  }

  private func preview(_ folders: SiteFolders) -> Preview {
    let generated: Set = [folders.output, folders.state, folders.cache]
    let workers = BuildWorkers(
      program: Self.program, arguments: PreviewBuildCommand.arguments(site, folders),
      sources: SourceTree(reading: folders))
    return Preview(port: port, basePath: base) {
      FileSnapshot(of: folders.root, excluding: generated)
    } build: {
      await workers.build(onProgress: $0)
    }
  }

  /// The program that is running, even if its file has been replaced since.
  private static var program: String {
    #if os(Linux)
      "/proc/self/exe"
    #else
      Bundle.main.executablePath ?? CommandLine.arguments[0]
    #endif
  }

  private static func report(_ event: Preview.Event, _ terminal: Terminal, _ bar: ProgressBar) {
    switch event {
    case .listening(let address): terminal.out("\(address) (press Ctrl-C to stop)")
    case .building: break
    case .progress(let progress): bar.show(progress)
    case .built(let build, let seconds):
      bar.clear()
      let words = build.words(colored: terminal.style.colored)
      if !words.isEmpty { terminal.note(words) }
      let files = build.paths.count
      let time = fixed(seconds, seconds < 1 ? 2 : 1)
      terminal.note(
        build.isGood
          ? "built \(files) \(files == 1 ? "file" : "files") in \(time) s\n"
          : "errors found in \(time) s; the last good site stays\n")
    }
  }
}

/// The command that the preview starts for each build; hidden from the help.
struct PreviewBuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview-build", abstract: "Build for the preview that started this.",
    shouldDisplay: false)

  @OptionGroup var site: SiteOptions

  /// The arguments of this command for the site that the preview shows.
  static func arguments(_ site: SiteOptions, _ folders: SiteFolders) -> [String] {
    [
      configuration.commandName ?? "", "--root", folders.root, "--output", folders.output,
      "--jobs", String(site.jobs),
    ] + (site.drafts ? ["--drafts"] : [])
  }

  func run() async throws {
    let kernels = try site.kernels
    guard let channel = BuildChannel.waitForRequest() else { return }
    do throws(FileError) {
      let folders = try site.folders()
      let sources = SourceTree(reading: folders)
      let built = await Site.build(
        sources, BuildSettings(jobs: site.jobs, includesDrafts: site.drafts),
        in: BuildEnvironment(
          cache: Cache.own(folders.cache), kernels: kernels,
          committedResults: folders.committedResults, progress: { channel.report($0) }))
      channel.finish(built, of: sources)
    } catch {
      channel.finish(error)
    }
  }
}

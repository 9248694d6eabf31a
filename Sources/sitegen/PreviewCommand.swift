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
      let bar = ProgressBar(terminal)
      try await preview(folders).run { Self.tell($0, terminal, bar) }
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

  /// This program as it was started, even where another has been built in its place since.
  private static var program: String {
    #if os(Linux)
      "/proc/self/exe"
    #else
      Bundle.main.executablePath ?? CommandLine.arguments[0]
    #endif
  }

  private static func tell(_ event: Preview.Event, _ terminal: Terminal, _ bar: ProgressBar) {
    switch event {
    case .listening(let address): terminal.out("\(address) (Ctrl-C ends it)")
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
          : "mistakes found in \(time) s; the last good site stays\n")
    }
  }
}

/// What the preview starts for each build. Not for people.
struct PreviewBuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview-build", abstract: "Build for the preview that started this.",
    shouldDisplay: false)

  @OptionGroup var site: SiteOptions

  /// What to start this command with, for the site that the preview shows.
  static func arguments(_ site: SiteOptions, _ folders: SiteFolders) -> [String] {
    [
      configuration.commandName ?? "", "--root", folders.root, "--output", folders.output,
      "--jobs", String(site.jobs),
    ] + (site.drafts ? ["--drafts"] : [])
  }

  func run() async throws {
    let kernels = try site.kernels
    guard let channel = BuildChannel.waitForWord() else { return }
    do throws(FileError) {
      let folders = try site.folders()
      let sources = SourceTree(reading: folders)
      let built = await Site.build(
        sources, BuildSettings(jobs: site.jobs, includesDrafts: site.drafts),
        in: BuildEnvironment(
          cache: Cache.own(folders.cache), kernels: kernels,
          committedResults: folders.committedResults, progress: { channel.tell($0) }))
      channel.finish(built, of: sources)
    } catch {
      channel.finish(error)
    }
  }
}

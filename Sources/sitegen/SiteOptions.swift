import ArgumentParser
import struct Experiments.EngineKernels
import struct Experiments.EngineKernelsError
import Foundation
import Site
import Storage

/// The options of every command that works on a site.
struct SiteOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The folder of the site: one with sitegen.yml and content/, or one of notes only.",
      valueName: "folder"))
  var root = "."

  @Option(
    name: [.customLong("output"), .short],
    help: ArgumentHelp("Where to write the site. (default: site, in the root)", valueName: "folder")
  )
  var output: String?

  @Option(
    name: [.customLong("jobs"), .short],
    help: "The maximum number of threads. The site does not depend on it.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  @Flag(help: "Also build articles with `draft: true`.")
  var drafts = false

  func validate() throws {
    guard (1...1024).contains(jobs) else {
      throw ValidationError("--jobs must be from 1 to 1024, not \(jobs).")
    }
    _ = try kernels
  }

  /// The kernels that the environment variable `SITEGEN_KERNELS` names; by default the fastest of
  /// this machine.
  var kernels: EngineKernels {
    get throws {
      let name = ProcessInfo.processInfo.environment["SITEGEN_KERNELS", default: ""]
      guard !name.isEmpty else { return .best }
      do throws(EngineKernelsError) { return try EngineKernels(named: name) } catch {
        let usable = error.usable.map { "`\($0)`" }.joined(separator: ", ")
        throw ValidationError(
          "SITEGEN_KERNELS asks for \(error.problem): use one of \(usable), or leave it unset.")
      }
    }
  }

  func folders() throws(FileError) -> SiteFolders {
    try SiteFolders(root: root, output: output)
  }
}

import ArgumentParser
import DecimalText
import Experiments
import Publishing
import Site
import Storage

struct DiffCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Show which numbers of the site changed.",
    discussion: """
      Compares the results in the built site with those of a commit, metric by metric.

      Exits with 0 if no number changed, 1 if one did or the commit is unknown, 64 if the command \
      line is wrong.
      """)

  @Argument(help: "The commit to compare with: a branch, a tag, a hash.")
  var revision = "HEAD"

  @OptionGroup var site: SiteOptions

  func validate() throws {
    if revision.hasPrefix("-") { throw ValidationError("\(revision) is not the name of a commit.") }
  }

  func run() async throws {
    let terminal = Terminal()
    do {
      let folders = try site.folders()
      let data = folders.output + "/data"
      let comparison = ResultComparison(
        before: try await committed(folders.output, terminal), after: try onDisk(data))
      guard !comparison.changes.isEmpty else { return terminal.out("no number changed") }
      for change in comparison.changes {
        func text(_ value: Double?) -> String { value.map { shortest($0) } ?? "none" }
        terminal.out(
          "\(change.result)  \(change.metric)  \(text(change.before)) → \(text(change.after))")
      }
      throw ExitCode.failure
    } catch let error as FileError {
      terminal.show(error)
      throw ExitCode.failure
    } catch let error as PublishingError {
      terminal.show(error.explanation)
      throw ExitCode.failure
    }
  }

  private func onDisk(_ folder: String, below: String = "") throws(FileError) -> [String: [UInt8]] {
    guard FileSystem.isFolder(folder + "/" + below) else { return [:] }
    var files: [String: [UInt8]] = [:]
    for entry in try FileSystem.list(folder + "/" + below) {
      let path = below.isEmpty ? entry.name : below + "/" + entry.name
      if entry.kind == .folder {
        files.merge(try onDisk(folder, below: path)) { first, _ in first }
      } else if path.hasSuffix(".json") {
        files[String(path.dropLast(5))] = try FileSystem.read(folder + "/" + path)
      }
    }
    return files
  }

  private func committed(
    _ folder: String, _ terminal: Terminal
  ) async throws -> [String: [UInt8]] {
    guard FileSystem.isFolder(folder),
      let committed = try await CommittedFiles.read("data", of: folder, at: revision)
    else {
      terminal.show(
        (
          "this repository has no commit `\(revision)`",
          "name a branch, a tag or a hash that `git rev-parse` knows"
        ))
      throw ExitCode.failure
    }
    var files: [String: [UInt8]] = [:]
    for (path, bytes) in committed where path.hasSuffix(".json") {
      files[String(path.dropFirst("data/".count).dropLast(".json".count))] = bytes
    }
    return files
  }
}

import ArgumentParser
import DecimalText
import Experiments
import Foundation
import Site
import Storage

struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Show which numbers of the site moved.",
    discussion: """
      Compares the results in the built site with those of a commit (HEAD unless another is named), \
      metric by metric. Ends with 1 when something moved.
      """)

  @Argument(help: "A commit whose results to compare with.")
  var revision = "HEAD"

  @OptionGroup var site: SiteOptions

  func run() throws {
    let terminal = Terminal()
    do {
      let folders = try site.folders()
      let data = folders.output + "/data"
      let comparison = ResultComparison(
        before: try committed(data, terminal), after: try onDisc(data))
      guard !comparison.changes.isEmpty else { return terminal.out("no number moved") }
      for change in comparison.changes {
        func text(_ value: Double?) -> String { value.map { shortest($0) } ?? "none" }
        terminal.out(
          "\(change.result)  \(change.metric)  \(text(change.before)) → \(text(change.after))")
      }
      throw ExitCode.failure
    } catch let error as FileError {
      terminal.show(error)
      throw ExitCode.failure
    }
  }

  private func onDisc(_ folder: String, below: String = "") throws(FileError) -> [String: [UInt8]] {
    guard FileSystem.isFolder(folder + "/" + below) else { return [:] }
    var files: [String: [UInt8]] = [:]
    for entry in try FileSystem.list(folder + "/" + below) {
      let path = below.isEmpty ? entry.name : below + "/" + entry.name
      if entry.kind == .folder {
        files.merge(try onDisc(folder, below: path)) { first, _ in first }
      } else if path.hasSuffix(".json") {
        files[String(path.dropLast(5))] = try FileSystem.read(folder + "/" + path)
      }
    }
    return files
  }

  private func committed(_ folder: String, _ terminal: Terminal) throws -> [String: [UInt8]] {
    guard !revision.hasPrefix("-") else {
      throw ValidationError("\(revision) is no name of a commit.")
    }
    let parent = FileSystem.parent(of: folder)
    guard FileSystem.isFolder(parent),
      let list = git(["ls-tree", "-r", "--name-only", "-z", revision, "--", "data"], in: parent)
    else {
      terminal.note("sitegen: git knows no commit `\(revision)` here\n")
      throw ExitCode.failure
    }
    var files: [String: [UInt8]] = [:]
    for name in String(decoding: list, as: UTF8.self).split(separator: "\0")
    where name.hasSuffix(".json") {
      files[String(name.dropFirst(5).dropLast(5))] = git(
        ["show", "\(revision):./\(name)"], in: parent)
    }
    return files
  }

  private func git(_ arguments: [String], in folder: String) -> [UInt8]? {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["git", "-C", folder] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let data = (try? output.fileHandleForReading.readToEnd()) ?? Data()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? Array(data) : nil
  }
}

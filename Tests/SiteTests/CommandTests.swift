import Foundation
import Storage
import TestSupport
import Testing

@testable import Site

/// The command itself, run as people run it.
@Suite struct CommandTests {
  struct Outcome {
    var status: Int32
    var output: String
    var errors: String
  }

  /// The command beside the tests' own program.
  private static let sitegen = URL(filePath: CommandLine.arguments[0])
    .deletingLastPathComponent().appending(path: "sitegen")

  private func start(
    _ arguments: [String], in folder: String, environment: [String: String] = [:]
  ) throws -> (Process, Pipe, Pipe) {
    let process = Process()
    process.executableURL = Self.sitegen
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder)
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    return (process, output, errors)
  }

  private func run(
    _ arguments: [String], in folder: String, environment: [String: String] = [:]
  ) throws -> Outcome {
    let (process, output, errors) = try start(arguments, in: folder, environment: environment)
    let out = output.fileHandleForReading.readDataToEndOfFile()
    let err = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: String(decoding: out, as: UTF8.self),
      errors: String(decoding: err, as: UTF8.self))
  }

  @Test func aBuildWritesASiteAndSaysSo() throws {
    let folder = try TemporaryFolder()
    try folder.write("# Hello\n\n$$x^2$$\n", to: "hello.md")
    let first = try run(["build"], in: folder.path)
    #expect(first.status == 0)
    #expect(first.output.hasPrefix(folder.path + "/site: 4 pages, "))
    #expect(first.errors == "")
    #expect(try folder.read("site/hello/index.html").contains("katex"))
    let second = try run(["build"], in: folder.path)
    #expect(second.output == folder.path + "/site: 4 pages, nothing new\n")
  }

  @Test func aMistakeEndsWithOneAndLeavesTheLastSite() throws {
    let folder = try TemporaryFolder()
    try folder.write("# One\n", to: "a.md")
    #expect(try run(["build"], in: folder.path).status == 0)
    let before = try folder.read("site/a/index.html")
    try folder.write("---\ndate: never\n---\n\n# Two\n", to: "a.md")
    let failed = try run(["build"], in: folder.path)
    #expect(failed.status == 1)
    #expect(failed.output == "")
    #expect(failed.errors.hasPrefix("a.md:2:7: error: `date` must be a date"))
    #expect(failed.errors.hasSuffix("sitegen: 1 error; nothing was written\n"))
    #expect(try folder.read("site/a/index.html") == before)
  }

  @Test func checkNamesWhatDiffersAndWritesNothing() throws {
    let folder = try TemporaryFolder()
    try folder.write("# One\n", to: "a.md")
    #expect(try run(["build"], in: folder.path).status == 0)
    #expect(try run(["build", "--check"], in: folder.path).status == 0)
    try folder.write("# Two\n", to: "a.md")
    let before = try folder.read("site/a/index.html")
    let check = try run(["build", "--check"], in: folder.path)
    #expect(check.status == 1)
    #expect(check.output.contains("differs   a/index.html\n"))
    #expect(try folder.read("site/a/index.html") == before)
  }

  @Test func wrongUseEndsWithSixtyFour() throws {
    for arguments in [["build", "--jobs", "0"], ["build", "--no-such"], ["bulid"]] {
      let outcome = try run(arguments, in: "/")
      #expect(outcome.status == 64)
      #expect(outcome.output == "")
    }
    #expect(try run(["--version"], in: "/").status == 0)
  }

  @Test func aRootThatIsNotThereIsOneSentence() throws {
    let outcome = try run(["build", "--root", "/no/such/folder"], in: "/")
    #expect(outcome.status == 1)
    #expect(outcome.errors.hasPrefix("sitegen: error: there is no file `/no/such/folder`\n"))
    #expect(outcome.errors.split(separator: "\n").count == 2)
  }

  @Test func coloursAreForTerminalsOnly() throws {
    let folder = try TemporaryFolder()
    try folder.write("# One\n\n[a](b.md)\n", to: "a.md")
    let outcome = try run(["build"], in: folder.path, environment: ["TERM": "xterm-256color"])
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("a.md:3:1: warning: "))
    #expect(!outcome.errors.contains("\u{1B}"))
  }

  @Test func theSameBytesFromEveryKernelAndAnyNumberOfThreads() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      # A

      ```nn moons
      train: [dense 8, tanh, dense 8, relu, dense 1]
      data: moons samples=100 noise=0.1
      epochs: 5
      show: [loss, boundary, table]
      ```

      `nn moons.loss %.6f` and $$\\sigma$$.
      """, to: "content/a.md")
    var expected: [String: [UInt8]]?
    for (kernels, jobs) in [("", "1"), ("reference", "1"), ("", "4"), ("reference", "3")] {
      let output = folder.path + "/out-\(kernels)-\(jobs)"
      let outcome = try run(
        ["build", "--output", output, "--jobs", jobs], in: folder.path,
        environment: kernels.isEmpty ? [:] : ["SITEGEN_KERNELS": kernels])
      #expect(outcome.status == 0, "\(outcome.errors)")
      try Disc.removeTree(folder.path + "/.sitegen")
      let files = try self.files(in: output)
      if let expected { #expect(files == expected, "\(kernels) \(jobs)") }
      expected = expected ?? files
    }
    #expect(expected?["data/a/moons.json"] != nil)
  }

  /// Killed at any moment, a build leaves whole files, and the next one ends with the right site.
  @Test(arguments: [0.0, 0.02, 0.05, 0.1, 0.2])
  func aKilledBuildIsRepairedByTheNext(seconds: Double) throws {
    let folder = try TemporaryFolder()
    for index in 0..<40 { try folder.write("# Note \(index)\n\nold\n", to: "n\(index).md") }
    #expect(try run(["build"], in: folder.path).status == 0)
    let old = try files(in: folder.path + "/site")
    for index in 0..<40 { try folder.write("# Note \(index)\n\nnew\n", to: "n\(index).md") }
    let (process, _, _) = try start(["build"], in: folder.path)
    Thread.sleep(forTimeInterval: seconds)
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    let between = try files(in: folder.path + "/site")
    #expect(try run(["build"], in: folder.path).status == 0)
    let new = try files(in: folder.path + "/site")
    #expect(try run(["build", "--check"], in: folder.path).status == 0)
    for (path, bytes) in between { #expect(bytes == old[path] || bytes == new[path], "\(path)") }
    #expect(Set(between.keys) == Set(old.keys))
    #expect(old["n7/index.html"] != new["n7/index.html"])
  }

  private func files(in folder: String) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    func walk(_ path: String) throws {
      for entry in try Disc.list(folder + "/" + path) {
        let below = path.isEmpty ? entry.name : path + "/" + entry.name
        if entry.kind == .folder {
          try walk(below)
        } else {
          files[below] = try Disc.read(folder + "/" + below)
        }
      }
    }
    try walk("")
    return files
  }
}

import Foundation
import Storage
import TestSupport
import Testing

@testable import Site

/// The command itself, run as a user would run it.
@Suite struct CommandTests {
  @Test func aBuildWritesASiteAndSaysSo() throws {
    let folder = try TemporaryFolder()
    try folder.write("# Hello\n\n$$x^2$$\n", to: "hello.md")
    let first = try Command.run(["build"], in: folder.path)
    #expect(first.status == 0)
    #expect(first.output.hasPrefix(folder.path + "/site: 4 pages, "))
    #expect(first.errors == "")
    #expect(try folder.read("site/hello/index.html").contains("katex"))
    let second = try Command.run(["build"], in: folder.path)
    #expect(second.output == folder.path + "/site: 4 pages, nothing new\n")
  }

  @Test func aMistakeExitsWithOneAndKeepsTheLastSite() throws {
    let folder = try TemporaryFolder()
    try folder.write("# One\n", to: "a.md")
    #expect(try Command.run(["build"], in: folder.path).status == 0)
    let before = try folder.read("site/a/index.html")
    try folder.write("---\ndate: never\n---\n\n# Two\n", to: "a.md")
    let failed = try Command.run(["build"], in: folder.path)
    #expect(failed.status == 1)
    #expect(failed.output == "")
    #expect(failed.errors.hasPrefix("a.md:2:7: error: `date` must be a date"))
    #expect(failed.errors.hasSuffix("sitegen: 1 error; nothing was written\n"))
    #expect(try folder.read("site/a/index.html") == before)
  }

  @Test func checkNamesWhatDiffersAndWritesNothing() throws {
    let folder = try TemporaryFolder()
    try folder.write("# One\n", to: "a.md")
    #expect(try Command.run(["build"], in: folder.path).status == 0)
    #expect(try Command.run(["build", "--check"], in: folder.path).status == 0)
    try folder.write("# Two\n", to: "a.md")
    let before = try folder.read("site/a/index.html")
    let check = try Command.run(["build", "--check"], in: folder.path)
    #expect(check.status == 1)
    #expect(check.output.contains("differs   a/index.html\n"))
    #expect(try folder.read("site/a/index.html") == before)
  }

  @Test func wrongUseEndsWithSixtyFour() throws {
    for arguments in [["build", "--jobs", "0"], ["build", "--no-such"], ["bulid"]] {
      let outcome = try Command.run(arguments, in: "/")
      #expect(outcome.status == 64)
      #expect(outcome.output == "")
    }
    #expect(try Command.run(["--version"], in: "/").status == 0)
  }

  @Test func kernelsThatThereAreNotAreWrongUse() throws {
    let folder = try TemporaryFolder()
    let outcome = try Command.run(
      ["build"], in: folder.path, environment: ["SITEGEN_KERNELS": "avx3"])
    #expect(outcome.status == 64)
    #expect(
      outcome.errors.hasPrefix(
        "Error: SITEGEN_KERNELS asks for `avx3`, and no kernels have this name: use one of `reference`"
      )
    )
  }

  @Test func aRootThatIsNotThereIsOneSentence() throws {
    let outcome = try Command.run(["build", "--root", "/no/such/folder"], in: "/")
    #expect(outcome.status == 1)
    #expect(outcome.errors.hasPrefix("sitegen: error: there is no file `/no/such/folder`\n"))
    #expect(outcome.errors.split(separator: "\n").count == 2)
  }

  @Test func colorsAreForTerminalsOnly() throws {
    let folder = try TemporaryFolder()
    try folder.write("# One\n\n[a](b.md)\n", to: "a.md")
    let outcome = try Command.run(
      ["build"], in: folder.path, environment: ["TERM": "xterm-256color"])
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
      let outcome = try Command.run(
        ["build", "--output", output, "--jobs", jobs], in: folder.path,
        environment: kernels.isEmpty ? [:] : ["SITEGEN_KERNELS": kernels])
      #expect(outcome.status == 0, "\(outcome.errors)")
      try FileSystem.removeTree(folder.path + "/.sitegen")
      let files = try Command.files(in: output)
      if let expected { #expect(files == expected, "\(kernels) \(jobs)") }
      expected = expected ?? files
    }
    #expect(expected?["data/a/moons.json"] != nil)
  }

  /// A build that is killed at any moment leaves the old site or the new one. `Tests/Faults` kills
  /// it at every call that changes files.
  @Test(arguments: [0.0, 0.02, 0.05, 0.1, 0.2])
  func aKilledBuildLeavesAWholeSite(seconds: Double) throws {
    let folder = try TemporaryFolder()
    for index in 0..<40 { try folder.write("# Note \(index)\n\nold\n", to: "n\(index).md") }
    #expect(try Command.run(["build"], in: folder.path).status == 0)
    let old = try Command.files(in: folder.path + "/site")
    for index in 0..<40 { try folder.write("# Note \(index)\n\nnew\n", to: "n\(index).md") }
    let (process, _, _) = try Command.start(["build"], in: folder.path)
    Thread.sleep(forTimeInterval: seconds)
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    let between = try Command.files(in: folder.path + "/site")
    #expect(try Command.run(["build"], in: folder.path).status == 0)
    let new = try Command.files(in: folder.path + "/site")
    #expect(try Command.run(["build", "--check"], in: folder.path).status == 0)
    #expect(between == old || between == new)
    #expect(old["n7/index.html"] != new["n7/index.html"])
    #expect(try FileSystem.list(folder.path + "/.sitegen").map(\.name) == ["cache"])
  }
}

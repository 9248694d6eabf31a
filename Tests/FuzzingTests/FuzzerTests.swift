import Foundation
import Fuzzing
import Storage
import TestSupport
import Testing

/// Tests of the fuzzer as a whole: what it finds, and whether earlier findings are fixed.
@Suite struct FuzzerTests {
  private static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: CommandLine.arguments[0])
      .deletingLastPathComponent().appending(path: "sitegen-fuzz")
    process.arguments = arguments + ["--root", Repository.root]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  @Test(arguments: ["trap", "hang", "memory", "promise"])
  func faultsOfEachKindAreFoundMadeSmallerAndKept(kind: String) throws {
    let folder = NSTemporaryDirectory() + "/fuzzer-tests-\(kind)-\(getpid())"
    defer { try? FileSystem.removeTree(folder) }
    let (status, output) = try Self.run([
      "--target", kind, "--inputs", "3", "--findings", folder, "--processor-seconds", "1",
      "--memory", "512", "--tries", "60",
    ])
    #expect(status == 1, "\(output)")
    // Each input has the fault, and all of them count as one finding.
    let kept = try FileSystem.list(folder).map(\.name).filter { $0.hasSuffix(".fuzz") }
    try #require(kept == ["\(kind)-\(kind)-1-0.fuzz"], "\(output)")
    let (target, input) = try #require(FuzzInput.read(try FileSystem.read(folder + "/" + kept[0])))
    #expect(target == kind)
    #expect(input.text == "x", "\(output)")
    #expect(output.contains("\(kind) in \(kind), input 0 of seed 1\n"), "\(output)")
    #expect(!output.contains("not when it is tried alone"), "\(output)")
    #expect(output.contains(": 3 times\n"), "\(output)")
  }

  /// Each is replayed in a separate process, so that a trap is reported and does not end the tests.
  @Test func whatWasFoundIsMended() throws {
    let folder = Repository.root + "/Tests/Fixtures/Fuzz"
    let files = try FileSystem.list(folder).map(\.name).filter { $0.hasSuffix(".fuzz") }.sorted()
    #expect(!files.isEmpty)
    let (status, output) = try Self.run(["replay"] + files.map { folder + "/" + $0 })
    #expect(status == 0, "\(output)")
  }

  @Test(arguments: FuzzTarget.all.map(\.name)) func inputsDependOnSeedAndIndexAlone(
    name: String
  ) throws {
    let target = try #require(FuzzTarget.named(name))
    let corpus = try Corpus(root: Repository.root)
    let inputs = (0..<20).map { target.input(seed: 3, index: $0, corpus) }
    #expect(
      inputs.reversed() == (0..<20).reversed().map { target.input(seed: 3, index: $0, corpus) })
    #expect(Set(inputs).count > 10)
    #expect(Set(inputs) != Set((0..<20).map { target.input(seed: 4, index: $0, corpus) }))
  }
}

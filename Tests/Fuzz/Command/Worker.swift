import ArgumentParser
import Foundation
import Fuzzing
import Storage

/// Tries inputs one after another, until one of them ends the process.
struct Worker: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker", abstract: "Try the inputs of one target in this process.",
    shouldDisplay: false)

  @OptionGroup var options: FuzzOptions

  @Option var target: String
  @Option var seed: UInt64
  @Option var first: Int
  @Option var inputs: Int
  @Option var seconds: Double
  /// The file that contains the index of the input being tried.
  @Option var status: String
  @Option var scratch: String

  func run() async throws {
    guard let target = FuzzTarget.named(target) else {
      throw ValidationError("There is no target \(target).")
    }
    let corpus = try Corpus(root: options.root, more: options.corpus)
    let surroundings = FuzzTarget.Surroundings(corpus: corpus, scratch: scratch)
    Guard.watch(megabytes: options.memory, explains: false)
    let descriptor = unsafe open(status, O_WRONLY | O_CREAT, 0o644)
    guard descriptor >= 0 else { throw ValidationError("\(status) cannot be written.") }
    let end = ContinuousClock.now + .seconds(seconds)
    var slowest = (seconds: 0.0, index: first)
    var index = first
    while index < first + inputs, ContinuousClock.now < end {
      let line = Array("\(index)\n".utf8)
      _ = unsafe pwrite(descriptor, line, line.count, 0)
      let input = target.input(seed: seed, index: index, corpus)
      Guard.grant(seconds: options.processorSeconds)
      let start = Guard.processorSeconds()
      for fault in await target.run(input, surroundings) {
        say("fault\t\(index)\t\(fault)")
      }
      let taken = Guard.processorSeconds() - start
      if taken > slowest.seconds { slowest = (taken, index) }
      index += 1
    }
    say("slowest\t\(slowest.index)\t\(slowest.seconds)")
    say("done\t\(index)")
  }

  /// Writes a line immediately, before the next input is tried.
  private func say(_ line: String) {
    let oneLine = line.map { $0.isNewline ? " " : String($0) }.joined() + "\n"
    FileHandle.standardOutput.write(Data(oneLine.utf8))
  }
}

/// Tries inputs that were kept.
struct Replay: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Try inputs that were kept, in this process.")

  @OptionGroup var options: FuzzOptions

  @Argument(help: "Files that a run has kept.")
  var files: [String]

  @Flag(help: "End with an abort when an input takes too much, to see where.")
  var explain = false

  func run() async throws {
    let corpus = try Corpus(root: options.root, more: options.corpus)
    let scratch = NSTemporaryDirectory() + "/sitegen-fuzz-\(getpid())"
    try FileSystem.makeFolder(scratch)
    defer { try? FileSystem.removeTree(scratch) }
    Guard.watch(megabytes: options.memory, explains: explain)
    var isGood = true
    for path in files {
      guard let (name, input) = FuzzInput.read(try FileSystem.read(path)),
        let target = FuzzTarget.named(name)
      else { throw ValidationError("\(path) is no input that was kept.") }
      Guard.grant(seconds: options.processorSeconds)
      let start = Guard.processorSeconds()
      let faults = await target.run(input, .init(corpus: corpus, scratch: scratch))
      let seconds = Guard.processorSeconds() - start
      for fault in faults { print("fault\t0\t\(fault)") }
      if faults.isEmpty { print("\(path): fine, \(seconds) s") } else { isGood = false }
    }
    if !isGood { throw ExitCode.failure }
  }
}

import ArgumentParser
import DecimalText
import Diagnostics
import Experiments
import Foundation
import Storage
import Tensors

/// Compares estimated costs of blocks with the time that they take.
///
/// There is a block for every kind of layer and every verb, with a count that is doubled until the
/// estimate reaches a number of operations. A block's time is processor time for its run, its
/// result and its figures, on one thread and in this process; the shortest of several runs counts.
/// The machine's rate is the median of all blocks; blocks off by more than a factor of two are
/// listed again at the end.
struct CostsBench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "costs", abstract: "Hold what blocks are said to cost against the time they take.")

  @ArgumentParser.Argument(
    help: "Words that the names of blocks must have one of. (default: all blocks)")
  var names: [String] = []

  @ArgumentParser.Option(help: "Operations that a block is doubled up to.")
  var operations = 3e9

  @ArgumentParser.Option(help: "Times that each block is run; the shortest counts.")
  var times = 3

  @ArgumentParser.Option(help: "Operations a second, in place of the middle one of all blocks.")
  var rate: Double?

  private struct Figure {
    var name: String
    var operations: Double
    var seconds: Double
    var rate: Double { operations / seconds }
  }

  func run() async throws {
    keepOtherThreadsOut()
    let chosen = CostBlock.all.filter { block in
      names.isEmpty || names.contains { block.name.contains($0) }
    }
    guard !chosen.isEmpty else { throw ValidationError("no block is named so") }
    let folder = NSTemporaryDirectory() + "/sitegen-costs-\(getpid())"
    defer { try? FileSystem.removeTree(folder) }
    try CostBlock.writeFiles(to: folder)
    var figures: [Figure] = []
    say("G operations  seconds  G operations a second  block")
    for block in chosen {
      let figure = try await measure(block, .folder(folder))
      figures.append(figure)
      say(
        "\(fixed(figure.operations / 1e9, 2))\t\(fixed(figure.seconds, 3))"
          + "\t\(fixed(figure.rate / 1e9, 2))\t\(figure.name)")
    }
    let rates = figures.map(\.rate).sorted()
    let middle = rate ?? (rates[(rates.count - 1) / 2] * rates[rates.count / 2]).squareRoot()
    say("\(figures.count) blocks; the middle one at \(significant(middle, 3)) operations a second")
    let off = figures.filter { !(0.5...2).contains($0.rate / middle) }
    for figure in off {
      say("off by more than two: \(fixed(figure.rate / middle, 2))\t\(figure.name)")
    }
  }

  /// Prints a line at once, since the next one takes a while.
  private func say(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }

  private func measure(_ block: CostBlock, _ files: DataFiles) async throws -> Figure {
    let reader = ExperimentParser(files: files)
    var count = min(16, block.most)
    while true {
      let text = block.text(count)
      let file = SourceFile(path: "block.nn", bytes: Array(text.utf8))
      let (read, mistakes) = reader.read(
        NNBlock(wholeOf: file, name: "block"), id: "block", page: "block", changes: [])
      guard let experiment = read, mistakes.isEmpty else {
        throw ValidationError(
          "\(block.name): \(mistakes.map(\.message).joined(separator: "; "))\n\(text)")
      }
      guard experiment.cost.operations >= operations || count >= block.most else {
        count = min(2 * count, block.most)
        continue
      }
      var seconds = Double.infinity
      for _ in 0..<times { seconds = min(seconds, try await time(experiment, files, block.name)) }
      return Figure(
        name: block.name, operations: experiment.cost.operations, seconds: seconds)
    }
  }

  private func time(
    _ experiment: Experiment, _ files: DataFiles, _ name: String
  ) async throws -> Double {
    let start = Self.processorSeconds()
    let (results, mistakes) = await ExperimentRunner(files: files).run([experiment])
    guard let result = results.first ?? nil else {
      throw ValidationError("\(name): \(mistakes.map(\.message).joined(separator: "; "))")
    }
    let length = result.drawings(FigureContext()).svg.joined().utf8.count + result.json.count
    return Self.processorSeconds() - start + (length == .max ? 1 : 0)
  }

  private static func processorSeconds() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// Marks all processors as busy for the engine, so that no block is split over threads, whose
  /// waiting would count as time.
  private func keepOtherThreadsOut() {
    for _ in 0..<ProcessInfo.processInfo.processorCount {
      Thread.detachNewThread {
        Parallelism.computing { while true { Thread.sleep(forTimeInterval: 3600) } }
      }
    }
  }
}

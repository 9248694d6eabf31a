import Experiments
import Foundation
import Storage
import Synchronization
import Testing

/// Compares the estimated cost of a block with what the command that runs it takes.
///
/// Only memory is asserted: the peak of the process less the peak for a block of no size, for
/// blocks of at least 50 MB, below which the process's own needs dominate. Operations are printed
/// beside the processor time, which on a shared machine is too noisy to assert.
@Suite(.serialized) struct CostEstimateTests {
  @Test func aRunHoldsBetweenHalfAndTwiceWhatItIsSaidToHold() throws {
    let folder = try SizedBlocks.folder()
    let base = try Child.run("plot: relu", in: folder)
    try #require(base.status == 0)
    var report: [String] = []
    let blocks = SizedBlocks.all
    for (block, child) in zip(blocks, Child.run(blocks.map(\.text), in: folder)) {
      let (name, child) = (block.name, try child.get())
      let cost = try #require(SizedBlocks.cost(of: block.text, in: folder.path), "\(name)")
      #expect(child.status == 0, "\(name): \(child.errors)")
      let (said, held) = (Double(cost.bytes), Double(child.peak - base.peak))
      #expect(said >= 50e6 && said < 500e6, "\(name) says \(said)")
      #expect(held < 2 * said, "\(name) holds \(held), and says \(said)")
      #expect(held > said / 2, "\(name) holds \(held), and says \(said)")
      report.append(
        "\(name): \(Int(said / 1e6)) MB said, \(Int(held / 1e6)) held;"
          + " \(cost.operations / 1e9) G operations, \(child.seconds - base.seconds) s")
    }
    #expect(report.count >= 40)
    print(report.joined(separator: "\n"))
  }

  /// Each of these once took minutes, or more memory than there is, before it was refused.
  @Test(arguments: HostileBlocks.all) func whatIsTooMuchIsRefusedBeforeItIsMade(
    text: String
  ) throws {
    let folder = try TemporaryFolder()
    let child = try Child.run(text, in: folder)
    #expect(child.status == 1)
    #expect(child.errors.contains("limit") || child.errors.contains("are read"), "\(child.errors)")
    // The memory of the command itself, and of reading a file within its limits.
    #expect(child.peak < 150_000_000, "\(text)")
    #expect(child.seconds < 5, "\(text)")
  }
}

/// A run of the command, with its peak memory.
struct Child {
  var status: Int32
  var errors: String
  /// Peak memory in bytes.
  var peak: Int
  /// Processor time.
  var seconds: Double

  /// Runs blocks concurrently, one per core: the memory of one does not depend on the others.
  static func run(_ blocks: [String], in folder: TemporaryFolder) -> [Result<Child, any Error>] {
    let path = folder.path
    let results = Mutex<[Int: Result<Child, any Error>]>([:])
    DispatchQueue.concurrentPerform(iterations: blocks.count) { index in
      let result = Result { try run(blocks[index], as: "block-\(index).nn", below: path) }
      results.withLock { $0[index] = result }
    }
    return results.withLock { results in blocks.indices.map { results[$0]! } }
  }

  static func run(_ block: String, in folder: TemporaryFolder) throws -> Child {
    try run(block, as: "block.nn", below: folder.path)
  }

  private static func run(_ block: String, as name: String, below root: String) throws -> Child {
    let file = root + "/" + name
    try FileSystem.write(Array((block + "\n").utf8), to: file)
    let outcome = try Command.measured(["run", "--root", root, file], in: root)
    let figures = outcome.output.split(whereSeparator: \.isWhitespace)
    guard figures.count == 3, let status = Int32(figures[0]), let peak = Int(figures[1]),
      let seconds = Double(figures[2])
    else { throw NotMeasured(outcome: outcome) }
    return Child(status: status, errors: outcome.errors, peak: peak, seconds: seconds)
  }

  struct NotMeasured: Error { var outcome: Command.Outcome }
}

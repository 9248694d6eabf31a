import Experiments
import Foundation
import Storage
import Testing

/// What a block is said to need against what the command that runs it took.
///
/// Asserted are bytes: the most that the process held, less what it holds for a block of no size;
/// of blocks of at least 50 MB, below which the process's own needs count for more. Operations are printed beside
/// the time of the processor, which on a machine that others use says too little to assert.
@Suite(.serialized) struct CostEstimateTests {
  @Test func aRunHoldsBetweenHalfAndTwiceWhatItIsSaidToHold() throws {
    let folder = try SizedBlocks.folder()
    let base = try Child.run("plot: relu", in: folder)
    try #require(base.status == 0)
    var report: [String] = []
    for (name, text) in SizedBlocks.all {
      let cost = try #require(SizedBlocks.cost(of: text, in: folder.path), "\(name)")
      let child = try Child.run(text, in: folder)
      #expect(child.status == 0, "\(name)")
      let (said, held) = (Double(cost.bytes), Double(child.peak - base.peak))
      #expect(said >= 50e6 && said < 500e6, "\(name) says \(said)")
      #expect(held < 2 * said, "\(name) holds \(held), and says \(said)")
      #expect(held > said / 2, "\(name) holds \(held), and says \(said)")
      report.append(
        "\(name): \(Int(said / 1e6)) MB said, \(Int(held / 1e6)) held;"
          + " \(cost.operations / 1e9) G operations, \(child.seconds - base.seconds) s")
    }
    #expect(SizedBlocks.all.count >= 40)
    print(report.joined(separator: "\n"))
  }

  /// Each took minutes, or more memory than there is, before anything was said.
  @Test(arguments: HostileBlocks.all) func whatIsTooMuchIsRefusedBeforeItIsMade(
    text: String
  ) throws {
    let folder = try TemporaryFolder()
    let child = try Child.run(text, in: folder)
    #expect(child.status == 1)
    #expect(child.errors.contains("limit") || child.errors.contains("are read"), "\(child.errors)")
    // What the command takes by itself, and what reading a file within its bounds takes.
    #expect(child.peak < 150_000_000, "\(text)")
    #expect(child.seconds < 5, "\(text)")
  }
}

/// A run of the command, with the most that it held.
struct Child {
  var status: Int32
  var errors: String
  /// Bytes.
  var peak: Int
  /// Of the processor.
  var seconds: Double

  static func run(_ block: String, in folder: TemporaryFolder) throws -> Child {
    try folder.write(block + "\n", to: "block.nn")
    let outcome = try Command.measured(
      ["run", "--root", folder.path, folder.path + "/block.nn"], in: folder.path)
    let figures = outcome.output.split(whereSeparator: \.isWhitespace)
    try #require(outcome.status == 0 && figures.count == 3, "\(outcome)")
    return Child(
      status: try #require(Int32(figures[0])), errors: outcome.errors,
      peak: try #require(Int(figures[1])), seconds: try #require(Double(figures[2])))
  }
}

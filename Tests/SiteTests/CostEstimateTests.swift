import Diagnostics
import Experiments
import Foundation
import Storage
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a block is said to need against what the command that runs it took.
///
/// Asserted are bytes: the most that the process held, less what it holds for a block of no size,
/// and only above a floor below which its own needs count for more. Operations are printed beside
/// the time of the processor, which on a machine that others use says too little to assert.
@Suite(.serialized) struct CostEstimateTests {
  /// Bytes of a difference that the process's own needs explain.
  private static let floor = 24_000_000.0

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
      #expect(held < 2 * said + Self.floor, "\(name) holds \(held), and says \(said)")
      #expect(held > said / 2 - Self.floor, "\(name) holds \(held), and says \(said)")
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

  static func run(_ block: String, in folder: borrowing TemporaryFolder) throws -> Child {
    try folder.write(block + "\n", to: "block.nn")
    let errors = folder.path + "/errors"
    let command = URL(filePath: CommandLine.arguments[0])
      .deletingLastPathComponent().appending(path: "sitegen").path
    let words = [
      "/bin/sh", "-c", #"exec "$0" run --root "$1" "$1/block.nn" >/dev/null 2>"$2""#, command,
      folder.path, errors,
    ]
    let arguments = unsafe words.map { unsafe strdup($0) } + [nil]
    defer { for argument in unsafe arguments { unsafe free(argument) } }
    var id: pid_t = 0
    let started = unsafe posix_spawn(&id, "/bin/sh", nil, nil, arguments, environ)
    try #require(started == 0)
    var status: Int32 = 0
    var usage = rusage()
    try #require(unsafe wait4(id, &status, 0, &usage) == id)
    #if os(Linux)
      let unit = 1024
    #else
      let unit = 1
    #endif
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return Child(
      status: status & 0x7F == 0 ? status >> 8 & 0xFF : -1,
      errors: String(decoding: try Disc.read(errors), as: UTF8.self),
      peak: Int(usage.ru_maxrss) * unit,
      seconds: seconds(usage.ru_utime) + seconds(usage.ru_stime))
  }
}

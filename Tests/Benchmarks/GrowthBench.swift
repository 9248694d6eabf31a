import DecimalText
import ArgumentParser
import Diagnostics
import Foundation
import Markup
import Site
import Storage

/// How a build's time grows with its input: each kind of input is doubled until a build of it takes
/// long, and the exponent of its growth is printed. Linear work has exponent one, quadratic work
/// two.
///
/// The time is the processor time of the whole build, in this process and on one thread: parsing,
/// rendering, and the messages as shown at a terminal. The constant part, the time of a site with
/// one short article, is subtracted.
struct GrowthBench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "growth", abstract: "Double inputs and fit how the build's time grows.")

  @Argument(help: "Words that the names of inputs must have one of. (default: all inputs)")
  var names: [String] = []

  @Option(help: "An input is doubled until it takes so many seconds.")
  var seconds = 1.0

  @Option(help: "An input is doubled until it has so many megabytes.")
  var megabytes = 64

  @Option(help: "Inputs whose exponent is above this are told again at the end.")
  var bound = 1.3

  @Flag(help: "Write the sites too, to a folder that is removed afterwards.")
  var writing = false

  /// The times of one input, by size.
  private struct Series {
    var points: [(bytes: Int, seconds: Double)] = []

    /// The slope of the logarithms, by least squares, over the last four sizes whose times exceed
    /// the clock's resolution.
    var exponent: Double? {
      let used = points.filter { $0.seconds > 0.03 }.suffix(4)
      guard used.count > 1 else { return nil }
      let x = used.map { log2(Double($0.bytes)) }
      let y = used.map { log2($0.seconds) }
      let (meanX, meanY) = (x.reduce(0, +) / Double(x.count), y.reduce(0, +) / Double(y.count))
      let covariance = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) }
      return covariance / x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
    }
  }

  func run() async throws {
    let inputs = GrowthInput.all.filter { input in
      names.isEmpty || names.contains { input.name.contains($0) }
    }
    guard !inputs.isEmpty else { throw ValidationError("no input is named so") }
    _ = try await time(GrowthInput.smallest)
    var base = Double.infinity
    for _ in 0..<5 { base = min(base, try await time(GrowthInput.smallest)) }
    print("a site of one short article takes \(milliseconds(base)) ms, which is subtracted")
    print("exponent  ms at each size")
    var steep: [String] = []
    for input in inputs {
      let series = try await measure(input, base)
      let exponent = series.exponent.map { fixed($0, 2) } ?? "-"
      let times = series.points.map { "\($0.bytes / 1000) kB: \(milliseconds($0.seconds))" }
      print("\(exponent)\t\(input.name)  \(times.joined(separator: ", "))")
      if let exponent = series.exponent, exponent > bound { steep.append(input.name) }
    }
    if !steep.isEmpty { print("above \(bound): \(steep.joined(separator: "; "))") }
  }

  private func measure(_ input: GrowthInput, _ base: Double) async throws -> Series {
    var series = Series()
    var count = input.start
    while count <= input.most {
      let files = input.files(count)
      let bytes = files.reduce(0) { $0 + $1.key.utf8.count + $1.value.count }
      guard bytes <= megabytes << 20 else { break }
      let taken = max(0, try await time(files) - base)
      series.points.append((bytes, taken))
      if taken > seconds { break }
      count *= 2
    }
    return series
  }

  /// Processor time in seconds of a build of the files.
  private func time(_ files: [String: [UInt8]]) async throws -> Double {
    let sources = SourceTree(files)
    let start = Self.processorSeconds()
    let site = await build(sources, BuildSettings(jobs: 1))
    var known: [String: SourceFile] = [:]
    var length = 0
    for diagnostic in site.diagnostics {
      let text = diagnostic.rendered { path in
        if let file = known[path] { return file }
        known[path] = sources.sourceFile(path)
        return known[path]
      }
      length += text.utf8.count
    }
    if writing {
      let scratch = NSTemporaryDirectory() + "/sitegen-growth-\(getpid())"
      defer { try? FileSystem.removeTree(scratch) }
      try FileSystem.makeFolder(scratch)
      _ = try OutputFolder(SiteFolders(root: scratch)).write(site.output, from: sources)
    }
    return Self.processorSeconds() - start + (length == .max ? 1 : 0)
  }

  private static func processorSeconds() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  private func milliseconds(_ seconds: Double) -> String { fixed(seconds * 1000, 0) }
}

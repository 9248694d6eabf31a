import Foundation
import Fuzzing
import Storage

/// A fault that an input revealed.
struct Finding {
  /// `trap`, `hang`, `memory`, `stuck`, or the first word of a violated promise.
  var kind: String
  /// The location in the sources, or the promise: findings with equal signatures are the same.
  var signature: String
  /// A description for a person to read.
  var explanation: String
  var input: FuzzInput
  /// Whether the fault occurs again when the input is tried alone.
  var isReproduced: Bool
}

/// Tries inputs alone, to find out what is wrong with them and to make them smaller.
struct Inspector {
  let target: FuzzTarget
  let options: FuzzOptions
  /// A folder for temporary files.
  let folder: String

  /// The fault of an input when it is tried alone; `nil` if there is none.
  func inspect(_ input: FuzzInput, explains: Bool = false) -> (
    kind: String, signature: String, text: String
  )? {
    let path = folder + "/input"
    guard (try? FileSystem.write(input.kept(for: target.name), to: path)) != nil,
      let process = try? WorkerProcess(
        ["replay", path] + (explains ? ["--explain"] : []) + options.arguments, folder: folder,
        explains: explains, patienceSeconds: Double(options.processorSeconds) * 8 + 60)
    else { return nil }
    let faults = process.output.split(separator: "\n").filter { $0.hasPrefix("fault\t") }
    if let kind = process.ending.kind {
      let words = Self.words(process.errors)
      let place = Self.place(process.errors, isExact: kind == "trap")
      return (kind, place ?? words, words + "\n" + Self.frames(process.errors))
    }
    guard let fault = faults.first?.split(separator: "\t", maxSplits: 2).last else { return nil }
    return (
      Self.kind(ofFault: String(fault)), Self.signature(ofFault: String(fault)),
      Set(faults.map(String.init)).sorted().prefix(8).joined(separator: "\n")
    )
  }

  static func kind(ofFault fault: String) -> String {
    String(fault.prefix { $0 != ":" })
  }

  /// The promise without the numbers and paths of a single input.
  static func signature(ofFault fault: String) -> String {
    let words = fault.split(separator: " ").filter { word in
      let name = word.drop { $0 == "`" }.prefix { $0 != "`" && $0 != ":" }
      return ![".html", ".xml", ".json"].contains { name.hasSuffix($0) }
    }
    return String(words.joined(separator: " ").filter { !$0.isNumber }.prefix(70))
  }

  /// The message of a trap, without the address, which differs between processes.
  private static func words(_ errors: String) -> String {
    for mark in ["Fatal error", "Swift runtime failure:", "Program crashed:"] {
      for line in errors.split(separator: "\n") {
        guard let start = line.range(of: mark) else { continue }
        let words = line[start.lowerBound...].prefix(200)
        return String(words[..<(words.range(of: " at 0x")?.lowerBound ?? words.endIndex)])
      }
    }
    return ""
  }

  /// The first location in the project's own sources.
  ///
  /// - Parameter isExact: Whether to include the line, which for excessive time or memory differs
  ///   each time.
  private static func place(_ errors: String, isExact: Bool) -> String? {
    for line in errors.split(separator: "\n") {
      guard let start = line.range(of: "/Sources/"), !line.contains("/checkouts/") else { continue }
      let words = line[start.upperBound...].split(separator: ":")
      if words.count > 1 { return isExact ? "\(words[0]):\(words[1])" : String(words[0]) }
    }
    return nil
  }

  private static func frames(_ errors: String) -> String {
    errors.split(separator: "\n").filter { $0.contains(" in ") && $0.contains(" at /") }.prefix(24)
      .joined(separator: "\n")
  }

  /// A smaller input with the same fault.
  func minimize(_ finding: Finding, tries: Int) -> FuzzInput {
    var quick = self
    let isDear = ["hang", "stuck", "memory"].contains(finding.kind)
    if isDear {
      var options = options
      options.processorSeconds = max(1, options.processorSeconds / 4)
      quick = Inspector(target: target, options: options, folder: folder)
    }
    var minimizer = Minimizer(tries: isDear ? min(tries, 24) : tries) { input in
      guard let found = quick.inspect(input) else { return false }
      guard found.kind == finding.kind else { return false }
      return isDear || finding.kind == "trap" || found.signature == finding.signature
    }
    return minimizer.minimize(finding.input)
  }
}

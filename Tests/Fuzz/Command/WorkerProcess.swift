import Foundation
import Fuzzing
import Storage

/// Another process of this program, and how it ended.
struct WorkerProcess {
  enum Ending: Hashable {
    case finished
    /// A signal that a trap or a bad memory access raises.
    case trap(signal: Int32)
    case hang
    case memory
    /// Neither processor time nor progress: a deadlock.
    case stuck
    /// An end that no input should cause.
    case other(Int32)
  }

  var ending: Ending
  var output: String
  var errors: String

  /// Starts this program again and waits for it to end.
  ///
  /// - Parameter status: A file whose contents change as long as there is progress.
  init(
    _ arguments: [String], folder: String, status: String? = nil, explains: Bool = false,
    patienceSeconds: Double
  ) throws {
    let process = Process()
    process.executableURL = URL(filePath: Self.executable)
    process.arguments = arguments
    var environment = ProcessInfo.processInfo.environment
    environment["SWIFT_BACKTRACE"] =
      explains
      ? "enable=yes,color=no,interactive=no,threads=crashed,limit=48,cache=no" : "enable=no"
    process.environment = environment
    let outputPath = folder + "/output"
    let errorsPath = folder + "/errors"
    for path in [outputPath, errorsPath] { try FileSystem.write([], to: path) }
    process.standardOutput = FileHandle(forWritingAtPath: outputPath)
    process.standardError = FileHandle(forWritingAtPath: errorsPath)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    var wasStuck = false
    var last: [UInt8] = []
    var lastChange = ContinuousClock.now
    while process.isRunning {
      usleep(10_000)
      let now = ContinuousClock.now
      let state = status.flatMap { try? FileSystem.read($0) } ?? []
      if state != last { (last, lastChange) = (state, now) }
      if now - lastChange > .seconds(patienceSeconds) {
        wasStuck = true
        kill(process.processIdentifier, SIGKILL)
        break
      }
    }
    process.waitUntilExit()
    output = String(decoding: (try? FileSystem.read(outputPath)) ?? [], as: UTF8.self)
    errors = String(decoding: (try? FileSystem.read(errorsPath)) ?? [], as: UTF8.self)
    ending = Self.ending(process, wasStuck: wasStuck)
  }

  private static let executable: String = {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? CommandLine.arguments[0]
  }()

  private static func ending(_ process: Process, wasStuck: Bool) -> Ending {
    if wasStuck { return .stuck }
    let status = process.terminationStatus
    guard process.terminationReason == .uncaughtSignal else {
      switch status {
      case 0, 1: return .finished
      case Guard.Ending.memory: return .memory
      default: return .other(status)
      }
    }
    // The kernel kills a process that uses too much memory.
    return switch status {
    case SIGPROF: .hang
    case SIGKILL: .memory
    default: .trap(signal: status)
    }
  }
}

extension WorkerProcess.Ending {
  /// `trap`, `hang` and so on; `nil` for a regular end.
  var kind: String? {
    switch self {
    case .finished: nil
    case .trap: "trap"
    case .hang: "hang"
    case .memory: "memory"
    case .stuck: "stuck"
    case .other: "end"
    }
  }
}

import Foundation
import Storage

/// Runs the command `sitegen` as a user would.
enum Command {
  struct Outcome {
    var status: Int32
    var output: String
    var errors: String
  }

  /// The folder of the commands: that of the test program.
  private static let products = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()

  private static let sitegen = products.appending(path: "sitegen")

  static func start(
    _ arguments: [String], in folder: String, program: String = "sitegen",
    environment: [String: String] = [:]
  ) throws -> (Process, Pipe, Pipe) {
    let process = Process()
    process.executableURL = products.appending(path: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder)
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    return (process, output, errors)
  }

  static func run(
    _ arguments: [String], in folder: String, program: String = "sitegen",
    environment: [String: String] = [:]
  ) throws -> Outcome {
    let (process, output, errors) = try start(
      arguments, in: folder, program: program, environment: environment)
    let out = output.fileHandleForReading.readDataToEndOfFile()
    let err = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: String(decoding: out, as: UTF8.self),
      errors: String(decoding: err, as: UTF8.self))
  }

  /// Runs the command under `child-usage`, which writes its measurements in place of the command's
  /// output.
  static func measured(_ arguments: [String], in folder: String) throws -> Outcome {
    try run([sitegen.path] + arguments, in: folder, program: "child-usage")
  }

  static func files(in folder: String) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    func walk(_ path: String) throws {
      for entry in try FileSystem.list(folder + "/" + path) {
        let below = path.isEmpty ? entry.name : path + "/" + entry.name
        if entry.kind == .folder {
          try walk(below)
        } else {
          files[below] = try FileSystem.read(folder + "/" + below)
        }
      }
    }
    try walk("")
    return files
  }
}

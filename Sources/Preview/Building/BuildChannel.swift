package import Site
package import Storage
import Synchronization

import class Foundation.Thread

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A build process's end of the connection to the preview: it waits for the request to build and
/// reports the outcome. The process ends with the preview, even during a build.
package final class BuildChannel: Sendable {
  private struct State {
    var bytes: [UInt8] = []
    var lastProgress: (step: BuildProgress.Step, detail: String)?
    var toldAt = ContinuousClock.now
  }

  private let descriptor: Int32
  private let state = Mutex(State())

  /// The bytes that request a build.
  static let word: [UInt8] = Array("build\n".utf8)

  /// Waits for the request.
  ///
  /// - Returns: `nil` where the preview ended without one.
  package static func waitForRequest() -> BuildChannel? {
    preferToBeKilled()
    // Output of libraries must not mix with the messages: it goes to standard error.
    let descriptor = dup(1)
    dup2(2, 1)
    guard descriptor >= 0, readByte() != nil else { return nil }
    Thread.detachNewThread {
      while readByte() != nil {}
      _exit(0)
    }
    return BuildChannel(descriptor)
  }

  private init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// Reports the build's progress: at most as often as a person can see, but at once when
  /// something new begins, so that the preview knows what was running if this process dies.
  package func report(_ progress: BuildProgress) {
    state.withLock { state in
      let now = ContinuousClock.now
      let isNew =
        state.lastProgress.map { $0.step != progress.step || $0.detail != progress.detail } ?? true
      guard isNew || now - state.toldAt > .milliseconds(80) else { return }
      state.lastProgress = (progress.step, progress.detail)
      state.toldAt = now
      send(
        .progress(
          step: progress.step.rawValue, fraction: progress.fraction, detail: progress.detail),
        &state)
      flush(&state)
    }
  }

  /// Sends the outcome of a build.
  package func finish(_ build: SiteBuild, of sources: SourceTree) {
    state.withLock { state in
      let mistakes = PreviewBuild.mistakes(build.diagnostics, sourceFile: sources.sourceFile)
      for mistake in mistakes { send(.mistake(mistake), &state) }
      for (path, content) in build.output.files {
        switch content {
        case .bytes(let bytes): send(.file(path: path, bytes: bytes), &state)
        case .copy(let source): send(.copy(path: path, source: source), &state)
        }
      }
      send(.done, &state)
      flush(&state)
    }
  }

  /// Reports why there is nothing to build.
  package func finish(_ error: FileError) {
    let (message, hint) = error.explanation
    state.withLock { state in
      send(.mistake(.init(error: message, hint: hint)), &state)
      send(.done, &state)
      flush(&state)
    }
  }

  private func send(_ message: BuildMessage, _ state: inout State) {
    message.write(to: &state.bytes)
    if state.bytes.count > 1 << 18 { flush(&state) }
  }

  /// Writes the collected messages; ends the process if the preview is gone.
  private func flush(_ state: inout State) {
    var rest = state.bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe write(descriptor, $0.baseAddress, $0.count)
      }
      if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { _exit(1) }
    }
    state.bytes.removeAll(keepingCapacity: true)
  }

  private static func readByte() -> UInt8? {
    var byte: UInt8 = 0
    while true {
      let count = unsafe read(0, &byte, 1)
      if count == 1 { return byte }
      if count == 0 || errno != EINTR { return nil }
    }
  }

  /// Asks the system to kill the build, rather than the preview or the browser, when memory runs
  /// out.
  private static func preferToBeKilled() {
    #if os(Linux)
      try? FileSystem.append(Array("500".utf8), to: "/proc/self/oom_score_adj")
    #endif
  }
}

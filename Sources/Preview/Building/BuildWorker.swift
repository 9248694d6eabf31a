import Site
import Subprocess
import Synchronization

/// A build process: it waits for the request, builds once and ends.
final class BuildWorker: Sendable {
  enum File: Hashable, Sendable {
    case bytes([UInt8])
    case copy(of: String)
  }

  enum Outcome: Sendable {
    case built([String: File], [PreviewBuild.Mistake])
    case failed(PreviewBuild.Mistake)
    /// The process ended before the request was sent.
    case neverBegan
  }

  typealias Progress = @Sendable (BuildProgress) -> Void

  private let word: AsyncStream<Progress>.Continuation
  private let outcomes: AsyncStream<Outcome>
  private let task: Task<Void, Never>

  /// Starts the process.
  init(_ program: String, _ arguments: [String]) {
    let (words, word) = AsyncStream.makeStream(of: Progress.self)
    let (outcomes, report) = AsyncStream.makeStream(of: Outcome.self)
    self.word = word
    self.outcomes = outcomes
    task = Task {
      let listener = Listener(report)
      do {
        let result = try await Subprocess.run(
          .path(path(program)),
          arguments: Arguments(executablePathOverride: "sitegen", remainingValues: arguments),
          // Swift's crash report takes seconds, and nothing reads it.
          environment: .inherit.updating(["SWIFT_BACKTRACE": "enable=no"]),
          input: .inputWriter, output: .sequence, error: .sequence
        ) { execution in
          try await listener.listen(to: execution, words)
        }
        listener.processEnded(result.terminationStatus)
      } catch {
        listener.processEnded(nil)
      }
      report.finish()
    }
  }

  /// Requests the build and waits for its outcome. May be called once.
  func build(_ onProgress: @escaping Progress) async -> Outcome {
    word.yield(onProgress)
    word.finish()
    return await withTaskCancellationHandler {
      for await outcome in outcomes { return outcome }
      return .neverBegan
    } onCancel: {
      task.cancel()
    }
  }

  /// Kills the process, if it still runs.
  func end() {
    word.finish()
    task.cancel()
  }
}

/// Reads the process's messages until it is done or has ended.
private final class Listener: Sendable {
  private struct State {
    var hasBegun = false
    var isDone = false
    var isMalformed = false
    var progress: BuildProgress?
    /// The end of what it wrote to standard error.
    var words: [UInt8] = []
  }

  private let report: AsyncStream<BuildWorker.Outcome>.Continuation
  private let state = Mutex(State())

  init(_ report: AsyncStream<BuildWorker.Outcome>.Continuation) { self.report = report }

  func listen(
    to execution: Execution<CustomWriteInput, SequenceOutput, SequenceOutput>,
    _ words: AsyncStream<BuildWorker.Progress>
  ) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for try await piece in execution.standardError { self.keep(piece) }
      }
      group.addTask {
        guard let onProgress = await words.first(where: { _ in true }) else { return }
        _ = try await execution.standardInputWriter.write(BuildChannel.word)
        self.state.withLock { $0.hasBegun = true }
        try await self.read(execution.standardOutput, onProgress)
        // The outcome is known; whatever the process still does is irrelevant.
        if self.state.withLock({ $0.isDone || $0.isMalformed }) {
          try? execution.send(signal: .kill)
        }
      }
      try await group.waitForAll()
    }
  }

  private func read(
    _ output: SubprocessOutputSequence, _ onProgress: BuildWorker.Progress
  ) async throws {
    var reader = BuildMessageReader()
    var files: [String: BuildWorker.File] = [:]
    var mistakes: [PreviewBuild.Mistake] = []
    for try await piece in output {
      reader.append(piece.array)
      do throws(BuildMessageReader.Malformed) {
        while let message = try reader.next() {
          switch message {
          case .progress(let step, let fraction, let detail):
            guard let step = BuildProgress.Step(rawValue: step) else { continue }
            let progress = BuildProgress(step, fraction, detail: detail)
            state.withLock { $0.progress = progress }
            onProgress(progress)
          case .mistake(let mistake): mistakes.append(mistake)
          case .file(let path, let bytes): files[path] = .bytes(bytes)
          case .copy(let path, let source): files[path] = .copy(of: source)
          case .done:
            state.withLock { $0.isDone = true }
            report.yield(.built(files, mistakes))
            return
          }
        }
      } catch {
        state.withLock { $0.isMalformed = true }
        return
      }
    }
  }

  private func keep(_ piece: SubprocessOutputSequence.Buffer) {
    state.withLock { state in
      state.words += piece.array
      if state.words.count > 8 << 10 { state.words.removeFirst(state.words.count - (4 << 10)) }
    }
  }

  /// - Parameter status: `nil` where the process could not be started or was ended by the preview.
  func processEnded(_ status: TerminationStatus?) {
    let state = state.withLock { $0 }
    guard !state.isDone else { return }
    guard state.hasBegun else {
      report.yield(.neverBegan)
      return
    }
    let failure = BuildFailure(
      status: state.isMalformed ? nil : status, progress: state.progress,
      words: String(decoding: state.words, as: UTF8.self))
    report.yield(.failed(failure.mistake))
  }
}

extension SubprocessOutputSequence.Buffer {
  fileprivate var array: [UInt8] { unsafe withUnsafeBytes { unsafe Array($0) } }
}

/// Converts a path to the type that `Subprocess` takes. That type's package is not a direct
/// dependency of this one, so only its protocol conformance is used.
private func path<Path: ExpressibleByStringLiteral>(_ text: String) -> Path
where Path.StringLiteralType == String {
  Path(stringLiteral: text)
}

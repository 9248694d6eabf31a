package import Site
import Storage
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Runs each build in a process of its own, so that the preview survives any end of a build: a
/// crash or a lack of memory ends only that process and gives one message, and an endless loop ends
/// with the next edit.
///
/// A process makes one build. The next process is started at once and waits, so that a build does
/// not wait for it to start.
package final class BuildWorkers: Sendable {
  /// The program to run, with arguments that make it call ``BuildChannel/waitForRequest()``.
  private let program: String
  private let arguments: [String]
  /// The sources of the builds, for files that are published unchanged.
  private let sources: SourceTree
  private let spare: Mutex<BuildWorker?>

  package init(program: String, arguments: [String], sources: SourceTree) {
    // Writing to a process that has died must not end this one.
    signal(SIGPIPE, SIG_IGN)
    self.program = program
    self.arguments = arguments
    self.sources = sources
    spare = Mutex(BuildWorker(program, arguments))
  }

  deinit { spare.withLock { $0?.end() } }

  /// Builds the site from the files as they are now.
  ///
  /// - Returns: The build, or its error; `nil` if the task was canceled, in which case the process
  ///   is killed.
  package func build(
    onProgress: @escaping @Sendable (BuildProgress) -> Void = { _ in }
  ) async -> PreviewBuild? {
    // A process that died while waiting has built nothing: another one is tried.
    for _ in 0..<2 {
      let worker = take()
      let outcome = await worker.build(onProgress)
      worker.end()
      prepare()
      if Task.isCancelled { return nil }
      switch outcome {
      case .built(let files, let mistakes): return built(files, mistakes)
      case .failed(let mistake): return PreviewBuild(mistakes: [mistake])
      case .neverBegan: continue
      }
    }
    return PreviewBuild(mistakes: [
      .init(
        error: "no process for the build could be started",
        hint: "check that memory and processes are left, then save a file to try again")
    ])
  }

  private func take() -> BuildWorker {
    spare.withLock { spare in
      defer { spare = nil }
      return spare ?? BuildWorker(program, arguments)
    }
  }

  private func prepare() {
    spare.withLock { spare in
      if spare == nil { spare = BuildWorker(program, arguments) }
    }
  }

  private func built(
    _ files: [String: BuildWorker.File], _ mistakes: [PreviewBuild.Mistake]
  ) -> PreviewBuild {
    PreviewBuild(paths: Set(files.keys), mistakes: mistakes) {
      [sources] (path) throws(FileError) in
      switch files[path] {
      case .bytes(let bytes): bytes
      case .copy(let source): try sources.read(source)
      case nil: throw .notFound(path: path)
      }
    }
  }
}

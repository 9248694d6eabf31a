package import Site

/// Serves a site on this machine while it is being written: serves the last good build, builds
/// again when a file changes, and notifies the open pages.
///
/// Only this machine can reach it: the socket is bound to the loopback address, and a request must
/// name that host too, so that no page elsewhere can read the site through a domain name of its
/// own.
package struct Preview: Sendable {
  /// The port to listen on; 0 takes any free one.
  package var port: UInt16
  /// The prefix of the site's addresses: `/`, or `/project/` for a site below its host's root.
  package var basePath: String
  /// How long to wait between two polls of the files.
  package var pollInterval: Duration
  /// The files as they are now.
  package var snapshot: @Sendable () -> FileSnapshot
  /// Builds the site from the current files. The task is canceled when they change again; then the
  /// result does not matter and may be `nil`.
  package var build: Build
  /// The limits of clients.
  package var limits: HTTPLimits

  /// Builds, and reports its progress.
  package typealias Build =
    @Sendable (_ onProgress: @escaping @Sendable (BuildProgress) -> Void) async -> PreviewBuild?

  /// An event that the command may report.
  package enum Event: Sendable {
    case listening(address: String)
    case building
    case progress(BuildProgress)
    case built(PreviewBuild, seconds: Double)
  }

  package init(
    port: UInt16 = 8000, basePath: String = "/", pollInterval: Duration = .milliseconds(200),
    limits: HTTPLimits = HTTPLimits(), snapshot: @escaping @Sendable () -> FileSnapshot,
    build: @escaping Build
  ) {
    self.port = port
    let trimmed = basePath.split(separator: "/").joined(separator: "/")
    self.basePath = trimmed.isEmpty ? "/" : "/\(trimmed)/"
    self.pollInterval = pollInterval
    self.limits = limits
    self.snapshot = snapshot
    self.build = build
  }

  /// Serves until the task is canceled.
  package func run(
    onEvent: @escaping @Sendable (Event) -> Void = { _ in }
  ) async throws(PreviewError) {
    let server = try PreviewServer(port: port, limits)
    let state = PreviewState()
    let handler = PreviewHandler(
      basePath: basePath, authorities: AllowedAuthorities(port: server.port), state: state)
    onEvent(.listening(address: "http://127.0.0.1:\(server.port)\(basePath)"))
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await server.run { handler.answer(to: $0, isLast: $1) } }
      group.addTask {
        await watch(onEvent) { build in
          state.show(build)
          server.wake()
        }
      }
    }
  }

  // MARK: Building

  /// Builds, waits for a change, and so on until the task is canceled.
  private func watch(
    _ onEvent: @escaping @Sendable (Event) -> Void, _ show: (PreviewBuild) -> Void
  ) async {
    let clock = ContinuousClock()
    var watcher = FileWatcher(interval: pollInterval, snapshot: snapshot)
    var before = watcher.look()
    while !Task.isCancelled {
      onEvent(.building)
      let start = clock.now
      if let result = await buildUnlessChanged(since: before, watcher, onEvent) {
        show(result)
        onEvent(.built(result, seconds: (clock.now - start) / .seconds(1)))
        await watcher.waitForChange(since: before)
      }
      before = await watcher.settled()
    }
  }

  /// Builds, unless a file changes meanwhile, which cancels the build.
  private func buildUnlessChanged(
    since before: FileSnapshot, _ watcher: FileWatcher,
    _ onEvent: @escaping @Sendable (Event) -> Void
  ) async -> PreviewBuild? {
    await withTaskGroup(of: PreviewBuild?.self) { group in
      group.addTask { await build { onEvent(.progress($0)) } }
      group.addTask {
        var watcher = watcher
        await watcher.waitForChange(since: before)
        return nil
      }
      defer { group.cancelAll() }
      return await group.next() ?? nil
    }
  }
}

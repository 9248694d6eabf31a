import FlyingFox
import FlyingSocks
import Foundation

/// Shows a site on this machine while it is written: serves the last good build, builds again when a
/// file changes, and tells the open pages.
///
/// Only this machine can reach it: the socket is bound to the loopback address, and a request must
/// name it too, so that no page from elsewhere can read the site through a name of its own.
package struct Preview: Sendable {
  /// The port to listen on; 0 takes any that is free.
  package var port: UInt16
  /// What the site's addresses begin with: `/`, or `/project/` for a site below its host's root.
  package var basePath: String
  /// How long to wait between two looks at the files.
  package var pollInterval: Duration
  /// The files as they are now.
  package var snapshot: @Sendable () -> FileSnapshot
  /// Builds the site from the files as they are now. `isCancelled` becomes true when they have
  /// changed again; then the result does not matter and may be `nil`.
  package var build:
    @Sendable (_ isCancelled: @escaping @Sendable () -> Bool) async -> PreviewBuild?

  /// What the command may tell.
  package enum Event: Sendable {
    case listening(address: String)
    case building
    case built(PreviewBuild, seconds: Double)
  }

  package init(
    port: UInt16 = 8000, basePath: String = "/", pollInterval: Duration = .milliseconds(200),
    snapshot: @escaping @Sendable () -> FileSnapshot,
    build:
      @escaping @Sendable (_ isCancelled: @escaping @Sendable () -> Bool) async -> PreviewBuild?
  ) {
    self.port = port
    let trimmed = basePath.split(separator: "/").joined(separator: "/")
    self.basePath = trimmed.isEmpty ? "/" : "/\(trimmed)/"
    self.pollInterval = pollInterval
    self.snapshot = snapshot
    self.build = build
  }

  /// Serves until the task is cancelled.
  package func run(
    onEvent: @escaping @Sendable (Event) -> Void = { _ in }
  ) async throws(PreviewError) {
    let state = PreviewState()
    let server: HTTPServer
    do {
      let address = try sockaddr_in.inet(ip4: "127.0.0.1", port: port)
      server = HTTPServer(
        address: address, logger: .disabled,
        handler: PreviewHandler(basePath: basePath, state: state))
    } catch {
      throw .server(reason: "\(error)")
    }
    do {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await server.run() }
        group.addTask {
          try await server.waitUntilListening(timeout: 10)
          if case .ip4(_, let port) = await server.listeningAddress {
            onEvent(.listening(address: "http://127.0.0.1:\(port)\(basePath)"))
          }
          await watch(state, onEvent)
        }
        // Whichever ends first ends the other.
        defer { group.cancelAll() }
        try await group.next()
      }
    } catch {
      if Task.isCancelled { return }
      throw self.error(error)
    }
  }

  private func error(_ error: any Error) -> PreviewError {
    guard case SocketError.failed(_, let code, let message) = error else {
      return .server(reason: "\(error)")
    }
    switch code {
    case EADDRINUSE: return .portInUse(port)
    case EACCES: return .portNotPermitted(port)
    default: return .server(reason: message)
    }
  }

  // MARK: Building

  /// Builds, waits for a change, and so on until the task is cancelled.
  private func watch(
    _ state: PreviewState, _ onEvent: @escaping @Sendable (Event) -> Void
  ) async {
    let clock = ContinuousClock()
    while !Task.isCancelled {
      let before = snapshot()
      let flag = CancellationFlag()
      onEvent(.building)
      let start = clock.now
      let building = Task { await build { flag.isSet } }
      let looking = Task {
        // A change while a build runs makes it pointless.
        while !Task.isCancelled {
          try? await Task.sleep(for: pollInterval)
          if snapshot() != before { flag.set() }
        }
      }
      let result = await withTaskCancellationHandler {
        await building.value
      } onCancel: {
        flag.set()
      }
      looking.cancel()
      if let result, !flag.isSet {
        let components = (clock.now - start).components
        await state.show(result)
        onEvent(
          .built(
            result, seconds: Double(components.seconds) + Double(components.attoseconds) / 1e18))
      }
      await waitForChange(since: before)
    }
  }

  /// Returns when the files differ from `before` and have stopped changing.
  private func waitForChange(since before: FileSnapshot) async {
    while !Task.isCancelled, snapshot() == before { try? await Task.sleep(for: pollInterval) }
    var last = snapshot()
    while !Task.isCancelled {
      try? await Task.sleep(for: pollInterval / 4)
      let now = snapshot()
      if now == last { return }
      last = now
    }
  }
}

import Synchronization

import class Foundation.Thread

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// An HTTP/1.1 server for this machine only: one thread, a bounded number of connections, and a
/// bounded number of bytes and a bounded time for each.
///
/// No library is used, since the preview needs little of HTTP and must refuse much: the bounds are
/// part of the reader, and no setting can turn them off.
final class PreviewServer: Sendable {
  /// The port that it listens on.
  let port: UInt16
  private let limits: HTTPLimits
  private let listener: Int32
  private let bell: (reading: Int32, writing: Int32)
  private let isStopped = Atomic<Bool>(false)
  private let isListening = Atomic<Bool>(true)

  init(port: UInt16, _ limits: HTTPLimits) throws(PreviewError) {
    bell = try LoopbackSocket.makePipe()
    do throws(PreviewError) {
      (listener, self.port) = try LoopbackSocket.listen(port: port)
    } catch {
      LoopbackSocket.close(bell.reading)
      LoopbackSocket.close(bell.writing)
      throw error
    }
    self.limits = limits
  }

  deinit {
    stopListening()
    for descriptor in [bell.reading, bell.writing] { LoopbackSocket.close(descriptor) }
  }

  /// Serves until the task is canceled. May be called once.
  ///
  /// - Parameter handler: Returns the answer to a request, or `nil` to postpone it: it is called
  ///   again after ``wake()``, and a last time when the client has waited long enough.
  func run(_ handler: @escaping HTTPConnection.Handler) async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { (done: CheckedContinuation<Void, Never>) in
        Thread.detachNewThread {
          var loop = ServerLoop(
            listener: self.listener, bell: self.bell.reading, limits: self.limits,
            handler: handler)
          while !self.isStopped.load(ordering: .acquiring) { loop.turn() }
          loop.closeAll()
          self.stopListening()
          done.resume()
        }
      }
    } onCancel: {
      isStopped.store(true, ordering: .releasing)
      wake()
    }
  }

  /// Closes the port.
  private func stopListening() {
    if isListening.exchange(false, ordering: .acquiringAndReleasing) {
      LoopbackSocket.close(listener)
    }
  }

  /// Asks the handler again for the answers that it postponed. May be called from any thread.
  func wake() { LoopbackSocket.wake(bell.writing) }
}

/// The state of the server's thread.
private struct ServerLoop {
  typealias Instant = ContinuousClock.Instant

  let listener: Int32
  let bell: Int32
  let limits: HTTPLimits
  let handler: HTTPConnection.Handler
  private var connections: [HTTPConnection] = []
  private var buffer = [UInt8](repeating: 0, count: 16 << 10)
  /// No connection is accepted before this time, because the process has run out of descriptors.
  private var acceptsFrom = ContinuousClock.now

  init(
    listener: Int32, bell: Int32, limits: HTTPLimits, handler: @escaping HTTPConnection.Handler
  ) {
    self.listener = listener
    self.bell = bell
    self.limits = limits
    self.handler = handler
  }

  /// The maximum number of connections above the limit, which are open only to be refused.
  private static let refusals = 32

  /// Waits for the next event and handles it.
  mutating func turn() {
    var descriptors = [pollfd(fd: bell, events: Int16(POLLIN), revents: 0)]
    let canAccept = ContinuousClock.now >= acceptsFrom
    descriptors.append(
      pollfd(fd: canAccept ? listener : -1, events: Int16(POLLIN), revents: 0))
    for connection in connections {
      let wants = connection.wants
      let events = (wants.reading ? POLLIN : 0) | (wants.writing ? POLLOUT : 0)
      descriptors.append(pollfd(fd: connection.socket, events: Int16(events), revents: 0))
    }
    LoopbackSocket.wait(&descriptors, milliseconds: patience)
    let now = ContinuousClock.now
    if descriptors[0].revents != 0 { LoopbackSocket.drain(bell) }
    for index in connections.indices {
      let events = Int32(descriptors[index + 2].revents)
      connections[index].work(
        events & POLLIN != 0, events & (POLLHUP | POLLERR | POLLNVAL) != 0, &buffer, now: now,
        handler)
    }
    removeClosed()
    if descriptors[1].revents != 0 { accept(now) }
  }

  mutating func closeAll() {
    for connection in connections { LoopbackSocket.close(connection.socket) }
    connections = []
  }

  /// How long to wait, in milliseconds: until the next deadline.
  private var patience: Int32 {
    if connections.contains(where: \.hasWork) { return 0 }
    let now = ContinuousClock.now
    var next = now + .seconds(60)
    if acceptsFrom > now { next = min(next, acceptsFrom) }
    for connection in connections { next = min(next, connection.deadline) }
    let (seconds, attoseconds) = max(.zero, next - now).components
    return Int32(seconds * 1000 + attoseconds / 1_000_000_000_000_000) + 1
  }

  private mutating func removeClosed() {
    connections.removeAll { connection in
      guard connection.phase == .closed else { return false }
      LoopbackSocket.close(connection.socket)
      return true
    }
  }

  private mutating func accept(_ now: Instant) {
    for _ in 0..<Self.refusals {
      let (socket, isOutOfSockets) = LoopbackSocket.accept(listener)
      guard let socket else {
        if isOutOfSockets { acceptsFrom = now + .milliseconds(100) }
        return
      }
      var connection = HTTPConnection(socket: socket, limits, now: now)
      let open = connections.count { !$0.isDraining }
      if open >= limits.connections, !makeRoom(now) {
        guard connections.count < limits.connections + Self.refusals else {
          LoopbackSocket.close(socket)
          continue
        }
        connection.refuse(503, "too many connections are open", now: now)
      }
      connections.append(connection)
    }
  }

  /// Closes the connection that has waited longest without a complete request, so that a client
  /// with many open connections does not keep others out.
  private mutating func makeRoom(_ now: Instant) -> Bool {
    let idle = connections.indices.filter { connections[$0].isIdle(at: now) }
    guard let oldest = idle.min(by: { connections[$0].since < connections[$1].since }) else {
      return false
    }
    LoopbackSocket.close(connections[oldest].socket)
    connections.remove(at: oldest)
    return true
  }
}

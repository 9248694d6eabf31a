/// The connection of one client and its state. It reads a request, answers it and reads the next:
/// one at a time, no matter how many a client sends at once.
struct HTTPConnection: Sendable {
  typealias Instant = ContinuousClock.Instant
  /// Returns the answer to a request; `nil` to answer later, unless `isLast` is set.
  typealias Handler = @Sendable (_ request: HTTPRequest, _ isLast: Bool) -> PreviewAnswer?

  enum Phase: Hashable, Sendable {
    /// No request has arrived, or only part of one.
    case reading
    /// A request whose answer is not known yet.
    case waiting(HTTPRequest, until: Instant)
    case writing
    /// The answer is sent. Input is discarded for a while: closing at once could destroy an answer
    /// that the client has not read yet (RFC 9112, 9.6).
    case draining(until: Instant)
    case closed
  }

  let socket: Int32
  private let limits: HTTPLimits
  private(set) var phase = Phase.reading
  /// The time when the phase began or the client last accepted part of an answer.
  private(set) var since: Instant
  private var reader: HTTPHeadReader
  /// The arrival time of the first byte of the request that is being read.
  private var headStart: Instant?
  private var outgoing: [ArraySlice<UInt8>] = []
  private var closesAfterAnswer = false
  /// Whether the client sends nothing more.
  private var hasEnded = false
  /// Whether there is something to do without waiting for the client.
  private(set) var hasWork = false

  init(socket: Int32, _ limits: HTTPLimits, now: Instant) {
    self.socket = socket
    self.limits = limits
    since = now
    reader = HTTPHeadReader(limits)
  }

  /// The events to wait for.
  var wants: (reading: Bool, writing: Bool) {
    switch phase {
    case .reading, .draining: (true, false)
    case .waiting: (!hasEnded && !reader.isFull, false)
    case .writing: (false, true)
    case .closed: (false, false)
    }
  }

  /// The time when the connection must act even if the client does nothing.
  var deadline: Instant {
    switch phase {
    case .reading:
      if let headStart { headStart + limits.headTime } else { since + limits.idleTime }
    case .waiting(_, let until), .draining(let until): until
    case .writing: since + limits.writeTime
    case .closed: since
    }
  }

  /// Whether the answer is sent and only the client's end of the connection is awaited.
  var isDraining: Bool {
    if case .draining = phase { true } else { false }
  }

  /// Whether the connection may be closed in favor of a new one without losing a request.
  func isIdle(at now: Instant) -> Bool {
    phase == .reading && now - since > .milliseconds(250)
  }

  // MARK: Working

  /// Reads, answers and writes as much as is possible without waiting.
  mutating func work(
    _ canRead: Bool, _ isBroken: Bool, _ buffer: inout [UInt8], now: Instant,
    _ handler: Handler
  ) {
    if case .waiting = phase, isBroken { phase = .closed }
    if canRead || isBroken { receive(&buffer, now) }
    // The bound lets other clients be served while one sends many requests at once.
    hasWork = true
    for _ in 0..<16 where hasWork { hasWork = step(now, handler) }
    if now >= deadline { expire(now) }
  }

  /// Answers with an error, without a complete request, and closes the connection.
  mutating func refuse(_ status: Int, _ reason: String, now: Instant) {
    var answer = PreviewAnswer.text(status, reason)
    if status == 503 { answer.headers.append(("Retry-After", "1")) }
    start(answer, isHead: false, closes: true, now)
    hasWork = true
  }

  private mutating func receive(_ buffer: inout [UInt8], _ now: Instant) {
    guard wants.reading else { return }
    switch LoopbackSocket.receive(socket, into: &buffer) {
    case .blocked: break
    case .ended:
      hasEnded = true
      if case .draining = phase { phase = .closed }
    case .bytes(let count):
      if case .draining = phase { return }
      if headStart == nil { headStart = now }
      reader.append(buffer[..<count])
    }
  }

  /// - Returns: Whether there may be more to do.
  private mutating func step(_ now: Instant, _ handler: Handler) -> Bool {
    switch phase {
    case .reading:
      do throws(HTTPFault) {
        if let request = try reader.next() {
          headStart = nil
          phase = .waiting(request, until: now + limits.newsTime)
          return true
        }
        if hasEnded { phase = .closed }
        if !reader.isWithinHead { headStart = nil }
      } catch {
        refuse(error.status, error.reason, now: now)
        return true
      }
      return false
    case .waiting(let request, let until):
      guard let answer = handler(request, hasEnded || now >= until) else { return false }
      start(
        answer, isHead: request.method == "HEAD",
        closes: !request.keepsAlive || request.hasBody, now)
      return true
    case .writing: return write(now)
    case .draining, .closed: return false
    }
  }

  private mutating func start(_ answer: PreviewAnswer, isHead: Bool, closes: Bool, _ now: Instant) {
    phase = .writing
    since = now
    closesAfterAnswer = closes
    outgoing = [answer.head(closes: closes)[...]]
    if !isHead, !answer.body.isEmpty { outgoing.append(answer.body[...]) }
  }

  private mutating func write(_ now: Instant) -> Bool {
    while let part = outgoing.first {
      switch LoopbackSocket.send(socket, part) {
      case .blocked: return false
      case .ended:
        phase = .closed
        return false
      case .bytes(let count):
        since = now
        if count == part.count {
          outgoing.removeFirst()
        } else {
          outgoing[0] = part.dropFirst(count)
        }
      }
    }
    since = now
    if closesAfterAnswer {
      LoopbackSocket.finish(socket)
      phase = .draining(until: now + min(.seconds(1), limits.headTime))
      return false
    }
    phase = .reading
    headStart = reader.isWithinHead ? now : nil
    return true
  }

  /// Handles a deadline that has passed.
  private mutating func expire(_ now: Instant) {
    if phase == .reading, reader.isWithinHead {
      refuse(408, "the request took too long to come", now: now)
    } else if case .waiting = phase {
      hasWork = true
    } else {
      phase = .closed
    }
  }
}

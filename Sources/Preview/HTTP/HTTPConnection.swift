/// One client and how far it has come. It reads a request, answers it, reads the next: one at a
/// time, however many a client sends at once.
struct HTTPConnection: Sendable {
  typealias Instant = ContinuousClock.Instant
  /// Gives the answer to a request; `nil` where it may come later, unless it must come now.
  typealias Handler = @Sendable (_ request: HTTPRequest, _ isLast: Bool) -> PreviewAnswer?

  enum Phase: Hashable, Sendable {
    /// Nothing is asked, or part of a request is here.
    case reading
    /// A request whose answer is not known yet.
    case waiting(HTTPRequest, until: Instant)
    case writing
    /// All is said. What the client still sends is thrown away for a while: closing at once would
    /// take the answer back from a client that has not read it (RFC 9112, 9.6).
    case draining(until: Instant)
    case closed
  }

  let socket: Int32
  private let limits: HTTPLimits
  private(set) var phase = Phase.reading
  /// When the phase began, or the client last took some of an answer.
  private(set) var since: Instant
  private var reader: HTTPHeadReader
  /// When the first byte of the request that is being read came.
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

  /// What to wait for.
  var wants: (reading: Bool, writing: Bool) {
    switch phase {
    case .reading, .draining: (true, false)
    case .waiting: (!hasEnded && !reader.isFull, false)
    case .writing: (false, true)
    case .closed: (false, false)
    }
  }

  /// When something has to be done even if the client does nothing.
  var deadline: Instant {
    switch phase {
    case .reading:
      if let headStart { headStart + limits.headTime } else { since + limits.idleTime }
    case .waiting(_, let until), .draining(let until): until
    case .writing: since + limits.writeTime
    case .closed: since
    }
  }

  /// Whether all is said and only the client's end is waited for.
  var isDraining: Bool {
    if case .draining = phase { true } else { false }
  }

  /// Whether the connection may be given up for a new one: nothing that was asked for is lost.
  func isIdle(at now: Instant) -> Bool {
    phase == .reading && now - since > .milliseconds(250)
  }

  // MARK: Working

  /// Does what can be done now.
  mutating func work(
    _ canRead: Bool, _ isBroken: Bool, _ buffer: inout [UInt8], now: Instant,
    _ handler: Handler
  ) {
    if case .waiting = phase, isBroken { phase = .closed }
    if canRead || isBroken { receive(&buffer, now) }
    // A client that sends many requests at once is not alone: others are served in between.
    hasWork = true
    for _ in 0..<16 where hasWork { hasWork = step(now, handler) }
    if now >= deadline { expire(now) }
  }

  /// Answers without having read a request: the server has no room.
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

  /// The client has had its time.
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

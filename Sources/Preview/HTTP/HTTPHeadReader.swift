/// Splits the bytes that a connection receives into the heads of requests.
///
/// Every byte is examined once, and no more bytes are kept than the limits allow.
package struct HTTPHeadReader: Sendable {
  private let limits: HTTPLimits
  private var bytes: [UInt8] = []
  /// Where the request that is being read begins.
  private var start = 0
  /// Where the line that is being read begins.
  private var lineStart = 0
  /// The end of the bytes that have been examined.
  private var scanned = 0
  /// The lines of the head so far, the request line first.
  private var lines: [Range<Int>] = []
  private var headersStart = 0
  private var blankLines = 0

  package init(_ limits: HTTPLimits) { self.limits = limits }

  /// Whether part of a request has arrived and its end has not.
  var isWithinHead: Bool { start < bytes.count }

  /// Whether as many bytes are buffered as are examined before the next answer.
  var isFull: Bool {
    bytes.count - start > limits.requestLineBytes + limits.headerBytes
  }

  /// Appends bytes that the connection has received.
  package mutating func append(_ received: some Collection<UInt8>) {
    if start > 0 {
      bytes.removeFirst(start)
      lines = lines.map { $0.lowerBound - start..<$0.upperBound - start }
      lineStart -= start
      headersStart -= start
      scanned -= start
      start = 0
    }
    bytes.append(contentsOf: received)
  }

  /// The next request whose head is complete; `nil` until more is received.
  package mutating func next() throws(HTTPFault) -> HTTPRequest? {
    while scanned < bytes.count {
      let byte = bytes[scanned]
      scanned += 1
      if !lines.isEmpty, scanned - headersStart > limits.headerBytes {
        throw HTTPFault(status: 431, reason: "the headers are longer than they may be")
      }
      // A line feed alone ends a line too, as RFC 9112 (2.2) allows.
      let isEnd = byte == UInt8(ascii: "\n")
      var end = isEnd ? scanned - 1 : scanned
      if end > lineStart, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
      if lines.isEmpty, end - lineStart > limits.requestLineBytes {
        throw HTTPFault(status: 414, reason: "the address is longer than one may be")
      }
      guard isEnd else { continue }
      let line = lineStart..<end
      lineStart = scanned
      if let request = try take(line) { return request }
    }
    return nil
  }

  /// Takes a line without its ending; an empty one ends the head.
  private mutating func take(_ line: Range<Int>) throws(HTTPFault) -> HTTPRequest? {
    if lines.isEmpty { headersStart = scanned }
    guard line.isEmpty else {
      lines.append(line)
      return nil
    }
    let head = lines
    start = scanned
    lines.removeAll(keepingCapacity: true)
    guard head.isEmpty else {
      blankLines = 0
      return try HTTPRequest(head.map { bytes[$0] })
    }
    // A few empty lines before a request are tolerated.
    blankLines += 1
    if blankLines > 4 { throw .bad("there is no request line") }
    return nil
  }
}

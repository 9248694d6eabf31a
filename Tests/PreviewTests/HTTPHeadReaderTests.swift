import Testing

@testable import Preview

@Suite struct HTTPHeadReaderTests {
  private func read(_ text: String, pieces: Int = .max) throws -> [HTTPRequest] {
    try read(bytes(text), pieces: pieces)
  }

  private func read(_ bytes: [UInt8], pieces: Int = .max) throws -> [HTTPRequest] {
    var reader = HTTPHeadReader(HTTPLimits())
    var requests: [HTTPRequest] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      reader.append(rest.prefix(pieces))
      rest = rest.dropFirst(pieces)
      while let request = try reader.next() { requests.append(request) }
    }
    return requests
  }

  private func fault(_ text: String, pieces: Int = .max) -> Int? {
    fault(bytes(text), pieces: pieces)
  }

  private func fault(_ bytes: [UInt8], pieces: Int = .max) -> Int? {
    do {
      _ = try read(bytes, pieces: pieces)
      return nil
    } catch let fault as HTTPFault {
      return fault.status
    } catch {
      return -1
    }
  }

  @Test(arguments: [1, 2, 3, 7, 64, 10_000])
  func requestsComeOutWhateverPiecesTheyComeIn(pieces: Int) throws {
    let text =
      "GET /a?b=1&c HTTP/1.1\r\nHost: x:1\r\nX-Empty:\r\nRange:  bytes=0-1 \t\r\n\r\n"
      + "\r\nHEAD http://h:2/p HTTP/1.0\nHost: y\n\nGET / HTTP/1.1\r\n\r\n"
    let requests = try read(text, pieces: pieces)
    #expect(requests.map(\.method) == ["GET", "HEAD", "GET"])
    #expect(requests.map(\.path) == ["/a", "/p", "/"])
    #expect(requests.map(\.query) == ["b=1&c", nil, nil])
    #expect(requests.map(\.authority) == [nil, "h:2", nil])
    #expect(requests.map(\.minorVersion) == [1, 0, 1])
    #expect(requests[0]["range"] == "bytes=0-1" && requests[0]["x-empty"] == "")
    #expect(requests[2]["host"] == nil)
  }

  @Test(arguments: [1, 5, 4096, .max])
  func theRequestLineIsBounded(pieces: Int) throws {
    let limit = HTTPLimits().requestLineBytes
    func line(_ count: Int) -> String {
      "GET /" + String(repeating: "a", count: count - 14) + " HTTP/1.1"
    }
    for ending in ["\r\n", "\n"] {
      #expect(try read(line(limit) + ending + ending, pieces: pieces).count == 1)
      #expect(fault(line(limit + 1) + ending + ending, pieces: pieces) == 414)
    }
    // A line without an end is refused at the same length.
    #expect(fault(String(repeating: "a", count: limit + 1), pieces: pieces) == 414)
  }

  @Test(arguments: [3, 4096, .max])
  func headersAreBoundedTogether(pieces: Int) throws {
    let limit = HTTPLimits().headerBytes
    func head(_ count: Int, lines: Int) -> String {
      var text = ""
      for index in 1..<lines { text += "x\(index): y\r\n" }
      text += "z: " + String(repeating: "z", count: count - text.utf8.count - 7) + "\r\n\r\n"
      return "GET / HTTP/1.1\r\n" + text
    }
    for lines in [1, 2, 3000] {
      #expect(try read(head(limit, lines: lines), pieces: pieces).count == 1)
      #expect(fault(head(limit + 1, lines: lines), pieces: pieces) == 431)
    }
    #expect(
      fault("GET / HTTP/1.1\r\nx: " + String(repeating: "y", count: limit), pieces: pieces) == 431)
  }

  @Test func whatIsKeptOfManyRequestsIsBounded() throws {
    var reader = HTTPHeadReader(HTTPLimits())
    let piece = bytes(String(repeating: "GET / HTTP/1.1\r\n\r\n", count: 800))
    for _ in 0..<6 { reader.append(piece) }
    #expect(reader.isFull)
    var count = 0
    while try reader.next() != nil { count += 1 }
    #expect(count == 4800 && !reader.isFull && !reader.isWithinHead)
  }

  @Test(arguments: [
    "GET\r\n\r\n", "GET /\r\n\r\n", "GET / HTTP/1.1 x\r\n\r\n", "GET  / HTTP/1.1\r\n\r\n",
    " GET / HTTP/1.1\r\n\r\n", "G@T / HTTP/1.1\r\n\r\n", "GET / http/1.1\r\n\r\n",
    "GET a HTTP/1.1\r\n\r\n", "GET * HTTP/1.1\r\n\r\n", "GET https://x/ HTTP/1.1\r\n\r\n",
    "GET ftp://x/ HTTP/1.1\r\n\r\n", "GET /\u{0} HTTP/1.1\r\n\r\n", "GET /\t HTTP/1.1\r\n\r\n",
    "GET /\u{7F} HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\rHost: x\r\n\r\n",
    "GET / HTTP/1.1\r\nHost\r\n\r\n", "GET / HTTP/1.1\r\n: x\r\n\r\n",
    "GET / HTTP/1.1\r\nHost : x\r\n\r\n", "GET / HTTP/1.1\r\n Host: x\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n", "GET / HTTP/1.1\r\nA: b\u{0}c\r\n\r\n",
    "GET / HTTP/1.1\r\nA: b\rc\r\n\r\n", "GET / HTTP/1.1\r\nÄ: b\r\n\r\n",
    "GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n",
    "GET / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
    "GET / HTTP/1.1\r\nContent-Length: +1\r\n\r\n", "GET / HTTP/1.1\r\nContent-Length:\r\n\r\n",
    "GET / HTTP/1.1\r\nContent-Length: 0x1\r\n\r\n",
    "\r\n\r\n\r\n\r\n\r\nGET / HTTP/1.1\r\n\r\n",
  ])
  func whatCanBeReadInTwoWaysIsRefused(text: String) {
    #expect(fault(text) == 400)
    #expect(fault(text, pieces: 1) == 400)
  }

  @Test(arguments: ["HTTP/2.0", "HTTP/1.2", "HTTP/", "HTTP/1.1x"])
  func otherVersionsAreRefused(version: String) {
    #expect(fault("GET / \(version)\r\n\r\n") == 505)
  }

  @Test func bytesThatAreNoTextAreRefused() {
    #expect(fault(bytes("GET /") + [0xFF, 0xFE] + bytes(" HTTP/1.1\r\n\r\n")) == 400)
    #expect(fault(Array(0...255) + bytes("\r\n\r\n")) == 400)
  }

  @Test(arguments: [
    ("", true, false), ("Connection: close\r\n", false, false),
    ("Connection: x, Close\r\n", false, false), ("Connection: keep-alive\r\n", true, false),
    ("Content-Length: 0\r\n", true, false), ("Content-Length: 5\r\n", true, true),
    ("Transfer-Encoding: chunked\r\n", true, true),
  ])
  func aRequestKnowsWhatFollowsIt(headers: String, keepsAlive: Bool, hasBody: Bool) throws {
    let request = try #require(try read("GET / HTTP/1.1\r\n\(headers)\r\n").first)
    #expect(request.keepsAlive == keepsAlive)
    #expect(request.hasBody == hasBody)
    let old = try #require(try read("GET / HTTP/1.0\r\n\(headers)\r\n").first)
    #expect(!old.keepsAlive)
  }

  @Test(arguments: [
    (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
    (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
    (4_107_542_399, "Sun, 28 Feb 2100 23:59:59 GMT"),
  ])
  func aMomentIsWrittenAsHeadersWriteIt(seconds: Int, text: String) {
    #expect(HTTPDate.text(seconds) == text)
  }
}

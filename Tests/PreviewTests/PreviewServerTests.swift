import Foundation
import Synchronization
import Testing

@testable import Preview

/// The server, tested through its sockets: what a client may do to it, and what it may not.
@Suite(.timeLimit(.minutes(2)), .serialized)
struct PreviewServerTests {
  private static let longAddress = "/" + String(repeating: "a", count: 1 << 20)

  @Test func addressesOfAMegabyteHangNothing() async throws {
    try await withServer { port, _ in
      let long = try (0..<2).map { _ in try RawClient(port: port) }
      for client in long { client.send(request(Self.longAddress, port: port)) }
      let other = try RawClient(port: port)
      other.send(request("/about", port: port))
      #expect(other.answer().body.hasPrefix("about"))
      for client in long {
        let answer = client.answer()
        #expect(answer.status == 414 && answer.headers["connection"] == "close")
        #expect(client.bytesUntilEnd() != nil)
      }
    }
  }

  @Test func headersOfAMegabyteAreRefused() async throws {
    try await withServer { port, _ in
      let header = "X: " + String(repeating: "b", count: 1000) + "\r\n"
      let client = try RawClient(port: port)
      client.send(request("/", port: port, String(repeating: header, count: 1000)))
      #expect(client.answer().status == 431)
      let fits = try RawClient(port: port)
      fits.send(request("/about", port: port, String(repeating: header, count: 60)))
      #expect(fits.answer().status == 200)
    }
  }

  @Test func aRequestThatTricklesInIsEnded() async throws {
    var limits = HTTPLimits()
    limits.headTime = .milliseconds(300)
    try await withServer(limits) { port, _ in
      let slow = try RawClient(port: port)
      let text = Array("GET / HTTP/1.1\r\n" + String(repeating: "X: y\r\n", count: 1000))
      var sent = 0
      while sent < text.count, slow.send(String(text[sent])) {
        sent += 1
        if sent == 10 {
          let other = try RawClient(port: port)
          other.send(request("/about", port: port))
          #expect(other.answer().status == 200)
        }
        usleep(10_000)
      }
      #expect(sent < text.count)
      // Bytes sent after the server's end may have destroyed the answer.
      #expect([408, 0].contains(slow.answer().status))
      let stopped = try RawClient(port: port)
      stopped.send("GET / HTTP/1.1\r\nHost: ")
      let answer = stopped.answer()
      #expect(answer.status == 408 && answer.headers["connection"] == "close")
      #expect(stopped.bytesUntilEnd() == 0)
    }
  }

  @Test func aConnectionThatAsksNothingIsEnded() async throws {
    var limits = HTTPLimits()
    limits.idleTime = .milliseconds(100)
    try await withServer(limits) { port, _ in
      let silent = try RawClient(port: port)
      #expect(silent.bytesUntilEnd() == 0)
      let once = try RawClient(port: port)
      once.send(request("/about", port: port))
      #expect(once.answer().status == 200)
      #expect(once.bytesUntilEnd() == 0)
    }
  }

  @Test func anAnswerThatNobodyTakesIsEnded() async throws {
    var limits = HTTPLimits()
    limits.writeTime = .milliseconds(200)
    let big = PreviewBuild(paths: ["a.bin"], diagnostics: []) { _ in
      [UInt8](repeating: 1, count: 64 << 20)
    }
    try await withServer(limits, state: shown(big)) { port, _ in
      let client = try RawClient(port: port)
      client.send(request("/a.bin", port: port))
      usleep(1_500_000)
      let count = try #require(client.bytesUntilEnd())
      #expect(count < 64 << 20)
    }
  }

  @Test func whoHoldsManyConnectionsKeepsNobodyOut() async throws {
    var limits = HTTPLimits()
    limits.connections = 8
    try await withServer(limits) { port, _ in
      let held = try (0..<24).map { index in
        let client = try RawClient(port: port)
        client.send(index % 2 == 0 ? "GET / HT" : "")
        return client
      }
      usleep(400_000)
      let other = try RawClient(port: port)
      other.send(request("/about", port: port))
      #expect(other.answer().status == 200)
      withExtendedLifetime(held) {}
    }
  }

  @Test func connectionsAreCounted() async throws {
    var limits = HTTPLimits()
    limits.connections = 8
    try await withServer(limits) { port, server in
      // Connections that wait for news are not closed for others.
      let pages = try (0..<8).map { _ in
        let client = try RawClient(port: port)
        client.send(request("/__sitegen/news?after=1", port: port))
        return client
      }
      usleep(400_000)
      let refused = try RawClient(port: port)
      refused.send(request("/about", port: port))
      let answer = refused.answer()
      #expect(answer.status == 503 && answer.headers["retry-after"] == "1")
      #expect(refused.bytesUntilEnd() == 0)
      // A connection that ends is replaced at once.
      pages[0].finish()
      #expect(pages[0].answer().status == 200)
      let next = try RawClient(port: port)
      next.send(request("/about", port: port))
      #expect(next.answer().status == 200)
    }
  }

  @Test func aThousandConnectionsComeAndGo() async throws {
    try await withServer { port, _ in
      for index in 0..<1000 {
        let client = try RawClient(port: port)
        if index % 3 == 0 { client.send("GET / HTTP/1.1\r\n") }
        if index % 5 == 0 { client.send(request("/", port: port)) }
      }
      let client = try RawClient(port: port)
      client.send(request("/about", port: port))
      #expect(client.answer().status == 200)
    }
  }

  @Test func requestsSentAtOnceAreAnsweredInTheirOrder() async throws {
    try await withServer { port, _ in
      let client = try RawClient(port: port)
      let count = 300
      let targets = (0..<count).map { $0 % 3 == 2 ? "/missing\($0)" : "/style.css" }
      client.send(targets.map { request($0, port: port) }.joined())
      for target in targets {
        let answer = client.answer()
        #expect(answer.status == (target == "/style.css" ? 200 : 404))
      }
      client.send(request("/about", port: port, "Connection: close\r\n"))
      #expect(client.answer().headers["connection"] == "close")
      #expect(client.bytesUntilEnd() == 0)
    }
  }

  @Test(arguments: [
    ("GET", "Content-Length: 5\r\n", 413), ("GET", "Transfer-Encoding: chunked\r\n", 413),
    ("HEAD", "Content-Length: 5\r\n", 413), ("POST", "Content-Length: 5\r\n", 405),
    ("POST", "Transfer-Encoding: chunked\r\n", 405), ("POST", "Content-Length: 0\r\n", 405),
    ("PUT", "Expect: 100-continue\r\nContent-Length: 99999999999999999999\r\n", 405),
    ("OPTIONS", "", 405), ("TRACE", "", 405), ("get", "", 405), ("BREW", "", 405),
    ("GET", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", 400),
    ("GET", "Host: 127.0.0.1\r\n", 400), ("GET", "Content-Length: 0\r\n", 200),
  ])
  func noRequestHasABody(method: String, headers: String, status: Int) async throws {
    try await withServer { port, _ in
      let client = try RawClient(port: port)
      client.send(request("/about", port: port, method: method, headers))
      // What would be a body must never be read as a request.
      client.send("5\r\n" + request("/style.css", port: port))
      let answer = client.answer(hasBody: method != "HEAD")
      #expect(answer.status == status)
      #expect((answer.headers["allow"] == "GET, HEAD") == (status == 405))
      if answer.headers["connection"] == "close" { #expect(client.bytesUntilEnd() == 0) }
      let isUnclear = headers.contains("Content-Length: 5") || headers.contains("chunked")
      #expect(!isUnclear || answer.headers["connection"] == "close")
    }
  }

  @Test func headsAreAnsweredWithoutABody() async throws {
    try await withServer { port, _ in
      let client = try RawClient(port: port)
      client.send(request("/style.css", port: port, method: "HEAD"))
      let head = client.answer(hasBody: false)
      client.send(request("/style.css", port: port))
      let whole = client.answer()
      #expect(head.status == 200 && head.headers["content-length"] == "3" && whole.body == "a{}")
      var (first, second) = (head.headers, whole.headers)
      first["date"] = nil
      second["date"] = nil
      #expect(first == second)
    }
  }

  @Test func partsAreServed() async throws {
    try await withServer { port, _ in
      let client = try RawClient(port: port)
      for (headers, status, body) in [
        ("Range: bytes=1-\r\n", 206, "{}"), ("Range: bytes=9-\r\n", 416, ""),
        ("Range: bytes=1-\r\nIf-Range: \"x\"\r\n", 200, "a{}"),
        ("Range: bytes=1-\r\nRange: bytes=2-\r\n", 200, "a{}"),
      ] {
        client.send(request("/style.css", port: port, headers))
        let answer = client.answer()
        #expect(answer.status == status && answer.body == body)
      }
    }
  }

  static let headers = [
    "x-content-type-options": "nosniff", "x-frame-options": "SAMEORIGIN",
    "cross-origin-resource-policy": "same-origin", "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "strict-origin-when-cross-origin", "cache-control": "no-store",
  ]

  @Test(arguments: [
    "GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "GET /style.css HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nRange: bytes=0-0\r\n\r\n",
    "GET /nothing HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "GET /notes/%E6%B7%B1%E5%BA%A6 HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "GET /__sitegen/preview.js HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "GET /__sitegen/news?after=0 HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "GET /%00 HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "nonsense\r\n\r\n",
    "GET / HTTP/3\r\n\r\n", "GET LONG HTTP/1.1\r\n\r\n",
    "GET / HTTP/1.1\r\nX: LONG\r\n\r\n", "GET / HTTP/1.1\r\n",
  ])
  func everyAnswerCarriesTheHeadersThatKeepItHere(text: String) async throws {
    var limits = HTTPLimits()
    limits.headTime = .milliseconds(200)
    try await withServer(limits) { port, _ in
      let client = try RawClient(port: port)
      client.send(
        text.replacing("PORT", with: "\(port)").replacing("LONG", with: Self.longAddress))
      let answer = client.answer()
      #expect(answer.status != 0)
      for (name, value) in Self.headers { #expect(answer.headers[name] == value, "\(name)") }
      #expect(answer.headers["date"]?.hasSuffix(" GMT") == true)
      #expect(answer.headers["content-length"] == "\(answer.body.utf8.count)")
      #expect(answer.headers["access-control-allow-origin"] == nil)
    }
  }

  @Test func aPageThatWaitsIsToldWhenThereIsNews() async throws {
    let state = shown(exampleSite)
    try await withServer(state: state) { port, server in
      let page = try RawClient(port: port)
      page.send(request("/__sitegen/news?after=1", port: port))
      usleep(100_000)
      state.show(exampleSite)
      server.wake()
      #expect(page.answer().body.contains("\"build\":2"))
    }
    var limits = HTTPLimits()
    limits.newsTime = .milliseconds(50)
    try await withServer(limits, state: state) { port, _ in
      let page = try RawClient(port: port)
      page.send(request("/__sitegen/news?after=7", port: port))
      #expect(page.answer().body.contains("\"build\":2"))
    }
  }

  @Test func theServerIsGoneWhenItIsEnded() async throws {
    let port = Mutex<UInt16>(0)
    try await withServer { found, _ in port.withLock { $0 = found } }
    let again = try PreviewServer(port: port.withLock { $0 }, HTTPLimits())
    #expect(again.port == port.withLock { $0 })
  }
}

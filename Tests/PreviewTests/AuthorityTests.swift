import Testing

@testable import Preview

/// Which requests are answered, by the host and the page that they name.
@Suite struct AuthorityTests {
  private let handler = PreviewHandler(
    basePath: "/", authorities: AllowedAuthorities(port: 8000), state: shown(exampleSite))

  private func status(
    _ headers: [(String, String)], method: String = "GET", authority: String? = nil
  ) -> Int? {
    let request = HTTPRequest(
      method: method, authority: authority, path: "/about", query: nil,
      headers: headers.map { .init(name: $0.0, value: $0.1) })
    return handler.answer(to: request, isLast: true)?.status
  }

  static let ownHosts = [
    "127.0.0.1:8000", "localhost:8000", "LocalHost:8000", "LOCALHOST:8000", "[::1]:8000",
  ]

  /// Names that others control, and spellings of this server's names that no browser sends.
  static let otherHosts = [
    "", "evil.example", "evil.example:8000", "[::1].evil.example", "[::1].evil.example:8000",
    "127.0.0.1:80@evil.example", "127.0.0.1:8000@evil.example", "127.0.0.1:8000@evil.example:8000",
    "127.0.0.1.evil.example:8000", "localhost.evil.example:8000", "evil.example@127.0.0.1:8000",
    "user:password@localhost:8000", "127.0.0.1", "localhost", "[::1]", "127.0.0.1:80",
    "127.0.0.1:08000", "127.0.0.1:+8000", "127.0.0.1:8000:8000", "127.0.0.1:", "127.0.0.1:80000",
    "127.0.0.1:8000/", "127.0.0.1:8000#", "127.0.0.1:8000?x", "127.0.0.1:8000\\", "localhost.:8000",
    "localhost:8000.", "127.0.0.1 :8000", "127.0.0.1:8000, 127.0.0.1:8000", "::1:8000",
    "[0:0:0:0:0:0:0:1]:8000", "[::ffff:127.0.0.1]:8000", "[::1%lo]:8000", "[::1", "0.0.0.0:8000",
    "127.1:8000", "127.0.0.2:8000", "2130706433:8000", "0x7f.0.0.1:8000", "0177.0.0.1:8000",
    "ⓛocalhost:8000", "localhoſt:8000", "http://127.0.0.1:8000", "%6cocalhost:8000",
    "127.0.0.1%00:8000", "my-mac.local:8000", "*",
  ]

  @Test(arguments: ownHosts) func ownNamesAreAnswered(host: String) {
    #expect(status([("host", host)]) == 200)
    #expect(status([("host", host), ("origin", "http://" + host)]) == 200)
    #expect(status([("host", host)], authority: "127.0.0.1:8000") == 200)
  }

  @Test(arguments: otherHosts) func otherNamesAreRefused(host: String) {
    #expect(status([("host", host)]) == 403)
    #expect(status([("host", "127.0.0.1:8000")], authority: host) == 403)
  }

  @Test(
    arguments: otherHosts.map { "http://" + $0 } + [
      "null", "", "file://", "https://127.0.0.1:8000", "HTTP://127.0.0.1:8000",
      "http:/127.0.0.1:8000", "http:127.0.0.1:8000", "//127.0.0.1:8000", "127.0.0.1:8000",
      "http://http://127.0.0.1:8000", "chrome-extension://127.0.0.1:8000", "ws://127.0.0.1:8000",
      "http://127.0.0.1:8000 http://evil.example",
    ]) func pagesOfOthersAreRefused(origin: String)
  {
    #expect(status([("host", "127.0.0.1:8000"), ("origin", origin)]) == 403)
    #expect(
      status([
        ("host", "127.0.0.1:8000"), ("origin", "http://127.0.0.1:8000"), ("origin", origin),
      ]) == 403)
  }

  @Test func aRequestNamesOneHost() {
    #expect(status([]) == 400)
    #expect(status([], authority: "127.0.0.1:8000") == 400)
    #expect(status([("host", "127.0.0.1:8000"), ("host", "127.0.0.1:8000")]) == 400)
    #expect(status([("host", "127.0.0.1:8000"), ("host", "evil.example")]) == 400)
  }

  @Test func thePortOfTheSchemeMayBeLeftOut() {
    let plain = AllowedAuthorities(port: 80)
    for host in ["127.0.0.1", "localhost", "[::1]", "127.0.0.1:80"] {
      #expect(plain.contains(host: host) && plain.contains(origin: "http://" + host))
    }
    #expect(!plain.contains(host: "127.0.0.1:8000"))
  }

  @Test(arguments: [
    ("none", "navigate", 200), ("same-origin", "no-cors", 200), ("same-origin", "cors", 200),
    ("cross-site", "navigate", 200), ("cross-site", "no-cors", 403), ("cross-site", "cors", 403),
    ("same-site", "no-cors", 403), ("same-site", "navigate", 200),
  ])
  func pagesOfOthersMayLinkHereAndNoMore(site: String, mode: String, expected: Int) {
    #expect(
      status([("host", "127.0.0.1:8000"), ("sec-fetch-site", site), ("sec-fetch-mode", mode)])
        == expected)
  }

  @Test func aStrangerLearnsNothingButTheNames() {
    for method in ["GET", "POST", "OPTIONS"] {
      #expect(status([("host", "evil.example")], method: method) == 403)
      #expect(
        status([("host", "127.0.0.1:8000")], method: method) == (method == "GET" ? 200 : 405))
    }
  }
}

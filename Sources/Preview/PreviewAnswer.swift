import Markup

/// The preview's answer to a request: a function of the request and the site, so that it can be
/// tested without a socket.
struct PreviewAnswer: Sendable {
  var status: Int
  var headers: [(name: String, value: String)] = []
  var body: [UInt8] = []

  /// - Parameters:
  ///   - target: The path as the browser sent it: percent-encoded, without the query.
  ///   - query: The text after its question mark.
  ///   - basePath: The prefix of the site's own paths, `/` or `/project/`.
  ///   - news: Sent with pages, so that they know when they are out of date.
  init(
    to target: String, query: String? = nil, basePath: String, site: PreviewBuild?,
    news: PreviewState.News
  ) {
    guard let path = Self.decoded(target) else {
      self = .page(400, "This address cannot be read", news, basePath)
      return
    }
    guard path.hasPrefix(basePath) else {
      // A link without the base path would not work on the site's host, so it must not work here.
      self =
        path == "/" || path + "/" == basePath
        ? .redirect(to: basePath) : .page(404, "Outside the site's base path", news, basePath)
      return
    }
    guard let site else {
      let message =
        news.build == 0 ? "The first build is still running" : "No build has given a site yet"
      self = .page(503, message, news, basePath)
      return
    }
    let relative = String(path.dropFirst(basePath.count))
    guard let file = Self.file(for: relative, in: site) else {
      if !relative.isEmpty, !relative.hasSuffix("/"), site.paths.contains(relative + "/index.html")
      {
        self = .redirect(to: target + "/" + (query.map { "?" + $0 } ?? ""))
      } else if site.paths.contains("404.html") {
        self = .file("404.html", of: site, status: 404, news, basePath)
      } else {
        self = .page(404, "There is no such page", news, basePath)
      }
      return
    }
    self = .file(file, of: site, status: 200, news, basePath)
  }

  init(status: Int, headers: [(name: String, value: String)], body: [UInt8]) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The part of a file that a `Range` header asks for: browsers load and seek in videos by ranges,
  /// and some play no video without them.
  ///
  /// - Parameter range: The header's value. If it names several parts or cannot be read, the answer
  ///   is the whole file, as RFC 9110 (14.2) allows.
  func part(_ range: String?) -> PreviewAnswer {
    guard status == 200, let range, let wanted = Self.bounds(range, of: body.count) else {
      return self
    }
    var answer = self
    guard !wanted.isEmpty else {
      answer.status = 416
      answer.headers.append(("Content-Range", "bytes */\(body.count)"))
      answer.body = []
      return answer
    }
    answer.status = 206
    answer.headers.append(
      ("Content-Range", "bytes \(wanted.lowerBound)-\(wanted.upperBound - 1)/\(body.count)"))
    answer.body = Array(body[wanted])
    return answer
  }

  /// The range that `bytes=from-to`, `bytes=from-` or `bytes=-last` means in a body of `count`
  /// bytes: empty if it is outside the body, `nil` if the text is not such a range.
  private static func bounds(_ range: String, of count: Int) -> Range<Int>? {
    guard range.hasPrefix("bytes=") else { return nil }
    let ends = range.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count == 2 else { return nil }
    switch (Int(ends[0]), Int(ends[1])) {
    case (let from?, let to?) where from <= to:
      return min(from, count)..<min(to, count - 1) + 1
    case (let from?, nil) where ends[1].isEmpty: return min(from, count)..<count
    case (nil, let last?) where ends[0].isEmpty: return max(0, count - last)..<count
    default: return nil
    }
  }

  /// The file for a path. It is always one of the site's own files, so nothing else can be read.
  private static func file(for path: String, in site: PreviewBuild) -> String? {
    let candidates =
      path.isEmpty || path.hasSuffix("/") ? [path + "index.html"] : [path, path + ".html"]
    return candidates.first(where: site.paths.contains)
  }

  private static func file(
    _ path: String, of site: PreviewBuild, status: Int, _ news: PreviewState.News,
    _ basePath: String
  ) -> PreviewAnswer {
    guard var bytes = try? site.read(path) else {
      return page(500, "`\(path)` can no longer be read", news, basePath)
    }
    let type = MediaType.of(path)
    if type.hasPrefix("text/html") { PreviewScript.add(to: &bytes, news, basePath) }
    return PreviewAnswer(status: status, headers: [("Content-Type", type)], body: bytes)
  }

  private static func redirect(to target: String) -> PreviewAnswer {
    // Two leading slashes would name another host.
    let path = "/" + target.drop { $0 == "/" }
    return PreviewAnswer(status: 307, headers: [("Location", path)], body: [])
  }

  private static func page(
    _ status: Int, _ message: String, _ news: PreviewState.News, _ basePath: String
  ) -> PreviewAnswer {
    var body = Array(
      """
      <!doctype html><html lang="en"><meta charset="utf-8"><title>\(status)</title>
      <meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
      <body style="font:1rem/1.5 system-ui;margin:4rem auto;max-width:32rem;padding:0 1rem">
      <h1>\(escaped(message))</h1><p><a href="\(escaped(basePath))">To the site’s home page</a></p></body></html>
      """.utf8)
    PreviewScript.add(to: &body, news, basePath)
    return PreviewAnswer(
      status: status, headers: [("Content-Type", "text/html; charset=utf-8")], body: body)
  }

  /// The path without percent-encoding; `nil` if it is not valid text or no file of a site can have
  /// it.
  static func decoded(_ target: String) -> String? {
    guard let path = PercentEncoding.decoded(target, isStrict: true) else { return nil }
    let bytes = path.utf8
    guard bytes.first == UInt8(ascii: "/"),
      !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "\\") }),
      !bytes.split(separator: UInt8(ascii: "/")).contains(where: { $0.elementsEqual("..".utf8) })
    else { return nil }
    return path
  }
}

/// Answers requests from the state of the preview.
struct PreviewHandler: Sendable {
  let basePath: String
  let authorities: AllowedAuthorities
  let state: PreviewState

  /// - Parameter isLast: Whether the answer must be given now; otherwise `nil` postpones it.
  func answer(to request: HTTPRequest, isLast: Bool) -> PreviewAnswer? {
    if let refusal = refusal(of: request) { return refusal }
    let (site, news) = state.current
    let isHead = request.method == "HEAD"
    switch request.path {
    case basePath + PreviewScript.folder + "preview.js":
      return PreviewAnswer(
        status: 200, headers: [("Content-Type", "text/javascript; charset=utf-8")],
        body: Array(PreviewScript.script.utf8))
    case basePath + PreviewScript.folder + "news":
      guard isLast || isHead || news.build > Self.lastSeen(request.query) else { return nil }
      return PreviewAnswer(
        status: 200, headers: [("Content-Type", "application/json; charset=utf-8")],
        body: PreviewScript.json(news))
    default:
      var answer = PreviewAnswer(
        to: request.path, query: request.query, basePath: basePath, site: site, news: news)
      answer.headers.append(("Accept-Ranges", "bytes"))
      // Without a validator nothing can match `If-Range`, and ranges apply to `GET` only.
      let isWhole = isHead || request.headers.contains { $0.name == "if-range" }
      return isWhole ? answer : answer.part(request["range"])
    }
  }

  /// The answer to a request that is refused: for another host, from a page of another site, with a
  /// body, or with a method other than `GET` and `HEAD`; `nil` for any other request.
  private func refusal(of request: HTTPRequest) -> PreviewAnswer? {
    guard let host = request["host"] else {
      return .text(400, "a request names its host, and names it once")
    }
    let origins = request.headers.filter { $0.name == "origin" }
    let isOurs =
      authorities.contains(host: host)
      && request.authority.map(authorities.contains(host:)) ?? true
      && origins.allSatisfy { authorities.contains(origin: $0.value) }
      && !Self.isFromElsewhere(request)
    guard isOurs else {
      let names = authorities.names.joined(separator: ", ")
      return .text(403, "this preview answers only under \(names), and only to its own pages")
    }
    guard request.method == "GET" || request.method == "HEAD" else {
      var answer = PreviewAnswer.text(405, "only GET and HEAD are answered")
      answer.headers.append(("Allow", "GET, HEAD"))
      return answer
    }
    return request.hasBody ? .text(413, "a request has no body here") : nil
  }

  /// Whether a browser says that a page of another site sent the request, for something other than
  /// a navigation to a page of this site.
  private static func isFromElsewhere(_ request: HTTPRequest) -> Bool {
    guard let site = request["sec-fetch-site"] else { return false }
    return ["cross-site", "same-site"].contains(site) && request["sec-fetch-mode"] != "navigate"
  }

  /// The number of the build that a page knows, from `after=3`.
  private static func lastSeen(_ query: String?) -> Int {
    let parts = query?.split(separator: "&") ?? []
    return parts.first { $0.hasPrefix("after=") }.flatMap { Int($0.dropFirst(6)) } ?? -1
  }
}

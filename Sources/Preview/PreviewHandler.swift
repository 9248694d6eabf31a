import FlyingFox
import Foundation

/// Answers requests from the state of the preview.
struct PreviewHandler: HTTPHandler {
  let basePath: String
  let state: PreviewState
  /// Shorter than the server's own patience.
  var patience = Duration.seconds(8)

  func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
    guard Self.isLoopback(request.headers[.host]) else {
      return HTTPResponse(statusCode: HTTPStatusCode(403, phrase: "Forbidden"))
    }
    guard request.method == .GET || request.method == .HEAD else {
      let allowed: HTTPHeaders = [HTTPHeader("Allow"): "GET, HEAD"]
      return HTTPResponse(statusCode: .methodNotAllowed, headers: allowed)
    }
    let answer = await answer(to: request).part(request.headers[HTTPHeader("Range")])
    var headers: HTTPHeaders = [
      HTTPHeader("Cache-Control"): "no-store", HTTPHeader("X-Content-Type-Options"): "nosniff",
      HTTPHeader("Accept-Ranges"): "bytes",
    ]
    for (name, value) in answer.headers { headers[HTTPHeader(name)] = value }
    let isHead = request.method == .HEAD
    if isHead { headers[.contentLength] = String(answer.body.count) }
    return HTTPResponse(
      statusCode: HTTPStatusCode(answer.status, phrase: Self.phrase(answer.status)),
      headers: headers, body: isHead ? Data() : Data(answer.body))
  }

  private func answer(to request: HTTPRequest) async -> PreviewAnswer {
    let target = request.target.path(percentEncoded: true)
    switch target {
    case basePath + PreviewScript.folder + "preview.js":
      return PreviewAnswer(
        status: 200, headers: [("Content-Type", "text/javascript; charset=utf-8")],
        body: Array(PreviewScript.script.utf8))
    case basePath + PreviewScript.folder + "news":
      let after = request.query.first { $0.name == "after" }.flatMap { Int($0.value) } ?? -1
      let news = await state.news(after: after, waiting: patience)
      return PreviewAnswer(
        status: 200, headers: [("Content-Type", "application/json; charset=utf-8")],
        body: PreviewScript.json(news))
    default:
      return PreviewAnswer(
        to: target, basePath: basePath, site: await state.site, news: await state.news)
    }
  }

  /// A page elsewhere can make a browser ask this server under a name that it has pointed here.
  static func isLoopback(_ host: String?) -> Bool {
    guard let host else { return false }
    let name =
      host.hasPrefix("[")
      ? host.prefix { $0 != "]" } + "]" : host.prefix { $0 != ":" }
    return ["127.0.0.1", "localhost", "[::1]"].contains(name.lowercased())
  }

  private static func phrase(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 206: "Partial Content"
    case 307: "Temporary Redirect"
    case 400: "Bad Request"
    case 404: "Not Found"
    case 416: "Range Not Satisfiable"
    case 503: "Service Unavailable"
    default: "Internal Server Error"
    }
  }
}

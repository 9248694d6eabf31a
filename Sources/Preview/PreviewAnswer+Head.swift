import DecimalText
import Foundation

extension PreviewAnswer {
  /// The headers of every answer.
  ///
  /// - `X-Frame-Options` is `SAMEORIGIN`, not `DENY`: a page elsewhere must not show the preview in
  ///   a frame of its own, while an article may frame a page of its site, as it may where it is
  ///   published.
  private static let safety = [
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "SAMEORIGIN"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
  ]

  /// A short answer in plain text, without the preview's script.
  static func text(_ status: Int, _ message: String) -> PreviewAnswer {
    PreviewAnswer(
      status: status, headers: [("Content-Type", "text/plain; charset=utf-8")],
      body: Array((message + "\n").utf8))
  }

  /// The answer's head, including the empty line at its end.
  ///
  /// - Parameter closes: Whether the connection ends with this answer.
  func head(closes: Bool, at date: Date = Date()) -> [UInt8] {
    var text = "HTTP/1.1 \(status) \(Self.phrase(status))\r\n"
    let own = [
      ("Date", HTTPDate.text(Int(clamped: date.timeIntervalSince1970))),
      ("Content-Length", String(body.count)), ("Connection", closes ? "close" : "keep-alive"),
    ]
    for (name, value) in own + Self.safety + headers { text += "\(name): \(value)\r\n" }
    return Array((text + "\r\n").utf8)
  }

  private static func phrase(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 206: "Partial Content"
    case 307: "Temporary Redirect"
    case 400: "Bad Request"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 408: "Request Timeout"
    case 413: "Content Too Large"
    case 414: "URI Too Long"
    case 416: "Range Not Satisfiable"
    case 431: "Request Header Fields Too Large"
    case 503: "Service Unavailable"
    case 505: "HTTP Version Not Supported"
    default: "Internal Server Error"
    }
  }
}

/// An address as a browser parses it, as far as that decides what it may be used for.
///
/// By the URL standard: white space and control characters at the start do not count, tabs and line
/// ends nowhere, and `\` is `/`. Bytes are looked at, not characters: a combining mark after a `:` or
/// a `/` hides neither from a browser.
package struct BrowserAddress: Hashable, Sendable {
  /// In lower case; `nil` for an address that is relative to its page's.
  package let scheme: String?
  /// Whether it names a host of its own without a scheme: `//example.org/`.
  package let isNetworkPath: Bool
  /// Whether it would be a script, or a page of its own making, if white space anywhere did not count.
  private let isDisguised: Bool
  private let isPlainPicture: Bool

  package init(_ text: String) {
    let seen = text.utf8.drop { $0 <= 0x20 }.filter { $0 != 9 && $0 != 10 && $0 != 13 }
    scheme = Self.scheme(of: seen)
    isNetworkPath =
      seen.count > 1
      && seen.prefix(2).allSatisfy { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
    let bare = text.utf8.filter { $0 > 0x20 && $0 < 0x7F }
    isDisguised = Self.scheme(of: bare).map(Self.running.contains) ?? false
    let head = seen.prefix(40).map { lowercased($0) }
    isPlainPicture = Self.pictures.contains { head.starts(with: $0.utf8) }
  }

  /// Whether it leads to another host or to another program.
  package var leavesSite: Bool { scheme != nil || isNetworkPath }

  /// Whether an author who is not trusted may link to it.
  package var mayBeLinked: Bool {
    !isDisguised && (scheme.map(Self.linkable.contains) ?? true)
  }

  /// Whether a page may show what is there as a picture without asking another host for it.
  package var mayBeShown: Bool { isPlainPicture || !isDisguised && !leavesSite }

  /// Whether a browser would run it as a script of the page.
  package var isScript: Bool {
    isDisguised || scheme.map(Self.running.contains) ?? false
  }

  /// What authors link to: pages, mail, telephones, talk. Everything else starts some program with
  /// what the author wrote.
  private static let linkable: Set<String> = [
    "http", "https", "mailto", "tel", "sms", "ftp", "irc", "ircs", "xmpp", "news", "geo",
  ]
  private static let running: Set<String> = ["javascript", "vbscript", "livescript", "data"]
  /// Pictures that are the address itself and cannot hold a script.
  private static let pictures = ["png", "jpeg", "gif", "webp"].map { "data:image/\($0);base64," }

  private static func scheme(of bytes: [UInt8]) -> String? {
    guard let first = bytes.first, isLetter(first),
      let end = bytes.firstIndex(where: {
        !isAlphanumeric($0) && $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-")
          && $0 != UInt8(ascii: ".")
      }), bytes[end] == UInt8(ascii: ":")
    else { return nil }
    return String(decoding: bytes[..<end].map { lowercased($0) }, as: UTF8.self)
  }
}

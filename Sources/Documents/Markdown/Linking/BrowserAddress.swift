/// An address as a browser parses it, as far as that determines its permitted uses.
///
/// By the URL standard, white space and control characters at the start, and tabs and line endings
/// anywhere, are ignored, and `\` is equivalent to `/`. Bytes are examined rather than characters:
/// a combining mark after a `:` or a `/` hides neither from a browser.
package struct BrowserAddress: Hashable, Sendable {
  /// The scheme in lower case; `nil` for an address relative to that of its page.
  package let scheme: String?
  /// Whether it names a host without a scheme: `//example.org/`.
  package let isNetworkPath: Bool
  /// Whether it would be a script, or a page of its own, if all white space were removed.
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

  /// Whether a page may show the target as a picture without a request to another host.
  package var mayBeShown: Bool { isPlainPicture || !isDisguised && !leavesSite }

  /// Whether a browser would run it as a script of the page.
  package var isScript: Bool {
    isDisguised || scheme.map(Self.running.contains) ?? false
  }

  /// The schemes that authors link to: pages, mail, telephones, chat. Any other scheme starts some
  /// program with what the author wrote.
  private static let linkable: Set<String> = [
    "http", "https", "mailto", "tel", "sms", "ftp", "irc", "ircs", "xmpp", "news", "geo",
  ]
  private static let running: Set<String> = ["javascript", "vbscript", "livescript", "data"]
  /// Pictures that are contained in the address itself and cannot contain a script.
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

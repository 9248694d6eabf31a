/// An author's address, split into path, query and fragment.
struct RelativeReference: Hashable, Sendable {
  /// Percent-decoded, without query and fragment.
  var path: String
  var query: String
  /// Percent-decoded; `nil` where there is no `#`.
  var fragment: String?

  /// - Returns: `nil` for an address that leads out of the site: one with a scheme or a `//host`.
  init?(_ text: String) {
    guard !text.hasPrefix("//"), !Self.hasScheme(text) else { return nil }
    let beforeFragment = text.prefix { $0 != "#" }
    fragment =
      beforeFragment.endIndex == text.endIndex
      ? nil
      : RelativeURL.percentDecoded(text[text.index(after: beforeFragment.endIndex)...])
    let bare = beforeFragment.prefix { $0 != "?" }
    query = String(beforeFragment[bare.endIndex...])
    path = RelativeURL.percentDecoded(bare)
  }

  private static func hasScheme(_ text: String) -> Bool {
    let scheme = text.utf8.prefix {
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || "+-.".utf8.contains($0)
    }
    return !scheme.isEmpty && scheme.endIndex < text.utf8.endIndex
      && text.utf8[scheme.endIndex] == UInt8(ascii: ":")
  }
}

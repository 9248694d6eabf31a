import Markup

/// Addresses within a site that work on a server, below any base path, and on disk: always
/// relative, always with the file name.
enum RelativeURL {
  /// A percent-encoded relative link from one file of the site to another.
  ///
  /// - Parameters:
  ///   - path: The path of the link's target, from the site's root.
  ///   - fragment: Not yet percent-encoded.
  static func link(to path: String, from page: String, fragment: String? = nil) -> String {
    let target = parts(of: path)
    let source = parts(of: page)
    let suffix = fragment.map { "#" + PercentEncoding.encoded($0) } ?? ""
    if path == page, fragment != nil { return suffix }
    var common = 0
    while common < min(target.count, source.count) - 1,
      target[common].utf8.elementsEqual(source[common].utf8)
    {
      common += 1
    }
    var way = Array(repeating: "..", count: source.count - 1 - common)
    way += target[common...].map { PercentEncoding.encoded($0) }
    // A first component with a colon would be read as a scheme.
    if let first = way.first, first.utf8.contains(UInt8(ascii: ":")) { way.insert(".", at: 0) }
    return way.joined(separator: "/") + suffix
  }

  /// The components of a path. Bytes are compared, not characters: a `/` before a combining mark is
  /// still a separator.
  private static func parts(of path: some StringProtocol) -> [String] {
    path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  /// The relative path from a page to the site's root, empty or ending in `/`.
  static func root(from page: String) -> String {
    String(repeating: "../", count: page.utf8.count { $0 == UInt8(ascii: "/") })
  }

  /// Replaces each `%XX` by the byte that it encodes; returns the text unchanged where the result
  /// is not UTF-8.
  static func percentDecoded(_ text: some StringProtocol) -> String {
    PercentEncoding.decoded(text, isStrict: false) ?? String(text)
  }

  /// Resolves a relative path against a folder, removing `.` and `..`; `nil` where the result
  /// leaves the root.
  static func resolve(_ relative: some StringProtocol, against folder: String) -> String? {
    var parts =
      relative.utf8.first == UInt8(ascii: "/") ? [] : Self.parts(of: folder).filter { !$0.isEmpty }
    for part in Self.parts(of: relative) where !part.isEmpty {
      switch part {
      case ".": break
      case "..": if parts.popLast() == nil { return nil }
      default: parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }
}

/// Addresses within a site that work on a server, below any path of a server, and on disk: always
/// relative, always with the file's name.
enum RelativeURL {
  /// The address of one of the site's files as a link on another, percent-encoded.
  ///
  /// - Parameters:
  ///   - path: The path of the file that is linked to, from the site's root.
  ///   - fragment: Not yet percent-encoded.
  static func link(to path: String, from page: String, fragment: String? = nil) -> String {
    let target = parts(of: path)
    let source = parts(of: page)
    let suffix = fragment.map { "#" + percentEncoded($0) } ?? ""
    if path == page, fragment != nil { return suffix }
    var common = 0
    while common < min(target.count, source.count) - 1,
      target[common].utf8.elementsEqual(source[common].utf8)
    {
      common += 1
    }
    var way = Array(repeating: "..", count: source.count - 1 - common)
    way += target[common...].map { percentEncoded($0) }
    // A first part with a colon would be read as a scheme.
    if let first = way.first, first.utf8.contains(UInt8(ascii: ":")) { way.insert(".", at: 0) }
    return way.joined(separator: "/") + suffix
  }

  /// The parts of a path. Bytes are compared: a `/` that a combining mark follows is still a `/`.
  private static func parts(of path: some StringProtocol) -> [String] {
    path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  /// The relative path from a page to the site's root, empty or ending in `/`.
  static func root(from page: String) -> String {
    String(repeating: "../", count: page.utf8.count { $0 == UInt8(ascii: "/") })
  }

  /// The text with each byte that is not allowed in a path or a fragment as `%XX`; a `%` too.
  static func percentEncoded(_ text: String) -> String {
    var result: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        result.append(byte)
      case _ where "-._~!$&'()*+,;=:@/".utf8.contains(byte):
        result.append(byte)
      default:
        let digits = Array("0123456789ABCDEF".utf8)
        result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The text with `%XX` as the bytes they mean; unchanged where that is no UTF-8.
  static func percentDecoded(_ text: some StringProtocol) -> String {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let high = hexDigit(bytes[index + 1]), let low = hexDigit(bytes[index + 2])
      {
        result.append(high << 4 | low)
        index += 3
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(validating: result, as: UTF8.self) ?? String(text)
  }

  /// A path with a relative one applied to it, without `.` and `..`; `nil` where it leaves the root.
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

  private static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

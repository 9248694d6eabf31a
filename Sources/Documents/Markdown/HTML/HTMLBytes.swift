import Markup

/// An HTML output buffer, in UTF-8.
struct HTMLBytes {
  var bytes: [UInt8] = []
  /// Bytes of text that are escaped.
  private static let textSpecial = ByteClass(of: "&<>\"\0")
  /// Bytes of URLs that are written unchanged.
  private static let urlSafe = ByteClass(
    of: "!#$%()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~")

  /// Bytes of fragments that are not percent-encoded. `?` would be allowed as well.
  private static let fragmentSafe = ByteClass(
    of: "!$&'()*+,-./0123456789:;=@ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~")

  var string: String { String(decoding: bytes, as: UTF8.self) }

  @inline(__always) mutating func raw(_ text: StaticString) {
    text.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
  }

  mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

  mutating func raw(_ number: Int) { bytes.append(contentsOf: String(number).utf8) }

  /// Starts a new line, unless the output is at the start of one.
  mutating func line() {
    if let last = bytes.last, last != 0x0A { bytes.append(0x0A) }
  }

  mutating func text(_ string: String) { text(string.utf8.span) }

  mutating func text(_ slice: ArraySlice<UInt8>) { text(slice.span) }

  /// Appends text, also between double quotes.
  mutating func text(_ text: Span<UInt8>) {
    var copied = 0
    var at = 0
    let end = text.count
    let special = Self.textSpecial.flags
    while at < end {
      let byte = text[at]
      if byte >= 0x80 {
        at = text.nextASCII(from: at, to: end)
        continue
      }
      if special[Int(byte)] != 0 {
        bytes.append(copying: text.extracting(copied..<at))
        copied = at + 1
        switch byte {
        case UInt8(ascii: "&"): raw("&amp;")
        case UInt8(ascii: "<"): raw("&lt;")
        case UInt8(ascii: ">"): raw("&gt;")
        case UInt8(ascii: "\""): raw("&quot;")
        case 0: raw("\u{FFFD}")
        default: break
        }
      }
      at += 1
    }
    bytes.append(copying: text.extracting(copied..<end))
  }

  /// Appends HTML from an article, unchanged except for zero bytes.
  mutating func passed(_ html: ArraySlice<UInt8>) {
    if html.contains(0) {
      for byte in html { if byte == 0 { raw("\u{FFFD}") } else { bytes.append(byte) } }
    } else {
      bytes.append(contentsOf: html)
    }
  }

  /// Appends a URL, percent-encoded where necessary, as cmark does.
  mutating func url(_ url: String) {
    let text = url.utf8.span
    let safe = Self.urlSafe.flags
    var copied = 0
    for at in text.indices {
      let byte = text[at]
      if safe[Int(byte)] != 0 { continue }
      bytes.append(copying: text.extracting(copied..<at))
      copied = at + 1
      switch byte {
      case UInt8(ascii: "&"): raw("&amp;")
      case UInt8(ascii: "'"): raw("&#x27;")
      default: PercentEncoding.append(byte, to: &bytes)
      }
    }
    bytes.append(copying: text.extracting(copied..<text.count))
  }

  /// A URL as ``url(_:)`` appends it, before character references are added.
  static func percentEncoded(_ url: String) -> String {
    let safe = urlSafe.flags
    var bytes: [UInt8] = []
    for byte in url.utf8 {
      if safe[Int(byte)] != 0 || byte == UInt8(ascii: "&") || byte == UInt8(ascii: "'") {
        bytes.append(byte)
      } else {
        PercentEncoding.append(byte, to: &bytes)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the part of an address after `#`, percent-encoded as RFC 3986 requires.
  mutating func fragment(_ id: String) {
    let safe = Self.fragmentSafe.flags
    for byte in id.utf8 {
      switch byte {
      case UInt8(ascii: "&"): raw("&amp;")
      case _ where safe[Int(byte)] != 0: bytes.append(byte)
      default: PercentEncoding.append(byte, to: &bytes)
      }
    }
  }

  mutating func attribute(_ name: StaticString, _ value: String) {
    bytes.append(0x20)
    raw(name)
    raw("=\"")
    text(value)
    bytes.append(UInt8(ascii: "\""))
  }

  /// Appends the attributes of a list: its id, its classes after the given ones, and the others.
  mutating func attributes(_ list: AttributeList?, classes: String = "", except: Set<String> = []) {
    if let id = list?.id, !id.isEmpty { attribute("id", id) }
    var names = classes
    for name in list?.classes ?? [] { names += (names.isEmpty ? "" : " ") + name }
    if !names.isEmpty { attribute("class", names) }
    for pair in list?.pairs ?? [] where !except.contains(pair.name) {
      bytes.append(0x20)
      text(pair.name)
      raw("=\"")
      text(pair.value)
      bytes.append(UInt8(ascii: "\""))
    }
  }
}

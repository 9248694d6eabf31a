/// Scans HTML as a browser's tokenizer does, as far as these checks need it: tags with their
/// attributes, and `<` that are not tags.
///
/// - Source: *HTML Living Standard*, §13.2.5.
package struct MarkupScan {
  package struct Tag: Hashable, Sendable {
    /// The name in lower case.
    package var name: String
    package var isEnd = false
    package var isSelfClosing = false
    /// Names in lower case, values with their character references resolved.
    package var attributes: [(name: String, value: String)] = []
    /// The text of an element whose content is not markup.
    package var rawText = ""

    package static func == (a: Tag, b: Tag) -> Bool {
      a.name == b.name && a.isEnd == b.isEnd && a.rawText == b.rawText
        && a.attributes.elementsEqual(b.attributes) { $0 == $1 }
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(name) }

    package subscript(attribute: String) -> String? {
      attributes.first { $0.name == attribute }?.value
    }
  }

  package private(set) var tags: [Tag] = []
  /// The offsets of each `<` that opens nothing, which a browser shows as text.
  package private(set) var bareBrackets: [Int] = []

  private let bytes: [UInt8]
  private var next = 0

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    run()
  }

  private mutating func run() {
    while let open = bytes[next...].firstIndex(of: UInt8(ascii: "<")) {
      next = open
      if starts("<!--") {
        skip(past: "-->", from: open + 4)
      } else if starts("<!") || starts("<?") {
        skip(past: ">", from: open + 2)
      } else if let letter = byte(open + 1), Self.isLetter(letter) {
        next = open + 1
        readTag(isEnd: false)
      } else if byte(open + 1) == UInt8(ascii: "/"), let letter = byte(open + 2),
        Self.isLetter(letter)
      {
        next = open + 2
        readTag(isEnd: true)
      } else {
        bareBrackets.append(open)
        next = open + 1
      }
    }
  }

  private mutating func readTag(isEnd: Bool) {
    var tag = Tag(name: word { !Self.isSpace($0) && $0 != Self.slash && $0 != Self.close })
    tag.isEnd = isEnd
    while true {
      skipSpace()
      guard let byte = byte(next) else { return }
      if byte == Self.close {
        next += 1
        break
      }
      if byte == Self.slash {
        next += 1
        tag.isSelfClosing = self.byte(next) == Self.close
        continue
      }
      tag.attributes.append(attribute())
    }
    if !isEnd, ["script", "style", "title", "textarea", "xmp", "iframe"].contains(tag.name) {
      tag.rawText = rawText(of: tag.name)
    }
    tags.append(tag)
  }

  private mutating func attribute() -> (name: String, value: String) {
    let first = String(decoding: [bytes[next]], as: UTF8.self).lowercased()
    next += 1
    let name =
      first
      + word {
        !Self.isSpace($0) && $0 != Self.slash && $0 != Self.close && $0 != UInt8(ascii: "=")
      }
    skipSpace()
    guard byte(next) == UInt8(ascii: "=") else { return (name, "") }
    next += 1
    skipSpace()
    guard let quote = byte(next), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      let start = next
      while let byte = byte(next), !Self.isSpace(byte), byte != Self.close { next += 1 }
      return (name, Self.withoutReferences(bytes[start..<next]))
    }
    let end = bytes[(next + 1)...].firstIndex(of: quote) ?? bytes.count
    let value = Self.withoutReferences(bytes[(next + 1)..<end])
    next = min(bytes.count, end + 1)
    return (name, value)
  }

  /// The text up to the end tag, which is read together with the tags that follow.
  private mutating func rawText(of name: String) -> String {
    let start = next
    let end = Array("</\(name)".utf8)
    while next < bytes.count {
      if bytes.count - next >= end.count,
        zip(bytes[next...], end).allSatisfy({ $0 == $1 || $0 | 0x20 == $1 && Self.isLetter($1) })
      {
        break
      }
      next += 1
    }
    return String(decoding: bytes[start..<next], as: UTF8.self)
  }

  // MARK: Bytes

  private static let slash = UInt8(ascii: "/")
  private static let close = UInt8(ascii: ">")

  private func byte(_ index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }

  private func starts(_ text: StaticString) -> Bool {
    bytes[next...].starts(with: "\(text)".utf8)
  }

  private mutating func skip(past text: String, from start: Int) {
    let sought = Array(text.utf8)
    var place = min(start, bytes.count)
    while place < bytes.count, !bytes[place...].starts(with: sought) { place += 1 }
    next = min(bytes.count, place + sought.count)
  }

  private mutating func skipSpace() {
    while let byte = byte(next), Self.isSpace(byte) { next += 1 }
  }

  private mutating func word(_ isInside: (UInt8) -> Bool) -> String {
    let start = next
    while let byte = byte(next), isInside(byte) { next += 1 }
    return String(decoding: bytes[start..<next], as: UTF8.self).lowercased()
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 32 || byte == 9 || byte == 10 || byte == 12 || byte == 13
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static let named = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "colon": ":", "Tab": "\t",
    "NewLine": "\n", "lpar": "(", "rpar": ")", "sol": "/", "nbsp": "\u{A0}",
  ]

  /// The value with its character references resolved: all numeric ones, and those named ones that
  /// could hide an address.
  private static func withoutReferences(_ value: ArraySlice<UInt8>) -> String {
    let text = String(decoding: value, as: UTF8.self)
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    var parts = text.split(separator: "&", omittingEmptySubsequences: false)
    var read = String(parts.removeFirst())
    for part in parts {
      let name = part.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "#") }
      var rest = part.dropFirst(name.count)
      if let scalar = scalar(name) {
        read.unicodeScalars.append(scalar)
      } else if let known = named[String(name)] {
        read += known
      } else {
        read += "&" + part
        continue
      }
      if rest.first == ";" { rest = rest.dropFirst() }
      read += rest
    }
    return read
  }

  private static func scalar(_ name: Substring) -> Unicode.Scalar? {
    guard name.hasPrefix("#") else { return nil }
    let digits = name.dropFirst()
    let value =
      digits.hasPrefix("x") || digits.hasPrefix("X")
      ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return value.flatMap(Unicode.Scalar.init)
  }
}

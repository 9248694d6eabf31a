extension AttributeList {
  /// Merges another list into this one: its id and values win, classes accumulate.
  mutating func merge(_ other: AttributeList) {
    if let id = other.id { self.id = id }
    for name in other.classes where !classes.contains(name) { classes.append(name) }
    for pair in other.pairs { set(pair.name, pair.value) }
    for new in other.references where !references.contains(where: { $0.name == new.name }) {
      references.append(new)
    }
  }

  mutating func set(_ name: String, _ value: String) {
    if let index = pairs.firstIndex(where: { $0.name == name }) {
      pairs[index].value = value
    } else {
      pairs.append(Pair(name: name, value: value))
    }
  }

  /// Removes an attribute and returns its value.
  mutating func take(_ name: String) -> String? {
    guard let index = pairs.lastIndex(where: { $0.name == name }) else { return nil }
    return pairs.remove(at: index).value
  }
}

/// Parses an attribute list: `#id .class key="value" reference`.
enum AttributeListParser {
  struct Found {
    var list: AttributeList
    /// The offset after the closing brace.
    var end: Int
    /// The name of a definition, `{:name: …}`.
    var name: String?
    /// The range of a word that is not an attribute.
    var mistake: Range<Int>?
    /// The ranges of the attributes that the HTML policy refuses; the list is without them.
    var refused: [Range<Int>] = []
  }

  /// The list `{: …}` whose brace opens at `start`, if it is closed before `end`.
  static func list(
    in bytes: [UInt8], at start: Int, end: Int, html: MarkdownOptions.HTMLPolicy
  ) -> Found? {
    guard start + 2 < end, bytes[start] == UInt8(ascii: "{"), bytes[start + 1] == UInt8(ascii: ":"),
      bytes[start + 2] != UInt8(ascii: ":"), bytes[start + 2] != UInt8(ascii: "/"),
      let close = close(in: bytes, from: start + 2, end: end)
    else { return nil }
    // The name of a definition extends to a second colon.
    var at = start + 2
    while at < close, isNameByte(bytes[at]) { at += 1 }
    if at < close, at > start + 2, bytes[at] == UInt8(ascii: ":") {
      var found = attributes(in: bytes, at + 1..<close, html: html)
      found.name = bytes.string(start + 2..<at)
      found.end = close + 1
      return found
    }
    var found = attributes(in: bytes, start + 2..<close, html: html)
    found.end = close + 1
    return found
  }

  /// The offset of the closing brace. Braces in quotes do not count, nor do escaped ones.
  static func close(in bytes: [UInt8], from start: Int, end: Int) -> Int? {
    var at = start
    var quote: UInt8 = 0
    while at < end {
      let byte = bytes[at]
      if byte == UInt8(ascii: "\\") {
        at += 1
      } else if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: "}") {
        return at
      } else if byte == UInt8(ascii: "{") || byte == 0x0A {
        return nil
      }
      at += 1
    }
    return nil
  }

  /// Parses the attributes between two braces. All lists are made here, so that none escapes the
  /// HTML policy.
  ///
  /// - Parameter shift: The difference between an offset in the file and one in `bytes`.
  static func attributes(
    in bytes: [UInt8], _ range: Range<Int>, shift: Int = 0, html: MarkdownOptions.HTMLPolicy
  ) -> Found {
    var found = Found(list: AttributeList(), end: range.upperBound)
    var at = range.lowerBound
    while at < range.upperBound {
      if isWhitespace(bytes[at]) {
        at += 1
        continue
      }
      let start = at
      if bytes[at] == UInt8(ascii: "#") || bytes[at] == UInt8(ascii: ".") {
        at = wordEnd(bytes, at + 1, range.upperBound)
        let word = bytes.string(start + 1..<at)
        if word.isEmpty {
          found.mistake = found.mistake ?? start..<at
        } else if bytes[start] == UInt8(ascii: "#") {
          found.list.id = word
        } else {
          for name in word.split(separator: ".") { found.list.classes.append(String(name)) }
        }
        continue
      }
      while at < range.upperBound, isNameByte(bytes[at]) { at += 1 }
      if at < range.upperBound, bytes[at] == UInt8(ascii: "="), at > start {
        let name = bytes.string(start..<at)
        at += 1
        let value = value(in: bytes, &at, range.upperBound)
        switch name {
        case "id": found.list.id = value
        case "class":
          found.list.classes += value.split(separator: " ").map(String.init)
        default:
          if html == .pass || AttributePolicy.allows(name) {
            found.list.set(name, value)
          } else {
            found.refused.append(start + shift..<at + shift)
          }
        }
      } else if at > start, at == range.upperBound || isWhitespace(bytes[at]) {
        found.list.references.append(
          AttributeList.Reference(
            name: bytes.string(start..<at), range: start + shift..<at + shift))
      } else {
        at = wordEnd(bytes, max(at, start + 1), range.upperBound)
        found.mistake = found.mistake ?? start..<at
      }
    }
    return found
  }

  private static func value(in bytes: [UInt8], _ at: inout Int, _ end: Int) -> String {
    guard at < end, bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'") else {
      let start = at
      while at < end, !isWhitespace(bytes[at]) { at += 1 }
      return bytes.string(start..<at)
    }
    let quote = bytes[at]
    at += 1
    var value: [UInt8] = []
    while at < end, bytes[at] != quote {
      if bytes[at] == UInt8(ascii: "\\"), at + 1 < end,
        bytes[at + 1] == quote || bytes[at + 1] == UInt8(ascii: "}")
          || bytes[at + 1] == UInt8(ascii: "\\")
      {
        at += 1
      }
      value.append(bytes[at])
      at += 1
    }
    at = min(at + 1, end)
    return String(decoding: value, as: UTF8.self)
  }

  private static func wordEnd(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int {
    var at = start
    while at < end, !isWhitespace(bytes[at]) { at += 1 }
    return at
  }

  static func isNameByte(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte >= 0x80
  }
}

/// Raw HTML in text, by CommonMark's grammar (§6.6).
enum HTMLTag {
  /// The offset after the tag, comment, instruction, declaration or CDATA section whose `<` is at
  /// `start`; `nil` if it does not end before `end`.
  static func end(in bytes: [UInt8], at start: Int, end: Int) -> Int? {
    guard start + 1 < end else { return nil }
    let next = bytes[start + 1]
    if isLetter(next) { return openTagEnd(in: bytes, at: start, end: end) }
    switch next {
    case UInt8(ascii: "/"): return closeTagEnd(in: bytes, at: start, end: end)
    case UInt8(ascii: "?"): return find("?>", in: bytes, from: start + 2, end: end)
    case UInt8(ascii: "!"):
      if bytes.has("--", at: start + 2) {
        let text = start + 4
        guard text <= end, !bytes.has(">", at: text), !bytes.has("->", at: text) else { return nil }
        guard let close = find("--", in: bytes, from: text, end: end), close < end,
          bytes[close] == UInt8(ascii: ">")
        else { return nil }
        return close + 1
      }
      if bytes.has("[CDATA[", at: start + 2) {
        return find("]]>", in: bytes, from: start + 9, end: end)
      }
      guard start + 2 < end, isLetter(bytes[start + 2]) else { return nil }
      return find(">", in: bytes, from: start + 2, end: end)
    default: return nil
    }
  }

  static func find(_ text: StaticString, in bytes: [UInt8], from start: Int, end: Int) -> Int? {
    var at = start
    let length = text.utf8CodeUnitCount
    while at + length <= end {
      if bytes.has(text, at: at) { return at + length }
      at += 1
    }
    return nil
  }

  static func nameEnd(in bytes: [UInt8], at start: Int, end: Int) -> Int {
    var at = start
    while at < end, isAlphanumeric(bytes[at]) || bytes[at] == UInt8(ascii: "-") { at += 1 }
    return at
  }

  static func closeTagEnd(in bytes: [UInt8], at start: Int, end: Int) -> Int? {
    guard start + 2 < end, isLetter(bytes[start + 2]) else { return nil }
    var at = nameEnd(in: bytes, at: start + 2, end: end)
    while at < end, isWhitespace(bytes[at]) { at += 1 }
    return at < end && bytes[at] == UInt8(ascii: ">") ? at + 1 : nil
  }

  static func openTagEnd(in bytes: [UInt8], at start: Int, end: Int) -> Int? {
    guard start + 1 < end, isLetter(bytes[start + 1]) else { return nil }
    var at = nameEnd(in: bytes, at: start + 1, end: end)
    while true {
      let before = at
      while at < end, isWhitespace(bytes[at]) { at += 1 }
      guard at < end else { return nil }
      if bytes[at] == UInt8(ascii: ">") { return at + 1 }
      if bytes[at] == UInt8(ascii: "/") {
        return at + 1 < end && bytes[at + 1] == UInt8(ascii: ">") ? at + 2 : nil
      }
      guard at > before, let next = attributeEnd(in: bytes, at: at, end: end) else { return nil }
      at = next
    }
  }

  private static func attributeEnd(in bytes: [UInt8], at start: Int, end: Int) -> Int? {
    guard
      isLetter(bytes[start]) || bytes[start] == UInt8(ascii: "_")
        || bytes[start] == UInt8(ascii: ":")
    else {
      return nil
    }
    var at = start + 1
    while at < end,
      isAlphanumeric(bytes[at]) || bytes[at] == UInt8(ascii: ":") || bytes[at] == UInt8(ascii: ".")
        || bytes[at] == UInt8(ascii: "_") || bytes[at] == UInt8(ascii: "-")
    {
      at += 1
    }
    var value = at
    while value < end, isWhitespace(bytes[value]) { value += 1 }
    guard value < end, bytes[value] == UInt8(ascii: "=") else { return at }
    value += 1
    while value < end, isWhitespace(bytes[value]) { value += 1 }
    guard value < end else { return nil }
    if bytes[value] == UInt8(ascii: "\"") || bytes[value] == UInt8(ascii: "'") {
      let quote = bytes[value]
      value += 1
      while value < end, bytes[value] != quote { value += 1 }
      return value < end ? value + 1 : nil
    }
    let first = value
    while value < end, !isWhitespace(bytes[value]) {
      switch bytes[value] {
      case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "="), UInt8(ascii: "<"),
        UInt8(ascii: ">"), UInt8(ascii: "`"):
        return value > first ? value : nil
      default: value += 1
      }
    }
    return value > first ? value : nil
  }

  /// The tag's name in lower case.
  static func name(in bytes: [UInt8], at start: Int, end: Int) -> [UInt8] {
    let first = start + 1 < end && bytes[start + 1] == UInt8(ascii: "/") ? start + 2 : start + 1
    return bytes[first..<nameEnd(in: bytes, at: first, end: end)].map { lowercased($0) }
  }

  /// The range of an attribute's value in the open tag in `range`.
  static func attribute(_ wanted: String, in bytes: [UInt8], _ range: Range<Int>) -> Range<Int>? {
    attributeRange(wanted, in: bytes, range)?.value
  }

  /// The ranges of an attribute in the open tag in `range`: the whole including the space before
  /// it, and its value.
  static func attributeRange(
    _ wanted: String, in bytes: [UInt8], _ range: Range<Int>
  ) -> (whole: Range<Int>, value: Range<Int>)? {
    let end = range.upperBound
    var at = nameEnd(in: bytes, at: range.lowerBound + 1, end: end)
    while at < end {
      let space = at
      while at < end, isWhitespace(bytes[at]) { at += 1 }
      guard at < end, bytes[at] != UInt8(ascii: ">"), bytes[at] != UInt8(ascii: "/"),
        let next = attributeEnd(in: bytes, at: at, end: end)
      else { return nil }
      var nameEnd = at
      while nameEnd < next, bytes[nameEnd] != UInt8(ascii: "="), !isWhitespace(bytes[nameEnd]) {
        nameEnd += 1
      }
      if bytes[at..<nameEnd].elementsEqual(wanted.utf8, by: { lowercased($0) == $1 }) {
        var value = nameEnd
        while value < next, isWhitespace(bytes[value]) || bytes[value] == UInt8(ascii: "=") {
          value += 1
        }
        let isQuoted =
          value < next && (bytes[value] == UInt8(ascii: "\"") || bytes[value] == UInt8(ascii: "'"))
        return (space..<next, isQuoted ? value + 1..<next - 1 : value..<next)
      }
      at = next
    }
    return nil
  }
}

/// The condition that ends an HTML block (§4.6) or a `{::comment}`.
enum HTMLBlockEnd: Hashable, Sendable {
  case rawText, comment, instruction, declaration, cdata, blankLine
  /// The `{:/}` of `{::comment}` or `{::nomarkdown}`.
  case extensionEnd(isComment: Bool)

  /// Whether the line in `range` is the last of the block.
  func ends(in bytes: [UInt8], _ range: Range<Int>) -> Bool {
    func has(_ text: StaticString) -> Bool {
      HTMLTag.find(text, in: bytes, from: range.lowerBound, end: range.upperBound) != nil
    }
    switch self {
    case .rawText:
      var at = range.lowerBound
      while at + 5 < range.upperBound {
        if bytes[at] == UInt8(ascii: "<"), bytes[at + 1] == UInt8(ascii: "/"),
          bytes.hasIgnoringCase("pre>", at: at + 2)
            || bytes.hasIgnoringCase("script>", at: at + 2)
            || bytes.hasIgnoringCase("style>", at: at + 2)
            || bytes.hasIgnoringCase("textarea>", at: at + 2)
        {
          return true
        }
        at += 1
      }
      return false
    case .comment: return has("-->")
    case .instruction: return has("?>")
    case .declaration: return has(">")
    case .cdata: return has("]]>")
    case .blankLine, .extensionEnd: return false
    }
  }
}

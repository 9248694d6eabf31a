/// Link reference definitions, `[label]: destination "title"`, at the start of a paragraph.
///
/// libcmark parses them again and resolves links by them. This finds only how many lines they take,
/// on which a heading's underline and a paragraph's position depend.
enum LinkDefinition {
  /// The number of a paragraph's lines that are definitions, cumulative after each definition.
  static func lines(
    in bytes: [UInt8], _ segments: ArraySlice<Segment>, footnotes: Bool
  ) -> [Int] {
    // Join the lines. Most paragraphs that start with a bracket are links, and fail at the first
    // line.
    var text: [UInt8] = []
    var ends: [Int] = []
    for segment in segments {
      text.append(contentsOf: bytes[segment.range])
      text.append(0x0A)
      ends.append(text.count)
      if ends.count == 1, !mayStart(text, footnotes) { return [] }
    }
    var at = 0
    var lines = 0
    var found: [Int] = []
    while at < text.count, text[at] == UInt8(ascii: "["),
      let end = definition(in: text, at: at, footnotes: footnotes)
    {
      at = end
      while lines < ends.count, ends[lines] <= at { lines += 1 }
      found.append(lines)
    }
    return found
  }

  /// A quick check of the first line: a label that ends in it must be followed by a colon.
  private static func mayStart(_ line: [UInt8], _ footnotes: Bool) -> Bool {
    var at = 1
    while at < line.count {
      switch line[at] {
      case UInt8(ascii: "\\"): at += 1
      case UInt8(ascii: "["): return false
      case UInt8(ascii: "]"): return at + 1 < line.count && line[at + 1] == UInt8(ascii: ":")
      default: break
      }
      at += 1
    }
    return true
  }

  /// The offset after the definition at `start`, at the start of a line.
  private static func definition(in text: [UInt8], at start: Int, footnotes: Bool) -> Int? {
    guard var at = label(in: text, at: start, footnotes: footnotes), at < text.count,
      text[at] == UInt8(ascii: ":")
    else { return nil }
    at = skipSpaces(text, at + 1)
    guard let destination = destination(in: text, at: at) else { return nil }
    let after = skipSpacesOnly(text, destination)
    let title = skipSpaces(text, destination)
    if title > destination, title < text.count, let end = self.title(in: text, at: title) {
      let rest = skipSpacesOnly(text, end)
      if rest >= text.count || text[rest] == 0x0A { return min(rest + 1, text.count) }
    }
    guard after >= text.count || text[after] == 0x0A else { return nil }
    return min(after + 1, text.count)
  }

  private static func label(in text: [UInt8], at start: Int, footnotes: Bool) -> Int? {
    var at = start + 1
    if footnotes, at < text.count, text[at] == UInt8(ascii: "^") { return nil }
    var hasContent = false
    while at < text.count {
      switch text[at] {
      case UInt8(ascii: "]"): return hasContent && at - start <= 1000 ? at + 1 : nil
      case UInt8(ascii: "["): return nil
      case UInt8(ascii: "\\"):
        hasContent = true
        if at + 1 < text.count, ByteClass.punctuation[text[at + 1]] { at += 1 }
      case let byte: if !isWhitespace(byte) { hasContent = true }
      }
      at += 1
    }
    return nil
  }

  /// The offset after spaces and at most one newline.
  private static func skipSpaces(_ text: [UInt8], _ start: Int) -> Int {
    var at = skipSpacesOnly(text, start)
    if at < text.count, text[at] == 0x0A { at = skipSpacesOnly(text, at + 1) }
    return at
  }

  private static func skipSpacesOnly(_ text: [UInt8], _ start: Int) -> Int {
    var at = start
    while at < text.count, isSpaceOrTab(text[at]) { at += 1 }
    return at
  }

  static func destination(in text: [UInt8], at start: Int) -> Int? {
    guard start < text.count else { return nil }
    var at = start
    if text[at] == UInt8(ascii: "<") {
      at += 1
      while at < text.count {
        switch text[at] {
        case UInt8(ascii: ">"): return at + 1
        case UInt8(ascii: "\\"): at += 1
        case 0x0A, UInt8(ascii: "<"): return nil
        default: break
        }
        at += 1
      }
      return nil
    }
    var depth = 0
    scan: while at < text.count {
      switch text[at] {
      case UInt8(ascii: "\\") where at + 1 < text.count && ByteClass.punctuation[text[at + 1]]:
        at += 1
      case UInt8(ascii: "("):
        depth += 1
        if depth > 32 { return nil }
      case UInt8(ascii: ")"):
        if depth == 0 { break scan }
        depth -= 1
      case let byte where byte == 0x20 || byte < 0x20: break scan
      default: break
      }
      at += 1
    }
    return at == start || depth != 0 ? nil : at
  }

  static func title(in text: [UInt8], at start: Int) -> Int? {
    let close: UInt8
    switch text[start] {
    case UInt8(ascii: "\""): close = UInt8(ascii: "\"")
    case UInt8(ascii: "'"): close = UInt8(ascii: "'")
    case UInt8(ascii: "("): close = UInt8(ascii: ")")
    default: return nil
    }
    var at = start + 1
    while at < text.count {
      if text[at] == UInt8(ascii: "\\") {
        at += 1
      } else if text[at] == close {
        return at + 1
      } else if close == UInt8(ascii: ")"), text[at] == UInt8(ascii: "(") {
        return nil
      }
      at += 1
    }
    return nil
  }
}

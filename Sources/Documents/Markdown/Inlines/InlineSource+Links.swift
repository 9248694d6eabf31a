import Diagnostics

/// Bare links, and delimiters next to CJK.
extension InlineSource {
  mutating func scanAutolink(_ byte: UInt8, _ at: Int) -> Found {
    switch byte {
    case UInt8(ascii: ":"):
      guard text.has("//", at: at + 1), let start = schemeStart(at) else { break }
      return setLink(start, domainFrom: at + 3, mustHaveDot: false) ?? .next(at + 1)
    case UInt8(ascii: "w"):
      guard text.has("ww.", at: at + 1), isLinkBoundary(at) else { break }
      return setLink(at, domainFrom: at, mustHaveDot: true) ?? .next(at + 1)
    default:
      return setAddress(at) ?? .next(at + 1)
    }
    return .next(at + 1)
  }

  /// The offset of `http`, `https` or `ftp` before a colon.
  private func schemeStart(_ colon: Int) -> Int? {
    var start = colon
    while start > copied, isLetter(text[start - 1]), colon - start < 6 { start -= 1 }
    switch colon - start {
    case 3: return text.hasIgnoringCase("ftp", at: start) ? start : nil
    case 4: return text.hasIgnoringCase("http", at: start) ? start : nil
    case 5: return text.hasIgnoringCase("https", at: start) ? start : nil
    default: return nil
    }
  }

  private func isLinkBoundary(_ at: Int) -> Bool {
    guard at > 0 else { return true }
    switch text[at - 1] {
    case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "("): return true
    case let byte where byte < 0x80: return isWhitespace(byte)
    default:
      return ScalarClass.isCJK(text.scalar(before: at, from: 0) ?? 0x20)
    }
  }

  private mutating func setLink(_ start: Int, domainFrom: Int, mustHaveDot: Bool) -> Found? {
    guard start >= copied, isDomain(domainFrom, mustHaveDot: mustHaveDot) else { return nil }
    var end = domainFrom
    var brackets = 0
    while end < text.count {
      let byte = text[end]
      if byte <= 0x20 || byte == UInt8(ascii: "<") { break }
      if byte == UInt8(ascii: "[") { brackets += 1 }
      if byte == UInt8(ascii: "]") {
        // The bracket may end a link's text.
        if brackets == 0 { break }
        brackets -= 1
      }
      if byte >= 0xE2, options.cjk, isCJKPunctuation(text.scalar(at: end)) { break }
      end += 1
    }
    end = trimmedLink(start, end)
    guard end > domainFrom else { return nil }
    addPlaceholder(.autolink, start..<end, content: start..<end)
    return .next(end)
  }

  /// Punctuation that ends a URL in Chinese and Japanese prose.
  private func isCJKPunctuation(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x3000...0x303F, 0xFF01...0xFF0F, 0xFF1A...0xFF20, 0xFF3B...0xFF40, 0xFF5B...0xFF65,
      0x201C, 0x201D:
      return true
    default: return false
    }
  }

  private func isDomain(_ start: Int, mustHaveDot: Bool) -> Bool {
    var dots = 0
    var underscores = (last: 0, before: 0)
    var at = start
    while at < text.count {
      let byte = text[at]
      if byte == UInt8(ascii: "_") {
        underscores.last += 1
      } else if byte == UInt8(ascii: ".") {
        underscores = (0, underscores.last)
        dots += 1
      } else if byte < 0x80, !isAlphanumeric(byte), byte != UInt8(ascii: "-") {
        break
      }
      at += 1
    }
    if underscores.last > 0 || underscores.before > 0, dots <= 10 { return false }
    return at > start && text[start] != UInt8(ascii: ".")
      && (!mustHaveDot || dots > 0 && at > start + 4)
  }

  /// The end of a link, without the punctuation that belongs to the surrounding sentence.
  private func trimmedLink(_ start: Int, _ found: Int) -> Int {
    var end = found
    var balance = 0
    for at in start..<end {
      if text[at] == UInt8(ascii: "(") {
        balance += 1
      } else if text[at] == UInt8(ascii: ")") {
        balance -= 1
      }
    }
    while end > start {
      switch text[end - 1] {
      case UInt8(ascii: "?"), UInt8(ascii: "!"), UInt8(ascii: "."), UInt8(ascii: ","),
        UInt8(ascii: ":"), UInt8(ascii: "*"), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: "'"), UInt8(ascii: "\""):
        end -= 1
      case UInt8(ascii: ")"):
        guard balance < 0 else { return end }
        balance += 1
        end -= 1
      case UInt8(ascii: ";"):
        var name = end - 2
        while name > start, isLetter(text[name]) { name -= 1 }
        if name < end - 2, text[name] == UInt8(ascii: "&") { end = name } else { end -= 1 }
      default: return end
      }
    }
    return end
  }

  /// Sets aside the mail address around an `@`.
  private mutating func setAddress(_ at: Int) -> Found? {
    var start = at
    while start > copied {
      let byte = text[start - 1]
      guard
        isAlphanumeric(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "+")
          || byte == UInt8(ascii: "-")
          || byte == UInt8(ascii: "_")
      else { break }
      start -= 1
    }
    guard start < at else { return nil }
    let scheme = addressScheme(before: start)
    var end = at + 1
    var dots = 0
    while end < text.count {
      let byte = text[end]
      if byte == UInt8(ascii: "@") { return nil }
      if byte == UInt8(ascii: "."), end + 1 < text.count, isAlphanumeric(text[end + 1]) {
        dots += 1
      } else if !isAlphanumeric(byte), byte != UInt8(ascii: "-"), byte != UInt8(ascii: "_") {
        break
      }
      end += 1
    }
    guard dots > 0, isLetter(text[end - 1]) else { return nil }
    guard let scheme else {
      addPlaceholder(.autolink, start..<end, content: start..<end, payload: 1)
      return .next(end)
    }
    if scheme.isXMPP, end + 1 < text.count, text[end] == UInt8(ascii: "/"),
      isResourceByte(text[end + 1])
    {
      end += 1
      while end < text.count, isResourceByte(text[end]) { end += 1 }
      while text[end - 1] == UInt8(ascii: ".") { end -= 1 }
    }
    addPlaceholder(.autolink, scheme.start..<end, content: scheme.start..<end)
    return .next(end)
  }

  private func isResourceByte(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || byte == UInt8(ascii: "@") || byte == UInt8(ascii: ".")
  }

  /// The offset and kind of a `mailto:` or `xmpp:` before an address.
  private func addressScheme(before start: Int) -> (start: Int, isXMPP: Bool)? {
    for (name, length, isXMPP) in [("mailto:" as StaticString, 7, false), ("xmpp:", 5, true)] {
      let first = start - length
      guard first >= copied, text.hasIgnoringCase(name, at: first),
        first == 0 || !isAlphanumeric(text[first - 1])
      else { continue }
      return (first, isXMPP)
    }
    return nil
  }

  // MARK: Delimiters

  /// CommonMark reads `**粗体。**后文` literally, because a delimiter between punctuation and a letter
  /// can open but not close. Between CJK characters, which have no spaces around words, that rule
  /// makes no sense; a joiner next to the punctuation disables it.
  mutating func scanDelimiters(_ byte: UInt8, _ at: Int) -> Found {
    var end = at
    while end < text.count, text[end] == byte { end += 1 }
    guard end < text.count, at > 0, byte == UInt8(ascii: "*"), lastPlaceholderEnd != at else {
      return .next(end)
    }
    let isWide = text[at - 1] >= 0x80 || text[end] >= 0x80
    guard isWide, let before = text.scalar(before: at, from: 0) else { return .next(end) }
    let after = text.scalar(at: end)
    guard !ScalarClass.isWhitespace(before), !ScalarClass.isWhitespace(after) else {
      return .next(end)
    }
    let beforeIsMark = ScalarClass.isPunctuation(before)
    let afterIsMark = ScalarClass.isPunctuation(after)
    guard beforeIsMark != afterIsMark, ScalarClass.isCJK(before) || ScalarClass.isCJK(after)
    else { return .next(end) }
    if beforeIsMark {
      flush(to: at)
      writeJoiner()
    } else {
      flush(to: end)
      writeJoiner()
    }
    return .next(end)
  }

  /// Disables smart punctuation next to CJK, whose quotes and dashes are characters of their own.
  mutating func scanSmart(_ byte: UInt8, _ at: Int) -> Found {
    var end = at
    while end < text.count, text[end] == byte { end += 1 }
    let before = text.scalar(before: at, from: 0) ?? 0x20
    let after = end < text.count ? text.scalar(at: end) : 0x20
    if ScalarClass.isCJK(before) || ScalarClass.isCJK(after) {
      for offset in at..<end {
        flush(to: offset)
        write("\\", skippingTo: offset)
      }
    }
    return .next(end)
  }
}

import Diagnostics

/// Scanning of the special characters of a leaf's text.
extension InlineSource {
  /// Writes the leaf's text, handling its special characters.
  mutating func scan() {
    var at = 0
    var opaqueEnd = 0
    let stops = special.flags
    while at < text.count {
      let byte = text[at]
      if byte >= 0x80 {
        at = text.span.nextASCII(from: at, to: text.count)
        continue
      }
      guard stops[Int(byte)] != 0 else {
        at += 1
        continue
      }
      if byte == 0x0A {
        isPlain = false
        flush(to: at)
        newLine()
        copied = at + 1
        note(at + 1)
        at += 1
        continue
      }
      guard at >= opaqueEnd else {
        at += 1
        continue
      }
      switch scan(byte, at) {
      case .next(let next):
        if lastPlaceholderEnd <= at, ByteClass.resolved.flags[Int(byte)] != 0 { isPlain = false }
        at = next
      case .opaque(let end):
        isPlain = false
        hasMarksInLeaf = true
        opaqueEnd = end
        at += 1
      }
    }
    flush(to: text.count)
  }

  /// The result of handling a special character.
  enum Found {
    /// Continue at this offset.
    case next(Int)
    /// The text up to this offset is left to libcmark.
    case opaque(Int)
  }

  private mutating func scan(_ byte: UInt8, _ at: Int) -> Found {
    switch byte {
    case UInt8(ascii: "\\"): return scanBackslash(at)
    case UInt8(ascii: "`"): return scanBackquotes(at)
    case UInt8(ascii: "<"): return scanAngle(at)
    case UInt8(ascii: "$"): return scanDollar(at)
    case UInt8(ascii: "["): return scanBracket(at)
    case UInt8(ascii: "]"):
      if let opener = openBrackets.popLast(), opener { openImages -= 1 }
      if let end = linkTail(at) { return .opaque(end) }
      return .next(at + 1)
    case UInt8(ascii: "{"): return scanBrace(at)
    case UInt8(ascii: ":"), UInt8(ascii: "@"), UInt8(ascii: "w"): return scanAutolink(byte, at)
    case UInt8(ascii: "*"), UInt8(ascii: "_"):
      return options.cjk ? scanDelimiters(byte, at) : .next(at + 1)
    case UInt8(ascii: "~"):
      hasMarksInLeaf = true
      return .next(at + 1)
    case UInt8(ascii: "&"), 0: return .next(at + 1)
    default:
      isPlain = false
      return scanSmart(byte, at)
    }
  }

  private mutating func scanBackslash(_ at: Int) -> Found {
    if options.math, at + 4 < text.count {
      let isEquation = text.has("eqref{", at: at + 1)
      if isEquation || text.has("ref{", at: at + 1) {
        let start = at + (isEquation ? 7 : 5)
        var end = start
        while end < text.count, text[end] != UInt8(ascii: "}"), text[end] != 0x0A { end += 1 }
        if end < text.count, text[end] == UInt8(ascii: "}"), end > start {
          addPlaceholder(
            .equationReference, at..<end + 1, content: start..<end, payload: isEquation ? 1 : 0)
          return .next(end + 1)
        }
      }
      // `\$$…$$` at the start of a leaf is a formula, but not one in display style.
      if at == 0, text.has("$$", at: 1) {
        let before = lastPlaceholderEnd
        copied = 1
        if case .next(let next) = scanDollar(1), lastPlaceholderEnd != before { return .next(next) }
        copied = 0
      }
    }
    guard at + 1 < text.count, text[at + 1] != 0x0A else { return .next(at + 1) }
    if options.strikethrough, text[at + 1] == UInt8(ascii: "~") {
      addPlaceholder(.literal, at..<at + 2, content: at + 1..<at + 2)
    }
    return .next(at + 2)
  }

  private mutating func scanBackquotes(_ at: Int) -> Found {
    var end = at
    while end < text.count, text[end] == UInt8(ascii: "`") { end += 1 }
    let length = end - at
    // libcmark also gives up on longer runs.
    guard length <= 64, missingRuns & (1 << UInt64(length - 1)) == 0 else { return .next(end) }
    var close = end
    while close < text.count {
      guard text[close] == UInt8(ascii: "`") else {
        close += 1
        continue
      }
      let start = close
      while close < text.count, text[close] == UInt8(ascii: "`") { close += 1 }
      if close - start == length { return .opaque(close) }
    }
    missingRuns |= 1 << UInt64(length - 1)
    return .next(end)
  }

  /// The offset after `](destination "title")` at the end of a link's text.
  private func linkTail(_ at: Int) -> Int? {
    guard at + 2 < text.count, text[at + 1] == UInt8(ascii: "(") else { return nil }
    var next = at + 2
    func skipSpaces() { while next < text.count, isWhitespace(text[next]) { next += 1 } }
    skipSpaces()
    if next < text.count, text[next] != UInt8(ascii: ")") {
      guard let end = LinkDefinition.destination(in: text, at: next) else { return nil }
      next = end
    }
    let after = next
    skipSpaces()
    guard next < text.count else { return nil }
    if text[next] == UInt8(ascii: ")") { return next + 1 }
    guard next > after, text[next] == UInt8(ascii: "\"") || text[next] == UInt8(ascii: "'"),
      let end = LinkDefinition.title(in: text, at: next)
    else { return nil }
    next = end
    skipSpaces()
    return next < text.count && text[next] == UInt8(ascii: ")") ? next + 1 : nil
  }

  /// The maximum number of images that are open at once. For each link, libcmark goes through all
  /// open images before it, so a thousand links after a thousand `![` take a million steps.
  private static let mostOpenImages = 256

  private mutating func scanBracket(_ at: Int) -> Found {
    let isImage = at > 0 && text[at - 1] == UInt8(ascii: "!")
    if isImage, openImages == Self.mostOpenImages {
      flush(to: at)
      write("\\", skippingTo: at)
      return .next(at + 1)
    }
    openBrackets.append(isImage)
    if isImage { openImages += 1 }
    guard options.footnotes, at + 3 <= text.count - 1, text[at + 1] == UInt8(ascii: "^") else {
      return .next(at + 1)
    }
    var end = at + 2
    while end < text.count, text[end] != UInt8(ascii: "]"), text[end] != UInt8(ascii: "["),
      !isWhitespace(text[end])
    {
      end += 1
    }
    guard end < text.count, end > at + 2, text[end] == UInt8(ascii: "]") else {
      return .next(at + 1)
    }
    let label = text.string(at + 2..<end)
    if let index = footnoteIndex[label] {
      addPlaceholder(.footnote, at..<end + 1, content: at + 2..<end, payload: index)
      return .next(end + 1)
    }
    if end + 1 == text.count || text[end + 1] != UInt8(ascii: "(") {
      let place = fileOffset(at)..<fileOffset(end + 1)
      let near = nearFootnotes.nearest(to: label, among: footnoteIndex.keys)
      diagnostics.append(
        .undefinedFootnote(label, place, near.map { "did you mean `[^\($0)]`?" }, file))
    }
    return .next(at + 1)
  }

  private mutating func scanBrace(_ at: Int) -> Found {
    guard at + 3 < text.count, text[at + 1] == UInt8(ascii: ":") else { return .next(at + 1) }
    if text[at + 2] == UInt8(ascii: ":") { return scanExtension(at) }
    let isBehindSpan =
      at > 0 && (lastPlaceholderEnd == at || ByteClass.spanEnd[text[at - 1]])
    guard isBehindSpan,
      let found = AttributeListParser.list(
        in: text, at: at, end: text.count, html: options.html),
      found.name == nil
    else { return .next(at + 1) }
    if let mistake = found.mistake {
      let place = fileOffset(mistake.lowerBound)..<fileOffset(mistake.upperBound)
      diagnostics.append(.badAttribute(place, file))
    }
    for refused in found.refused {
      let place = fileOffset(refused.lowerBound)..<fileOffset(refused.upperBound)
      diagnostics.append(.refusedAttribute(place, file))
    }
    addPlaceholder(.attributes, at..<found.end, content: at + 2..<found.end - 1)
    return .next(found.end)
  }

  /// Sets aside `{::comment}…{:/comment}` or `{::nomarkdown}…{:/}` within text.
  private mutating func scanExtension(_ at: Int) -> Found {
    guard at < noExtension else { return .next(at + 1) }
    let isComment = text.has("comment", at: at + 3)
    guard isComment || text.has("nomarkdown", at: at + 3),
      let brace = AttributeListParser.close(
        in: text, from: at + (isComment ? 10 : 13), end: text.count)
    else { return .next(at + 1) }
    let start = brace + 1
    if text[brace - 1] == UInt8(ascii: "/") {
      addPlaceholder(.comment, at..<start, content: at..<at)
      return .next(start)
    }
    guard let close = HTMLTag.find("{:/", in: text, from: start, end: text.count),
      let end = AttributeListParser.close(in: text, from: close, end: text.count)
    else {
      noExtension = at
      diagnostics.append(
        .unclosedExtension(
          isComment ? "comment" : "nomarkdown", fileOffset(at)..<fileOffset(start), file))
      return .next(at + 1)
    }
    addPlaceholder(isComment ? .comment : .html, at..<end + 1, content: start..<close - 3)
    return .next(end + 1)
  }
}

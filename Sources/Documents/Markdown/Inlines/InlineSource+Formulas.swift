import Diagnostics

/// Scanning of formulas and HTML in text.
extension InlineSource {
  /// The formula that makes up the whole text of the leaf; `nil` if there is none.
  func wholeFormula() -> Placeholder? {
    var end = text.count
    while end > 0, isWhitespace(text[end - 1]) { end -= 1 }
    guard end > 4, text.has("$$", at: 0), text[2] != UInt8(ascii: "$"), text.has("$$", at: end - 2),
      closingDollars(from: 2) == end - 2
    else { return nil }
    return Placeholder(
      kind: .formula, content: 2..<Int32(end - 2), original: 0..<Int32(end),
      place: Int32(fileOffset(0))..<Int32(fileOffset(end)))
  }

  /// The offset of the `$$` that closes a formula; `nil` if none does.
  private func closingDollars(from start: Int) -> Int? {
    var at = start
    while at + 1 < text.count {
      if text[at] == UInt8(ascii: "\\") {
        at += 2
      } else if text[at] == UInt8(ascii: "$"), text[at + 1] == UInt8(ascii: "$") {
        return at
      } else {
        at += 1
      }
    }
    return nil
  }

  mutating func scanDollar(_ at: Int) -> Found {
    guard at + 1 < text.count else { return .next(at + 1) }
    guard text[at + 1] == UInt8(ascii: "$") else {
      return options.singleDollarMath ? scanSingleDollar(at) : .next(at + 1)
    }
    var run = at
    while run < text.count, text[run] == UInt8(ascii: "$") { run += 1 }
    guard run == at + 2, at < noDollars else { return .next(run) }
    guard let close = closingDollars(from: run) else {
      noDollars = at
      // Alone, `$$` is a shell's process number; next to a word, it was meant to open a formula.
      if run < text.count, !isWhitespace(text[run]) || at == 0 || text[at - 1] == 0x0A {
        diagnostics.append(.unclosedFormula(fileOffset(at)..<fileOffset(run), file))
      }
      return .next(run)
    }
    addPlaceholder(.formula, at..<close + 2, content: run..<close)
    return .next(close + 2)
  }

  /// `$…$` by Pandoc's rule: no space next to the inner side of either dollar sign, no digit after
  /// the second.
  private mutating func scanSingleDollar(_ at: Int) -> Found {
    guard !isWhitespace(text[at + 1]), at < noDollars else { return .next(at + 1) }
    var close = at + 1
    while close < text.count, text[close] != UInt8(ascii: "$") {
      close += text[close] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard close < text.count else {
      noDollars = at
      return .next(at + 1)
    }
    guard !isWhitespace(text[close - 1]), close + 1 == text.count || !isDigit(text[close + 1])
    else { return .next(at + 1) }
    addPlaceholder(.formula, at..<close + 1, content: at + 1..<close)
    return .next(close + 1)
  }

  // MARK: HTML

  mutating func scanAngle(_ at: Int) -> Found {
    if let end = angleLink(at) { return .opaque(end) }
    if text.has("<!--", at: at) {
      // libcmark 0.30.2 searches again for the end of each comment, so a comment without one is
      // escaped.
      guard at < noComment else { return shield(at) }
      guard HTMLTag.find("-->", in: text, from: at, end: text.count) != nil else {
        noComment = at
        return shield(at)
      }
    } else if at + 1 < text.count,
      text[at + 1] == UInt8(ascii: "?") || text[at + 1] == UInt8(ascii: "!")
    {
      guard at < noExtension else { return shield(at) }
    }
    guard let end = HTMLTag.end(in: text, at: at, end: text.count) else {
      if at + 1 < text.count,
        text[at + 1] == UInt8(ascii: "?") || text[at + 1] == UInt8(ascii: "!"),
        !text.has("<!--", at: at)
      {
        noExtension = min(noExtension, at)
        return shield(at)
      }
      return .next(at + 1)
    }
    if options.html == .escape { return shield(at) }
    let first = text[at + 1] == UInt8(ascii: "/") ? at + 2 : at + 1
    guard options.repairsHTML, isLetter(text[first]) else { return .opaque(end) }
    let name = HTMLTag.name(in: text, at: at, end: end)
    guard HTMLNames.isElement(name) else {
      if first == at + 1 {
        diagnostics.append(
          .unknownTag(
            text.string(first..<first + name.count), fileOffset(at)..<fileOffset(end), file))
      }
      return shield(at)
    }
    if text[end - 2] == UInt8(ascii: "/"), HTMLNames.closable.contains(name) {
      // `<a name="x"/>` does not close an element in HTML.
      flush(to: end - 2)
      write("></", skippingTo: end - 2)
      buffer.append(contentsOf: name)
      copied = end - 1
      return .opaque(end)
    }
    return .opaque(end)
  }

  /// Escapes a `<`, so that libcmark reads it as text.
  private mutating func shield(_ at: Int) -> Found {
    flush(to: at)
    write("\\", skippingTo: at)
    return .next(at + 1)
  }

  /// The offset after `<https://…>` or `<name@host>`.
  private func angleLink(_ at: Int) -> Int? {
    var end = at + 1
    var isLink = false
    while end < text.count {
      switch text[end] {
      case UInt8(ascii: ">"): return isLink && end > at + 1 ? end + 1 : nil
      case UInt8(ascii: ":"), UInt8(ascii: "@"): isLink = true
      case UInt8(ascii: "<"): return nil
      case let byte where byte <= 0x20: return nil
      default: break
      }
      end += 1
    }
    return nil
  }
}

extension HTMLNames {
  /// Elements that authors close in the manner of XML.
  static let closable: Set<[UInt8]> = Set(
    ["a", "span", "div", "p", "b", "i", "em", "strong", "sub", "sup"].map { Array($0.utf8) })
}

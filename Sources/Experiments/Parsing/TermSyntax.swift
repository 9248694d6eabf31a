import Diagnostics

/// `name positional… key=value…`, before the name is looked up.
struct TermSyntax {
  struct Argument {
    /// `nil` for a positional one.
    var key: Token?
    /// The value, each byte with its place.
    var value: ExtractedText
    var token: Token { value.wholeToken }
    var range: Range<Int>
  }

  var name: Token
  var arguments: [Argument]
  var range: Range<Int>

  /// Splits at spaces; what is in brackets stays together, so that a value may be
  /// `[10, 20]` or `normal(std=0.1)`. `nil` for nothing but spaces.
  init?(_ text: ExtractedText, separators: [UInt8] = [UInt8(ascii: " ")]) {
    var words: [Range<Int>] = []
    var start: Int?
    var depth = 0
    for (index, byte) in text.bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "["), UInt8(ascii: "("): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: ")"): depth = max(0, depth - 1)
      default: break
      }
      let isSeparator =
        depth == 0
        && (separators.contains(byte) || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\t"))
      if isSeparator {
        if let first = start { words.append(first..<index) }
        start = nil
      } else if start == nil {
        start = index
      }
    }
    if let first = start { words.append(first..<text.bytes.count) }
    guard let first = words.first else { return nil }
    name = text.token(first)
    range = text.fileRange(of: first.lowerBound..<words.last!.upperBound)
    arguments = words.dropFirst().map { word in
      let range = text.fileRange(of: word)
      guard
        let equals = text.bytes[word].firstIndex(of: UInt8(ascii: "=")), equals > word.lowerBound
      else { return Argument(key: nil, value: text.slice(word), range: range) }
      return Argument(
        key: text.token(word.lowerBound..<equals),
        value: text.slice(equals + 1..<word.upperBound), range: range)
    }
  }
}

extension ExtractedText {
  /// A part of the text that still knows its places.
  func slice(_ range: Range<Int>) -> ExtractedText {
    var slice = ExtractedText()
    var start = range.lowerBound
    while start < range.upperBound {
      let place = fileOffset(of: start)
      var end = start + 1
      while end < range.upperBound, fileOffset(of: end) == place + (end - start) { end += 1 }
      slice.append(bytes[start..<end], at: place)
      start = end
    }
    return slice
  }

  /// Without the spaces around it.
  var trimmed: ExtractedText {
    func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 10 || byte == 9 || byte == 13 }
    guard let first = bytes.firstIndex(where: { !isSpace($0) }),
      let last = bytes.lastIndex(where: { !isSpace($0) })
    else { return ExtractedText() }
    return slice(first..<last + 1)
  }
}

import Diagnostics

/// A term `name positional… key=value…`, split into words before the name is looked up.
struct TermSyntax {
  struct Argument {
    /// `nil` for a positional argument.
    var key: Token?
    /// The value; each byte knows its offset in the file.
    var value: ExtractedText
    var token: Token { value.wholeToken }
    var range: Range<Int>
  }

  var name: Token
  var arguments: [Argument]
  var range: Range<Int>

  /// Splits the text at separators outside brackets and quotes, so that a value may be `[10, 20]`,
  /// `normal(std=0.1)` or `"my table.csv"`. `nil` for blank text.
  init?(_ text: ExtractedText, separators: [UInt8] = [UInt8(ascii: " ")]) {
    var words: [Range<Int>] = []
    var start: Int?
    var depth = 0
    let quotes = Quotes(text.bytes)
    var quoted = 0..<0
    for (index, byte) in text.bytes.enumerated() {
      if quoted.contains(index) { continue }
      if depth == 0, let end = quotes.end(from: index, isFirst: start == nil) {
        quoted = index..<end
        start = start ?? index
        continue
      }
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
      else {
        return Argument(key: nil, value: text.slice(Quotes.inside(word, text.bytes)), range: range)
      }
      return Argument(
        key: text.token(word.lowerBound..<equals),
        value: text.slice(Quotes.inside(equals + 1..<word.upperBound, text.bytes)), range: range)
    }
  }
}

/// Quotes around a whole value, as in `csv "my table.csv"`, for values that contain spaces.
private struct Quotes {
  private let bytes: [UInt8]
  /// The offset of the last quote of each kind: no quoted value begins there or later.
  private let last: [UInt8: Int]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    last = ["\"", "'"].reduce(into: [:]) { last, quote in
      last[UInt8(ascii: quote)] = bytes.lastIndex(of: UInt8(ascii: quote))
    }
  }

  /// The end of a quoted value that begins at `start`, after its closing quote; `nil` if none does.
  func end(from start: Int, isFirst: Bool) -> Int? {
    let quote = bytes[start]
    guard let last = last[quote], start < last,
      isFirst || bytes[start - 1] == UInt8(ascii: "=")
    else { return nil }
    let end = bytes[(start + 1)...].firstIndex(of: quote)! + 1
    return end == bytes.count || bytes[end] <= 32 ? end : nil
  }

  static func inside(_ word: Range<Int>, _ bytes: [UInt8]) -> Range<Int> {
    guard word.count >= 2, "\"'".utf8.contains(bytes[word.lowerBound]),
      bytes[word.lowerBound] == bytes[word.upperBound - 1]
    else { return word }
    return word.lowerBound + 1..<word.upperBound - 1
  }
}

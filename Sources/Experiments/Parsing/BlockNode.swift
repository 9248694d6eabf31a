package import Diagnostics

/// A node of a block's YAML, with its place in the article.
///
/// Scalars stay text: the language reads numbers and words itself, so that `1_0`, `0x1F`, `yes` or
/// `2024-01-01` are never converted.
package struct BlockNode: Hashable, Sendable {
  package indirect enum Content: Hashable, Sendable {
    /// The value, each byte of which knows its place in the article.
    case scalar(ExtractedText)
    case list([BlockNode])
    case mapping([Member])
  }

  package struct Member: Hashable, Sendable {
    package var key: BlockNode
    package var value: BlockNode
  }

  package var content: Content
  /// UTF-8 offsets into the article.
  package var range: Range<Int>

  /// What a message calls it.
  var kindInWords: String {
    switch content {
    case .scalar(let text): text.bytes.isEmpty ? "nothing" : "`\(text.text)`"
    case .list: "a list"
    case .mapping: "a mapping"
    }
  }

  /// The text of a scalar without spaces around it; `nil` for lists and mappings.
  var scalar: ExtractedText? {
    if case .scalar(let text) = content { text } else { nil }
  }

  var isEmpty: Bool { scalar?.bytes.isEmpty ?? false }

  /// A word written by the program in place of one in the article, at that one's place.
  static func word(_ text: String, at range: Range<Int>) -> BlockNode {
    var extracted = ExtractedText()
    for byte in text.utf8 { extracted.append(CollectionOfOne(byte), at: range.lowerBound) }
    return BlockNode(content: .scalar(extracted), range: range)
  }
}

/// A word of the article.
package struct Token: Hashable, Sendable {
  package var text: String
  /// UTF-8 offsets into the article.
  package var range: Range<Int>
}

extension ExtractedText {
  /// A part of the text as a word with its place.
  func token(_ range: Range<Int>) -> Token {
    Token(
      text: String(decoding: bytes[range], as: UTF8.self), range: fileRange(of: range))
  }

  var wholeToken: Token { token(0..<bytes.count) }
}

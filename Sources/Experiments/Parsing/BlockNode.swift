import Diagnostics
package import PositionedYAML

/// A node of a block's YAML, with its range in the article.
package typealias BlockNode = YAMLNode

extension YAMLNode {
  /// The node's name in a message.
  var kindInWords: String {
    switch content {
    case .scalar(let text): text.bytes.isEmpty ? "nothing" : "`\(text.text)`"
    case .list: "a list"
    case .mapping: "a mapping"
    }
  }

  /// The text of a scalar; `nil` for lists and mappings.
  var scalar: ExtractedText? {
    if case .scalar(let text) = content { text } else { nil }
  }

  var isEmpty: Bool { scalar?.bytes.isEmpty ?? false }

  /// A word inserted by the program, reported at `range`.
  static func word(_ text: String, at range: Range<Int>) -> BlockNode {
    BlockNode(content: .scalar(ExtractedText(text, allAt: range.lowerBound)), range: range)
  }
}

/// A word of the article.
package struct Token: Hashable, Sendable {
  package var text: String
  /// UTF-8 offsets into the article.
  package var range: Range<Int>
}

extension ExtractedText {
  /// A part of the text as a word with its range in the file.
  func token(_ range: Range<Int>) -> Token {
    Token(
      text: String(decoding: bytes[range], as: UTF8.self), range: fileRange(of: range))
  }

  var wholeToken: Token { token(0..<bytes.count) }
}

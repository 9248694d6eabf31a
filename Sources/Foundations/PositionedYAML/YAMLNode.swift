package import Diagnostics

/// A value of a YAML document, with its range in the file.
///
/// Scalars stay text: each reader decides what a number or a flag is, so that `1_0`, `0x1F`, `yes` or
/// `2024-01-01` are never converted before.
package struct YAMLNode: Hashable, Sendable {
  /// What a node is, with the nodes in it.
  package indirect enum Content: Hashable, Sendable {
    /// The value; each of its bytes knows its offset in the file.
    case scalar(ExtractedText)
    case list([YAMLNode])
    case mapping([Member])
  }

  /// A key of a mapping and its value.
  package struct Member: Hashable, Sendable {
    /// Any node; a scalar in nearly all documents.
    package var key: YAMLNode
    /// An empty scalar where nothing is written.
    package var value: YAMLNode

    package init(key: YAMLNode, value: YAMLNode) {
      self.key = key
      self.value = value
    }
  }

  /// The value.
  package var content: Content
  /// From the first to the last byte of the value, quotes and brackets left out, in UTF-8 offsets
  /// into the file.
  package var range: Range<Int>
  /// From the first to the last byte that is written, with quotes, brackets, anchors and the `|` or
  /// `>` of a block scalar, in UTF-8 offsets into the file.
  package var writtenRange: Range<Int>
  /// Whether this is a scalar without quotes that is no block of lines.
  package var isPlain: Bool

  /// A node whose value is all that is written.
  package init(content: Content, range: Range<Int>) {
    self.content = content
    self.range = range
    writtenRange = range
    isPlain = if case .scalar = content { true } else { false }
  }

  init(
    content: Content, range: Range<Int>, writtenRange: Range<Int>, isPlain: Bool = false
  ) {
    self.content = content
    self.range = range
    self.writtenRange = writtenRange
    self.isPlain = isPlain
  }
}

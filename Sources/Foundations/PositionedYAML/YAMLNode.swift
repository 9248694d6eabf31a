package import Diagnostics

/// A value of a YAML document, with its range in the file.
///
/// Scalars remain text: each reader decides what a number or a flag is, so that `1_0`, `0x1F`,
/// `yes` or `2024-01-01` are never converted prematurely.
package struct YAMLNode: Hashable, Sendable {
  /// The kind of a node, with its children.
  package indirect enum Content: Hashable, Sendable {
    /// The value; each byte records its offset in the file.
    case scalar(ExtractedText)
    case list([YAMLNode])
    case mapping([Member])
  }

  /// A key of a mapping and its value.
  package struct Member: Hashable, Sendable {
    /// The key: any node, but in nearly all documents a scalar.
    package var key: YAMLNode
    /// The value; an empty scalar if nothing is written.
    package var value: YAMLNode

    package init(key: YAMLNode, value: YAMLNode) {
      self.key = key
      self.value = value
    }
  }

  /// The value.
  package var content: Content
  /// The range from the first to the last byte of the value, without quotes and brackets, in UTF-8
  /// offsets into the file.
  package var range: Range<Int>
  /// The range of everything that is written, including quotes, brackets, anchors and the `|` or
  /// `>` of a block scalar, in UTF-8 offsets into the file.
  package var writtenRange: Range<Int>
  /// Whether this is a scalar that is neither quoted nor a block scalar.
  package var isPlain: Bool

  /// A node whose value is everything that is written.
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

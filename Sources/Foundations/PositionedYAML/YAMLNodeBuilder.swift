import Diagnostics
import Yams

/// Converts the parser's nodes, which record only where they start, into nodes that also record
/// where they end.
struct YAMLNodeBuilder {
  private let text: ExtractedText
  /// The text's bytes, with the line breaks as the parser sees them.
  private let bytes: [UInt8]
  /// Restores the bytes of a value that the parser has read.
  private let restored: (String) -> [UInt8]
  private let limits: YAMLLimits
  var places: MarkPlaces
  private var count = 0

  init(
    _ text: ExtractedText, bytes: [UInt8], restored: @escaping (String) -> [UInt8],
    limits: YAMLLimits
  ) {
    self.text = text
    self.bytes = bytes
    self.restored = restored
    self.limits = limits
    places = MarkPlaces(in: bytes)
  }

  /// - Parameter start: The offset in the text of the enclosing node.
  mutating func node(
    _ node: Node, in start: Int = 0, depth: Int
  ) throws(YAMLError) -> YAMLNode {
    try built(node, in: start, depth: depth).node
  }

  /// A node and the offset in the text at which its written form ends.
  private typealias Built = (node: YAMLNode, end: Int)

  private mutating func built(
    _ node: Node, in start: Int, depth: Int
  ) throws(YAMLError) -> Built {
    let offset = node.mark.map { places.offset(of: $0) } ?? start
    count += 1
    guard count <= limits.values else { throw .tooManyValues }
    // The scan of the text bounds the levels to twice the limit, and aliases may add some.
    guard depth <= 2 * limits.depth + YAMLAliases.limit else { throw .tooDeep(at: offset) }
    switch node {
    case .scalar(let scalar):
      return self.scalar(scalar, at: offset)
    case .sequence(let sequence):
      var items: [YAMLNode] = []
      var end = offset
      for item in sequence {
        let item = try built(item, in: offset, depth: depth + 1)
        items.append(item.node)
        end = max(end, item.end)
      }
      return collection(.list(items), items.last, offset, end)
    case .mapping(let mapping):
      var members: [YAMLNode.Member] = []
      var end = offset
      for (key, value) in mapping {
        let key = try built(key, in: offset, depth: depth + 1)
        let value = try built(value, in: offset, depth: depth + 1)
        members.append(YAMLNode.Member(key: key.node, value: value.node))
        end = max(end, key.end, value.end)
      }
      return collection(.mapping(members), members.last?.value, offset, end)
    case .alias:
      let place = text.fileRange(of: offset..<offset)
      return (YAMLNode(content: .scalar(ExtractedText()), range: place), offset)
    }
  }

  /// - Parameters:
  ///   - last: The last value in the collection.
  ///   - end: The offset at which that value ends.
  private func collection(
    _ content: YAMLNode.Content, _ last: YAMLNode?, _ offset: Int, _ end: Int
  ) -> Built {
    let start = contentStart(from: offset)
    let isFlow = start < bytes.count && "[{".utf8.contains(bytes[start])
    let end = isFlow ? closingBracket(from: max(end, start + 1)) : end
    let first = text.fileOffset(of: offset)
    let range =
      last.map { first..<max(first, $0.range.upperBound) }
      ?? text.fileRange(of: offset..<min(offset + 1, bytes.count))
    let written = text.fileRange(of: offset..<max(offset, end))
    return (YAMLNode(content: content, range: range, writtenRange: written), end)
  }

  /// The offset after the bracket that closes a list or mapping whose last value ends at `offset`.
  private func closingBracket(from offset: Int) -> Int {
    var end = offset
    var isComment = false
    while end < bytes.count {
      switch bytes[end] {
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"): isComment = false
      case UInt8(ascii: "#"): isComment = true
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        if !isComment { return end + 1 }
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: ","), UInt8(ascii: ":"): break
      case UInt8(ascii: "*"):
        // The value of an alias is written elsewhere.
        while end + 1 < bytes.count, !" \t\r\n,]}".utf8.contains(bytes[end + 1]) { end += 1 }
      default:
        if !isComment { return offset }
      }
      end += 1
    }
    return offset
  }

  private func scalar(_ scalar: Node.Scalar, at offset: Int) -> Built {
    var layout = ScalarLayout(
      text, source: bytes, at: contentStart(from: offset), scalar.style)
    let value = layout.lay(restored(scalar.string))
    let isPlain = scalar.style == .plain || scalar.style == .any
    let end = isPlain && value.isEmpty ? offset : max(offset, layout.end)
    let node = YAMLNode(
      content: .scalar(value),
      range: value.isEmpty
        ? text.fileRange(of: offset..<offset) : value.fileRange(of: 0..<value.bytes.count),
      writtenRange: text.fileRange(of: offset..<end),
      isPlain: isPlain)
    return (node, end)
  }

  /// The offset after the anchor and the tag that may precede a value.
  private func contentStart(from offset: Int) -> Int {
    var start = offset
    while start < bytes.count,
      bytes[start] == UInt8(ascii: "&") || bytes[start] == UInt8(ascii: "!")
    {
      var next = start
      while next < bytes.count, !" \t\r\n".utf8.contains(bytes[next]) { next += 1 }
      while next < bytes.count, " \t\r\n".utf8.contains(bytes[next]) { next += 1 }
      start = next
    }
    return start
  }
}

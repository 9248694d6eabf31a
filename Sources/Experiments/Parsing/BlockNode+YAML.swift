import Diagnostics
import Yams

/// What a block may be at most. Real blocks have under forty lines; the bounds keep a hostile one
/// from exhausting the stack or the memory.
enum BlockBounds {
  static let bytes = 65_536
  static let nodes = 10_000
  static let depth = 64
}

extension BlockNode {
  /// Reads a block's body.
  ///
  /// - Parameter info: Where the block is told that has nothing between its fences.
  /// - Throws: What is wrong with it as YAML, at its place in the article.
  static func read(
    _ body: ExtractedText, of file: SourceFile, behind info: Range<Int>
  ) throws(Diagnostic) -> BlockNode {
    let whole = body.bytes.isEmpty ? info : body.fileRange(of: 0..<body.bytes.count)
    guard body.bytes.count <= BlockBounds.bytes else {
      throw .blockTooLarge("it has \(body.bytes.count) bytes", whole, file)
    }
    guard nesting(of: body.bytes) <= BlockBounds.depth else {
      throw .blockTooLarge("its lists are nested too deep", whole, file)
    }
    if let excess = YAMLAliases.excess(in: body.bytes) {
      throw .blockTooLarge(
        "it has more than \(YAMLAliases.most) anchors and aliases",
        body.fileRange(of: excess..<excess + 1), file)
    }
    let brackets = BracketsInTerms(body.bytes)
    let text = YAMLText.withoutRareLineBreaks(
      brackets.isEmpty
        ? body.text : String(decoding: brackets.hidden(in: body.bytes), as: UTF8.self))
    let root: Node?
    do {
      root = try Yams.compose(yaml: text, .basic)
    } catch let error as YamlError {
      throw .notYAML(error, body: body, file: file)
    } catch {
      throw .notYAML(nil, body: body, file: file)
    }
    guard let root else { throw .emptyBlock(whole, file) }
    var builder = NodeBuilder(
      body: body, source: Array(YAMLText.withoutRareLineBreaks(body.text).utf8),
      lines: SourceFile(path: "", bytes: body.bytes), brackets: brackets)
    guard let node = builder.node(root, after: 0, depth: 0) else {
      throw .blockTooLarge("it has over \(BlockBounds.nodes) values", whole, file)
    }
    return node
  }

  /// An upper bound of how deep the YAML nests, without reading it: brackets, indentation, dashes.
  private static func nesting(of bytes: [UInt8]) -> Int {
    var brackets = 0
    var deepest = 0
    var lead = 0
    var isLead = true
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        lead = 0
        isLead = true
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        brackets += 1
        isLead = false
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        brackets = max(0, brackets - 1)
        isLead = false
      case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"):
        if isLead { lead += 1 }
      case UInt8(ascii: " "), UInt8(ascii: "\t"):
        if isLead { lead += 1 }
      default:
        isLead = false
      }
      // Each level of indentation takes a column at least; two are usual, so half is a fair bound.
      deepest = max(deepest, brackets + lead / 2)
    }
    return deepest
  }
}

/// Turns Yams's nodes, which know where they start, into ours, which know where they stand.
private struct NodeBuilder {
  var body: ExtractedText
  /// The body, byte for byte, with the line breaks that the parser saw.
  var source: [UInt8]
  var lines: SourceFile
  var brackets: BracketsInTerms
  var count = 0

  mutating func node(_ node: Node, after start: Int, depth: Int) -> BlockNode? {
    count += 1
    guard count <= BlockBounds.nodes, depth <= BlockBounds.depth + 8 else { return nil }
    let offset = node.mark.map(offset(of:)) ?? start
    switch node {
    case .scalar(let scalar):
      return self.scalar(scalar, at: offset)
    case .sequence(let sequence):
      var items: [BlockNode] = []
      for item in sequence {
        guard let item = self.node(item, after: offset, depth: depth + 1) else { return nil }
        items.append(item)
      }
      return BlockNode(content: .list(items), range: range(from: offset, to: items.last))
    case .mapping(let mapping):
      var members: [BlockNode.Member] = []
      for (key, value) in mapping {
        guard let key = self.node(key, after: offset, depth: depth + 1),
          let value = self.node(value, after: offset, depth: depth + 1)
        else { return nil }
        members.append(BlockNode.Member(key: key, value: value))
      }
      return BlockNode(
        content: .mapping(members), range: range(from: offset, to: members.last?.value))
    case .alias:
      return BlockNode(
        content: .scalar(ExtractedText()), range: body.fileRange(of: offset..<offset))
    }
  }

  /// The place of a list or a mapping: to the end of its last value, and the bracket behind it.
  private func range(from offset: Int, to last: BlockNode?) -> Range<Int> {
    let start = body.fileOffset(of: offset)
    guard let last else { return body.fileRange(of: offset..<min(offset + 1, body.bytes.count)) }
    return start..<max(start, last.range.upperBound)
  }

  private func offset(of mark: Mark) -> Int {
    guard mark.line >= 1 else { return 0 }
    let line = lines.offset(ofLine: mark.line)
    var offset = line
    var column = 1
    while offset < body.bytes.count, column < mark.column {
      offset += 1
      while offset < body.bytes.count, body.bytes[offset] & 0xC0 == 0x80 { offset += 1 }
      column += 1
    }
    return offset
  }

  private func scalar(_ scalar: Node.Scalar, at offset: Int) -> BlockNode {
    let value = brackets.shown(in: scalar.string)
    var layout = ScalarLayout(body, source: source, at: offset, scalar.style)
    let text = layout.lay(value)
    let range =
      value.isEmpty
      ? body.fileRange(of: offset..<offset)
      : text.fileRange(of: 0..<text.bytes.count)
    return BlockNode(content: .scalar(text), range: range)
  }
}

extension Diagnostic {
  static func blockTooLarge(_ what: String, _ range: Range<Int>, _ file: SourceFile) -> Diagnostic {
    Diagnostic(
      "nn.block-too-large", path: file.path, range: firstLine(of: range, in: file),
      message: "the block is too large: \(what)",
      hint: "a block may have \(BlockBounds.bytes) bytes, \(BlockBounds.nodes) values and"
        + " \(BlockBounds.depth) levels")
  }

  static func emptyBlock(_ range: Range<Int>, _ file: SourceFile) -> Diagnostic {
    Diagnostic(
      "nn.empty", path: file.path, range: range,
      message: "the block is empty",
      hint: "begin with a verb: "
        + Verb.allCases.map { "`\($0.rawValue):`" }.joined(separator: ", ")
    )
  }

  static func notYAML(_ error: YamlError?, body: ExtractedText, file: SourceFile) -> Diagnostic {
    let lines = SourceFile(path: "", bytes: body.bytes)
    let all = body.fileRange(of: 0..<body.bytes.count)
    func place(_ mark: Mark) -> Range<Int> {
      // The body may end with a line feed that the file lacks.
      placeInBody(mark).clamped(to: 0..<file.bytes.count)
    }
    func placeInBody(_ mark: Mark) -> Range<Int> {
      let line = lines.lineRange(max(1, mark.line))
      let start = min(line.lowerBound + max(0, mark.column - 1), line.upperBound)
      // What is missing at the end of the block is missing behind its last byte.
      guard start < body.bytes.count else {
        return max(all.lowerBound, all.upperBound - 1)..<all.upperBound
      }
      return body.fileRange(of: start..<min(start + 1, line.upperBound))
    }
    let whole = firstLine(of: all, in: file)
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let about = context.map { " (\($0.text))" } ?? ""
      return Diagnostic(
        "nn.yaml", path: file.path, range: place(mark),
        message: "the block is not YAML: \(problem)\(about)",
        hint:
          "write `key: value`; a value with `: `, `#` or a bracket at its start needs quotes")
    case .duplicatedKeysInMapping(let names, let context):
      let keys = names.sorted().map { "`\($0)`" }.joined(separator: ", ")
      return Diagnostic(
        "nn.duplicate-key", path: file.path, range: place(context.mark),
        message: "\(keys) stands twice in one mapping", hint: "keep one of them")
    default:
      return Diagnostic(
        "nn.yaml", path: file.path, range: whole, message: "the block is not YAML",
        hint: "write `key: value` on each line")
    }
  }

  private static func firstLine(of range: Range<Int>, in file: SourceFile) -> Range<Int> {
    let line = file.lineRange(file.position(of: range.lowerBound).line)
    return range.lowerBound..<max(range.lowerBound, min(range.upperBound, line.upperBound))
  }
}

import Diagnostics
import PositionedYAML

/// Maximum size of a block. Real blocks have under forty lines; the bounds keep a hostile one from
/// exhausting the stack or the memory.
enum BlockBounds {
  static let limits = YAMLLimits(bytes: 65_536, values: 10_000, depth: 64)
}

extension BlockNode {
  /// Parses a block's body.
  ///
  /// - Parameter info: The range at which an empty block is reported.
  /// - Throws: A diagnostic for invalid YAML, at its range in the article.
  static func read(
    _ body: ExtractedText, of file: SourceFile, behind info: Range<Int>
  ) throws(Diagnostic) -> BlockNode {
    let whole = body.isEmpty ? info : body.fileRange(of: 0..<body.bytes.count)
    let brackets = BracketsInTerms(body.bytes)
    let substitution =
      brackets.isEmpty
      ? nil
      : YAMLSubstitution(
        text: String(decoding: brackets.hidden(in: body.bytes), as: UTF8.self),
        restored: brackets.shown(in:))
    let root: BlockNode?
    do {
      root = try YAMLNode.parse(
        body, limits: BlockBounds.limits, substitution: substitution)
    } catch {
      throw .notYAML(error, body: body, file: file)
    }
    guard let root else { throw .emptyBlock(whole, file) }
    return root
  }
}

extension Diagnostic {
  static func blockTooLarge(_ what: String, _ range: Range<Int>, _ file: SourceFile) -> Diagnostic {
    Diagnostic(
      "nn.block-too-large", path: file.path, range: firstLine(of: range, in: file),
      message: "the block is too large: \(what)",
      hint:
        "a block may have \(BlockBounds.limits.bytes) bytes, \(BlockBounds.limits.values) values and"
        + " \(BlockBounds.limits.depth) levels")
  }

  static func emptyBlock(_ range: Range<Int>, _ file: SourceFile) -> Diagnostic {
    Diagnostic(
      "nn.empty", path: file.path, range: range,
      message: "the block is empty",
      hint: "begin with a verb: "
        + Verb.allCases.map { "`\($0.rawValue):`" }.joined(separator: ", ")
    )
  }

  static func notYAML(
    _ error: YAMLError, body: ExtractedText, file: SourceFile
  ) -> Diagnostic {
    let whole = body.fileRange(of: 0..<body.bytes.count)
    switch error {
    case .tooManyBytes:
      return .blockTooLarge("it has \(body.bytes.count) bytes", whole, file)
    case .tooManyValues:
      return .blockTooLarge("it has over \(BlockBounds.limits.values) values", whole, file)
    case .tooDeep:
      return .blockTooLarge("its lists are nested too deep", whole, file)
    case .tooManyAliases(let excess):
      return .blockTooLarge(
        "it has more than \(YAMLAliases.limit) anchors and aliases",
        body.fileRange(of: excess..<excess + 1), file)
    case .syntax(let problem, let context, let offset):
      let about = context.map { " (\($0))" } ?? ""
      return Diagnostic(
        "nn.yaml", path: file.path, range: byte(at: offset, of: body, in: file),
        message: "the block is not YAML: \(problem)\(about)",
        hint:
          "write `key: value`; a value with `: `, `#` or a bracket at its start needs quotes")
    case .repeatedKeys(let names, let offset):
      let keys = names.map { "`\($0)`" }.joined(separator: ", ")
      return Diagnostic(
        "nn.duplicate-key", path: file.path, range: byte(at: offset, of: body, in: file),
        message: "\(keys) is repeated in one mapping", hint: "keep one of them")
    case .unreadable:
      return Diagnostic(
        "nn.yaml", path: file.path, range: firstLine(of: whole, in: file),
        message: "the block is not YAML", hint: "write `key: value` on each line")
    }
  }

  /// The range in the file of the byte at an offset in a block; an error at the end of the block is
  /// reported at its last byte.
  private static func byte(
    at offset: Int, of body: ExtractedText, in file: SourceFile
  ) -> Range<Int> {
    let whole = body.fileRange(of: 0..<body.bytes.count)
    var range = max(whole.lowerBound, whole.upperBound - 1)..<whole.upperBound
    if offset < body.bytes.count {
      let isLineEnd = "\r\n".utf8.contains(body.bytes[offset])
      range = body.fileRange(of: offset..<offset + 1)
      if isLineEnd { range = range.lowerBound..<range.lowerBound }
    }
    // The body may end with a line feed that the file lacks.
    return range.clamped(to: 0..<file.bytes.count)
  }

  private static func firstLine(of range: Range<Int>, in file: SourceFile) -> Range<Int> {
    let line = file.lineRange(file.position(of: range.lowerBound).line)
    return range.lowerBound..<max(range.lowerBound, min(range.upperBound, line.upperBound))
  }
}

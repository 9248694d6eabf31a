package import Diagnostics
import Yams

extension YAMLNode {
  /// Parses a document.
  ///
  /// - Parameters:
  ///   - text: The YAML as extracted from its file.
  ///   - substitution: What the parser reads instead of the text.
  /// - Returns: The root; `nil` for a text without a value, such as one that consists of comments.
  package static func parse(
    _ text: ExtractedText, limits: YAMLLimits, substitution: YAMLSubstitution? = nil
  ) throws(YAMLError) -> YAMLNode? {
    guard text.bytes.count <= limits.bytes else { throw .tooManyBytes }
    if let excess = limits.excessDepth(in: text.bytes) { throw .tooDeep(at: excess) }
    if let excess = YAMLAliases.excess(in: text.bytes) { throw .tooManyAliases(at: excess) }
    let yaml = withoutRareLineBreaks(substitution?.text ?? text.text)
    var builder = YAMLNodeBuilder(
      text, bytes: Array(withoutRareLineBreaks(text.text).utf8),
      restored: substitution?.restored ?? { Array($0.utf8) }, limits: limits)
    let root: Node?
    do {
      root = try Yams.compose(yaml: yaml, .basic)
    } catch let error as YamlError {
      throw YAMLError(error, places: &builder.places)
    } catch {
      throw .unreadable("\(error)")
    }
    guard let root else { return nil }
    return try builder.node(root, depth: 0)
  }

  /// The text with U+0085, U+2028 and U+2029 replaced by spaces of the same byte length.
  ///
  /// YAML 1.1 ends a line at them, but editors do not, so the parser's line numbers would differ
  /// from those of the file.
  static func withoutRareLineBreaks(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 0xC2 || $0 == 0xE2 }) else { return text }
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\u{85}": scalars.append("\u{A0}")
      case "\u{2028}", "\u{2029}": scalars.append("\u{2003}")
      default: scalars.append(scalar)
      }
    }
    return String(scalars)
  }
}

/// A text that the parser reads in place of the original: each character that must be hidden from
/// it is replaced by one other character, so that lines and columns stay the same.
package struct YAMLSubstitution {
  /// What the parser reads.
  package var text: String
  /// Restores the hidden characters of a value, and returns its bytes.
  package var restored: (String) -> [UInt8]

  package init(text: String, restored: @escaping (String) -> [UInt8]) {
    self.text = text
    self.restored = restored
  }
}

extension YAMLError {
  fileprivate init(_ error: YamlError, places: inout MarkPlaces) {
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      self = .syntax(problem: problem, context: context?.text, at: places.offset(of: mark))
    case .duplicatedKeysInMapping(let names, let context):
      self = .repeatedKeys(names.sorted(), at: places.offset(of: context.mark))
    case .reader(let problem, _, _, _):
      self = .unreadable(problem)
    default:
      self = .unreadable("\(error)")
    }
  }
}

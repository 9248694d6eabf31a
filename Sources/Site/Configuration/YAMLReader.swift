import Diagnostics
import Yams

/// Reads YAML value by value and collects each mistake with its place in the file.
///
/// Yams gives the start of a value; its end is found in the text, so that a message can underline it.
struct YAMLReader {
  /// A value and its place.
  struct Value {
    fileprivate let node: Node
    /// UTF-8 offsets into the file.
    let range: Range<Int>
  }

  /// A key of a mapping and what it is given.
  struct Entry {
    let key: String
    let keyRange: Range<Int>
    let value: Value
  }

  /// The first part of the ids of diagnostics: `config`, `front-matter`.
  let idPrefix: String
  let file: SourceFile
  private let text: ExtractedText
  private let lines: SourceFile
  private(set) var diagnostics: [Diagnostic] = []
  /// The last place that was found: later places on its line are found from there, not from the start of
  /// the line.
  private var cursor = (line: 0, column: 1, offset: 0)
  /// Where a comment was searched from, and the first space before a comment found from there.
  private var comment = (from: 0, at: -1)

  /// - Parameter text: The YAML, as it was taken out of `file`.
  init(_ text: ExtractedText, of file: SourceFile, idPrefix: String) {
    self.text = text
    self.file = file
    self.idPrefix = idPrefix
    lines = SourceFile(path: file.path, bytes: text.bytes)
  }

  /// The whole text, which must be a mapping; empty text is an empty one.
  mutating func root() -> [Entry] {
    if let excess = YAMLAliases.excess(in: text.bytes) {
      diagnostics.append(
        .tooManyAliases(at: text.fileRange(of: excess..<excess + 1), reader: self))
      return []
    }
    guard let depth = deepNesting() else {
      do {
        guard let node = try Yams.compose(yaml: YAMLText.withoutRareLineBreaks(text.text)) else {
          return []
        }
        return entries(of: value(of: node), called: "this") ?? []
      } catch {
        report(error)
        return []
      }
    }
    diagnostics.append(.tooDeepYAML(at: text.fileRange(of: depth), reader: self))
    return []
  }

  // MARK: Values by type

  /// A text; a number or a date counts as text, as it was written.
  mutating func text(_ value: Value, for key: String) -> String? {
    guard case .scalar(let scalar) = value.node else { return wrongType(value, key, "a text") }
    return scalar.string
  }

  /// Like ``text(_:for:)``, but an empty value is none.
  mutating func optionalText(_ value: Value, for key: String) -> String? {
    if isEmpty(value) { return nil }
    return text(value, for: key)
  }

  mutating func flag(_ value: Value, for key: String) -> Bool? {
    if case .scalar(let scalar) = value.node, scalar.style == .plain || scalar.style == .any {
      switch scalar.string.lowercased() {
      case "true", "yes", "on": return true
      case "false", "no", "off": return false
      default: break
      }
    }
    return wrongType(value, key, "`true` or `false`")
  }

  mutating func integer(_ value: Value, for key: String, in range: ClosedRange<Int>) -> Int? {
    guard case .scalar(let scalar) = value.node, let number = Int(scalar.string) else {
      return wrongType(value, key, "a whole number")
    }
    guard range.contains(number) else {
      diagnostics.append(.outOfRange(number, range, key: key, at: value.range, reader: self))
      return nil
    }
    return number
  }

  /// One of the cases of an enumeration, by its name.
  mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ value: Value, for key: String
  ) -> Choice? where Choice.RawValue == String {
    guard let name = text(value, for: key) else { return nil }
    if let choice = Choice(rawValue: name) { return choice }
    diagnostics.append(
      .unknownChoice(
        name, Choice.allCases.map(\.rawValue), key: key, at: value.range, reader: self))
    return nil
  }

  mutating func list(_ value: Value, for key: String) -> [Value]? {
    guard case .sequence(let sequence) = value.node else { return wrongType(value, key, "a list") }
    var values: [Value] = []
    for node in sequence { values.append(self.value(of: node)) }
    return values
  }

  /// A list of texts, or one text; with `splitting`, one text of several words is a list of them, as
  /// in Jekyll.
  mutating func texts(_ value: Value, for key: String, splitting: Bool) -> [(String, Range<Int>)]? {
    switch value.node {
    case .sequence(let sequence):
      var texts: [(String, Range<Int>)] = []
      for node in sequence {
        let item = self.value(of: node)
        if let text = text(item, for: key) { texts.append((text, item.range)) }
      }
      return texts
    case .scalar(let scalar) where isEmpty(value) || scalar.string.isEmpty:
      return []
    case .scalar(let scalar):
      let words = splitting ? scalar.string.split(separator: " ").map(String.init) : [scalar.string]
      return words.map { ($0, value.range) }
    default:
      return wrongType(value, key, "a text or a list of texts")
    }
  }

  mutating func entries(of value: Value, called key: String) -> [Entry]? {
    if isEmpty(value) { return [] }
    guard case .mapping(let mapping) = value.node else {
      return wrongType(value, key, "`key: value` lines")
    }
    var entries: [Entry] = []
    var seen: [String: Range<Int>] = [:]
    for (keyNode, valueNode) in mapping {
      let keyValue = self.value(of: keyNode)
      guard let name = text(keyValue, for: "a key") else { continue }
      if let first = seen[name] {
        diagnostics.append(
          .repeatedKey(name, at: keyValue.range, firstAt: first, reader: self))
        continue
      }
      seen[name] = keyValue.range
      entries.append(Entry(key: name, keyRange: keyValue.range, value: self.value(of: valueNode)))
    }
    return entries
  }

  /// Whether nothing is written after the key.
  func isEmpty(_ value: Value) -> Bool {
    guard case .scalar(let scalar) = value.node else { return false }
    return scalar.style == .plain && (scalar.string.isEmpty || scalar.string == "~")
  }

  /// Whether a list or a mapping is written, rather than one word or number.
  func isScalar(_ value: Value) -> Bool {
    if case .scalar = value.node { true } else { false }
  }

  // MARK: Mistakes

  mutating func unknownKey(
    _ entry: Entry, among known: [String], severity: Diagnostic.Severity = .error
  ) {
    diagnostics.append(.unknownKey(entry, known, severity, reader: self))
  }

  mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  mutating func wrongType<T>(_ value: Value, _ key: String, _ wanted: String) -> T? {
    diagnostics.append(.wrongType(value, key, wanted, found: describe(value.node), reader: self))
    return nil
  }

  private func describe(_ node: Node) -> String {
    switch node {
    case .scalar(let scalar):
      scalar.style == .plain && scalar.string.isEmpty ? "nothing" : "`\(scalar.string.prefix(40))`"
    case .sequence: "a list"
    case .mapping: "`key: value` lines"
    case .alias: "an alias"
    }
  }

  private mutating func report(_ error: any Error) {
    let whole = text.fileRange(of: 0..<0)
    switch error as? YamlError {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let at = offset(of: mark)
      diagnostics.append(
        .badYAML(
          problem, context: context?.text, at: text.fileRange(of: at..<endOfLine(from: at)),
          reader: self))
    case .duplicatedKeysInMapping(let names, let context):
      // Yams gives the place of the mapping; the key's second line is found in the text.
      let name = names.sorted().first ?? ""
      let places = keyLines(name, from: context.mark.line)
      let first = places.first ?? whole
      diagnostics.append(
        .repeatedKey(name, at: places.dropFirst().first ?? first, firstAt: first, reader: self))
    case .reader(let problem, _, _, _):
      diagnostics.append(.badYAML(problem, context: nil, at: whole, reader: self))
    default:
      diagnostics.append(.badYAML("\(error)", context: nil, at: whole, reader: self))
    }
  }

  private func keyLines(_ name: String, from line: Int) -> [Range<Int>] {
    guard line <= lines.lineCount else { return [] }
    return (max(1, line)...lines.lineCount).compactMap { number in
      let range = lines.lineRange(number)
      let bytes = text.bytes[range]
      let start = bytes.firstIndex { $0 != UInt8(ascii: " ") } ?? range.lowerBound
      guard bytes[start...].starts(with: (name + ":").utf8) else { return nil }
      return text.fileRange(of: start..<(start + name.utf8.count))
    }
  }

  // MARK: Places

  private mutating func value(of node: Node) -> Value {
    Value(node: node, range: text.fileRange(of: textRange(of: node)))
  }

  private mutating func offset(of mark: Mark) -> Int {
    let number = min(max(1, mark.line), lines.lineCount)
    let line = lines.lineRange(number)
    if cursor.line != number || cursor.column > mark.column {
      cursor = (number, 1, line.lowerBound)
    }
    while cursor.offset < line.upperBound, cursor.column < mark.column {
      cursor.offset += 1
      while cursor.offset < line.upperBound, text.bytes[cursor.offset] & 0xC0 == 0x80 {
        cursor.offset += 1
      }
      cursor.column += 1
    }
    return cursor.offset
  }

  private mutating func textRange(of node: Node) -> Range<Int> {
    guard let mark = node.mark else { return 0..<0 }
    let start = offset(of: mark)
    let end = endOfLine(from: start)
    guard case .scalar(let scalar) = node, start < end else { return start..<end }
    switch text.bytes[start] {
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      let quote = text.bytes[start]
      var offset = start + 1
      while offset < end, text.bytes[offset] != quote {
        offset += quote == UInt8(ascii: "\"") && text.bytes[offset] == UInt8(ascii: "\\") ? 2 : 1
      }
      return start..<min(offset + 1, end)
    default:
      let isWritten = text.bytes[start..<end].starts(with: scalar.string.utf8)
      return start..<(isWritten ? start + scalar.string.utf8.count : end)
    }
  }

  /// The end of the line's content, without comment and trailing spaces.
  private mutating func endOfLine(from start: Int) -> Int {
    let line = lines.lineRange(lines.position(of: start).line)
    if start < comment.from || start > comment.at {
      comment = (start, start)
      while comment.at < line.upperBound, !isComment(comment.at, line) { comment.at += 1 }
    }
    var end = min(comment.at, line.upperBound)
    while end > start, text.bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
    return max(start, end)
  }

  private func isComment(_ offset: Int, _ line: Range<Int>) -> Bool {
    text.bytes[offset] == UInt8(ascii: " ") && offset + 1 < line.upperBound
      && text.bytes[offset + 1] == UInt8(ascii: "#")
  }

  /// Where brackets or list markers nest deeper than the recursive parser may go.
  private func deepNesting() -> Range<Int>? {
    var depth = 0
    var dashes = 0
    for (offset, byte) in text.bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
      case UInt8(ascii: "\n"): dashes = 0
      case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"): dashes += 1
      case UInt8(ascii: " "): break
      default: dashes = 0
      }
      if depth > 200 || dashes > 200 { return offset..<(offset + 1) }
    }
    return nil
  }
}

extension Diagnostic {
  fileprivate static func badYAML(
    _ problem: String, context: String?, at range: Range<Int>, reader: YAMLReader
  ) -> Diagnostic {
    let message: String
    let hint: String?
    switch problem {
    case "mapping values are not allowed in this context":
      message = "a colon here would start a value within a value"
      hint = "put the whole value in quotes: `title: \"a: b\"`"
    case "found character that cannot start any token":
      message = "this character cannot stand here"
      hint = "put the value in quotes, and indent with blanks rather than tabs"
    case "could not find expected ':'":
      message = "a key without its colon"
      hint = "write `key: value`"
    default:
      message = context.map { "\(problem) \($0)" } ?? problem
      hint = "this must be YAML: `key: value` lines"
    }
    return Diagnostic(
      .init(rawValue: reader.idPrefix + ".syntax"), path: reader.file.path, range: range,
      message: message, hint: hint)
  }

  fileprivate static func tooDeepYAML(at range: Range<Int>, reader: YAMLReader) -> Diagnostic {
    Diagnostic(
      .init(rawValue: reader.idPrefix + ".syntax"), path: reader.file.path, range: range,
      message: "values nest more than 200 levels deep here", hint: "use fewer levels")
  }

  fileprivate static func tooManyAliases(at range: Range<Int>, reader: YAMLReader) -> Diagnostic {
    Diagnostic(
      .init(rawValue: reader.idPrefix + ".syntax"), path: reader.file.path, range: range,
      message: "there are more than \(YAMLAliases.most) anchors and aliases",
      hint: "write the values out, and put texts that begin with `&` or `*` in quotes")
  }

  fileprivate static func wrongType(
    _ value: YAMLReader.Value, _ key: String, _ wanted: String, found: String, reader: YAMLReader
  ) -> Diagnostic {
    let subject = key.contains(" ") || key == "this" ? key : "`\(key)`"
    return Diagnostic(
      .init(rawValue: reader.idPrefix + ".wrong-type"), path: reader.file.path,
      range: value.range, message: "\(subject) must be \(wanted), not \(found)")
  }

  fileprivate static func outOfRange(
    _ number: Int, _ range: ClosedRange<Int>, key: String, at place: Range<Int>,
    reader: YAMLReader
  ) -> Diagnostic {
    Diagnostic(
      .init(rawValue: reader.idPrefix + ".out-of-range"), path: reader.file.path, range: place,
      message: "`\(key)` is \(number)", hint: "from \(range.lowerBound) to \(range.upperBound)")
  }

  fileprivate static func unknownChoice(
    _ name: String, _ names: [String], key: String, at range: Range<Int>, reader: YAMLReader
  ) -> Diagnostic {
    Diagnostic(
      .init(rawValue: reader.idPrefix + ".unknown-value"), path: reader.file.path, range: range,
      message: "`\(key)` cannot be `\(name)`", hint: nameHint(for: name, among: names))
  }

  fileprivate static func repeatedKey(
    _ name: String, at range: Range<Int>, firstAt first: Range<Int>, reader: YAMLReader
  ) -> Diagnostic {
    Diagnostic(
      .init(rawValue: reader.idPrefix + ".repeated-key"), path: reader.file.path, range: range,
      message: "`\(name)` is given twice", hint: "keep one of them",
      notes: [Note("first given here", path: reader.file.path, range: first)])
  }

  fileprivate static func unknownKey(
    _ entry: YAMLReader.Entry, _ known: [String], _ severity: Severity, reader: YAMLReader
  ) -> Diagnostic {
    Diagnostic(
      .init(rawValue: reader.idPrefix + ".unknown-key"), severity, path: reader.file.path,
      range: entry.keyRange, message: "no key is named `\(entry.key)`",
      hint: nameHint(for: entry.key, among: known))
  }
}

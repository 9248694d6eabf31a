import Diagnostics
import PositionedYAML

/// Reads a YAML document value by value and collects a diagnostic, with its range in the file, for
/// each value that its key does not accept.
struct YAMLReader {
  /// A value and the range that a message about it underlines.
  struct Value {
    fileprivate let node: YAMLNode
    /// UTF-8 offsets into the file, of one line at most.
    let range: Range<Int>
  }

  /// A key of a mapping and its value.
  struct Entry {
    let key: String
    let keyRange: Range<Int>
    let value: Value
  }

  private static let limits = YAMLLimits(bytes: .max, values: 500_000, depth: 200)

  /// The first part of a diagnostic's id: `config`, `front-matter`.
  let idPrefix: String
  let file: SourceFile
  private let text: ExtractedText
  private(set) var diagnostics: [Diagnostic] = []

  /// - Parameters:
  ///   - text: The YAML, as it was taken out of `file`.
  ///   - idPrefix: The first part of the ids of diagnostics: `config`, `front-matter`.
  init(_ text: ExtractedText, of file: SourceFile, idPrefix: String) {
    self.text = text
    self.file = file
    self.idPrefix = idPrefix
  }

  /// The entries of the whole text, which must be a mapping; an empty text has none.
  mutating func root() -> [Entry] {
    do throws(YAMLError) {
      guard let node = try YAMLNode.parse(text, limits: Self.limits) else { return [] }
      return entries(of: value(of: node), called: "this") ?? []
    } catch {
      report(error)
      return []
    }
  }

  // MARK: Values by type

  /// The text of a scalar; a number or a date is returned as written.
  mutating func text(_ value: Value, for key: String) -> String? {
    guard let text = value.text else { return wrongType(value, key, "a text") }
    return text
  }

  /// Like ``text(_:for:)``, but returns `nil` for an empty value and reports nothing.
  mutating func optionalText(_ value: Value, for key: String) -> String? {
    if isEmpty(value) { return nil }
    return text(value, for: key)
  }

  mutating func flag(_ value: Value, for key: String) -> Bool? {
    if let text = value.text, value.node.isPlain {
      switch text.lowercased() {
      case "true", "yes", "on": return true
      case "false", "no", "off": return false
      default: break
      }
    }
    return wrongType(value, key, "`true` or `false`")
  }

  mutating func integer(_ value: Value, for key: String, in range: ClosedRange<Int>) -> Int? {
    guard let number = value.text.flatMap({ Int($0) }) else {
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
    guard case .list(let items) = value.node.content else {
      return wrongType(value, key, "a list")
    }
    return items.map { self.value(of: $0) }
  }

  /// A list of texts, or one text; with `splitting`, a text of several words is a list of them, as
  /// in Jekyll.
  mutating func texts(_ value: Value, for key: String, splitting: Bool) -> [(String, Range<Int>)]? {
    switch value.node.content {
    case .list(let items):
      return items.compactMap { item -> (String, Range<Int>)? in
        let item = self.value(of: item)
        return text(item, for: key).map { ($0, item.range) }
      }
    case .scalar(let scalar):
      if isEmpty(value) || scalar.isEmpty { return [] }
      let words = splitting ? scalar.text.split(separator: " ").map(String.init) : [scalar.text]
      return words.map { ($0, value.range) }
    case .mapping:
      return wrongType(value, key, "a text or a list of texts")
    }
  }

  /// The entries of a mapping; an empty value has none. A repeated key is reported and left out.
  mutating func entries(of value: Value, called key: String) -> [Entry]? {
    if isEmpty(value) { return [] }
    guard case .mapping(let members) = value.node.content else {
      return wrongType(value, key, "`key: value` lines")
    }
    var entries: [Entry] = []
    var seen: [String: Range<Int>] = [:]
    for member in members {
      let keyValue = self.value(of: member.key)
      guard let name = text(keyValue, for: "a key") else { continue }
      if let first = seen[name] {
        diagnostics.append(
          .repeatedKey(name, at: keyValue.range, firstAt: first, reader: self))
        continue
      }
      seen[name] = keyValue.range
      entries.append(
        Entry(key: name, keyRange: keyValue.range, value: self.value(of: member.value)))
    }
    return entries
  }

  /// Whether nothing, or `~`, is written after the key.
  func isEmpty(_ value: Value) -> Bool {
    guard let text = value.text, value.node.isPlain else { return false }
    return text.isEmpty || text == "~"
  }

  /// Whether the value is a scalar rather than a list or a mapping.
  func isScalar(_ value: Value) -> Bool { value.text != nil }

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

  private func describe(_ node: YAMLNode) -> String {
    switch node.content {
    case .scalar(let text):
      node.isPlain && text.isEmpty ? "nothing" : "`\(text.text.prefix(40))`"
    case .list: "a list"
    case .mapping: "`key: value` lines"
    }
  }

  private mutating func report(_ error: YAMLError) {
    let whole = text.fileRange(of: 0..<0)
    switch error {
    case .syntax(let problem, let context, let offset):
      let end = text.fileRange(of: offset..<text.bytes.count)
      diagnostics.append(.badYAML(problem, context: context, at: firstLine(of: end), reader: self))
    case .repeatedKeys(let names, let offset):
      // The parser reports only the first occurrence; the second is found in the text.
      let name = names.first ?? ""
      let places = keyLines(name, from: text.fileOffset(of: offset))
      let first = places.first ?? whole
      diagnostics.append(
        .repeatedKey(name, at: places.dropFirst().first ?? first, firstAt: first, reader: self))
    case .tooDeep(let offset):
      diagnostics.append(
        .tooDeepYAML(
          Self.limits.depth, at: text.fileRange(of: offset..<offset + 1), reader: self))
    case .tooManyAliases(let excess):
      diagnostics.append(
        .tooManyAliases(at: text.fileRange(of: excess..<excess + 1), reader: self))
    case .tooManyBytes, .tooManyValues:
      diagnostics.append(.tooManyValues(Self.limits.values, at: whole, reader: self))
    case .unreadable(let problem):
      diagnostics.append(.badYAML(problem, context: nil, at: whole, reader: self))
    }
  }

  /// The first two lines that begin with a key, searched from the line of the offset.
  private func keyLines(_ name: String, from offset: Int) -> [Range<Int>] {
    let end = text.fileRange(of: 0..<text.bytes.count).upperBound
    let key = Array((name + ":").utf8)
    var ranges: [Range<Int>] = []
    for number in file.position(of: offset).line...file.lineCount where ranges.count < 2 {
      let range = file.lineRange(number)
      guard range.lowerBound < end else { break }
      let bytes = file.bytes[range]
      let start = bytes.firstIndex { $0 != UInt8(ascii: " ") } ?? range.upperBound
      guard bytes[start...].starts(with: key) else { continue }
      ranges.append(start..<(start + key.count - 1))
    }
    return ranges
  }

  // MARK: Places

  private func value(of node: YAMLNode) -> Value {
    Value(node: node, range: firstLine(of: node.writtenRange))
  }

  /// The part of a range on its first line, without a trailing comment or trailing spaces.
  private func firstLine(of range: Range<Int>) -> Range<Int> {
    let bytes = file.bytes
    guard let lineEnd = bytes[range].firstIndex(where: { "\r\n".utf8.contains($0) }) else {
      return range
    }
    let start = range.lowerBound
    var end = start
    while end < lineEnd,
      !(bytes[end] == UInt8(ascii: " ") && end + 1 < lineEnd
        && bytes[end + 1] == UInt8(ascii: "#"))
    { end += 1 }
    while end > start, bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
    return start..<end
  }
}

extension YAMLReader.Value {
  /// The text of a scalar; `nil` for lists and mappings.
  fileprivate var text: String? {
    if case .scalar(let text) = node.content { text.text } else { nil }
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
      message = "this character is not allowed here"
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

  fileprivate static func tooDeepYAML(
    _ depth: Int, at range: Range<Int>, reader: YAMLReader
  ) -> Diagnostic {
    Diagnostic(
      .init(rawValue: reader.idPrefix + ".syntax"), path: reader.file.path, range: range,
      message: "values nest more than \(depth) levels deep here", hint: "use fewer levels")
  }

  fileprivate static func tooManyAliases(at range: Range<Int>, reader: YAMLReader) -> Diagnostic {
    Diagnostic(
      .init(rawValue: reader.idPrefix + ".syntax"), path: reader.file.path, range: range,
      message: "there are more than \(YAMLAliases.limit) anchors and aliases",
      hint: "write the values out, and put texts that begin with `&` or `*` in quotes")
  }

  fileprivate static func tooManyValues(
    _ limit: Int, at range: Range<Int>, reader: YAMLReader
  ) -> Diagnostic {
    Diagnostic(
      .init(rawValue: reader.idPrefix + ".syntax"), path: reader.file.path, range: range,
      message: "there are more than \(limit) values", hint: "remove the values that are not needed")
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

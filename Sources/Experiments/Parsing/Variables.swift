import Diagnostics
import PositionedYAML

/// The variables of `vary` with their values, and their substitution into the block.
struct Variables {
  struct Variable {
    var name: Token
    var values: [BlockNode]
    var labels: [String]
  }

  static let mostRuns = 512

  private(set) var variables: [Variable] = []
  /// Whether `vary` has errors, so that its names and values are incomplete.
  private(set) var isMistaken = false
  /// Whether there are more combinations than a block may have; then only the first one is decoded.
  private var isTooMany = false

  /// Decodes `vary`.
  init(_ node: BlockNode?, into reading: inout OptionDecoder) {
    guard let node else { return }
    let path = reading.path
    let count = reading.diagnostics.count
    defer { isMistaken = reading.diagnostics.count > count }
    guard case .mapping(let members) = node.content else {
      reading.report(
        Diagnostic(
          "nn.vary", path: path, range: node.range,
          message: "`vary` takes names with their values, not \(node.kindInWords)",
          hint: "such as `vary: {depth: [1, 2, 4]}`"))
      return
    }
    for member in members {
      guard let name = member.key.scalar?.trimmed.wholeToken, Self.isName(name.text) else {
        reading.report(
          Diagnostic(
            "nn.vary", path: path, range: member.key.range,
            message: "a variable cannot be named \(member.key.kindInWords)",
            hint: "lower-case letters, digits and `_`, a letter first"))
        continue
      }
      if name.text == "seed" || name.text == "layer" || name.text == "epoch" {
        reading.report(
          Diagnostic(
            "nn.vary", path: path, range: name.range,
            message: "`\(name.text)` is a reserved name",
            hint: name.text == "seed" ? "use `repeats`" : "choose another name"))
        continue
      }
      guard case .list(let values) = member.value.content, !values.isEmpty else {
        reading.report(
          Diagnostic(
            "nn.vary", path: path,
            range: member.value.isEmpty ? name.range : member.value.range,
            message: "`\(name.text)` needs a list of values",
            hint: "such as `\(name.text): [1, 2, 4]`"))
        continue
      }
      let labels = values.map(\.label)
      for (index, label) in labels.enumerated() where labels[..<index].contains(label) {
        reading.report(
          Diagnostic(
            "nn.vary", path: path, range: values[index].range,
            message: "`\(name.text)` has the value `\(label)` twice"))
      }
      variables.append(Variable(name: name, values: values, labels: labels))
    }
    let runs = variables.reduce(1) { min($0 * $1.values.count, 1_000_000) }
    if runs > Self.mostRuns {
      reading.report(
        Diagnostic(
          "nn.too-many-runs", path: path, range: node.range,
          message: "`vary` asks for \(runs) runs, and a block may have \(Self.mostRuns)",
          hint: "the runs are every value of one variable with every value of the others"))
      isTooMany = true
    }
  }

  static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, (97...122).contains(first) else { return false }
    return text.utf8.allSatisfy { isNameByte($0) }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (97...122).contains(byte) || (48...57).contains(byte) || byte == UInt8(ascii: "_")
  }

  /// All combinations of values, by index; the last variable varies fastest.
  var combinations: [[Int]] {
    if isTooMany { return [variables.map { _ in 0 }] }
    return variables.reduce([[]]) { combinations, variable in
      combinations.flatMap { head in variable.values.indices.map { head + [$0] } }
    }
  }

  /// Reports variables that are used but not defined by `vary`, and those that are never used.
  func check(_ nodes: [BlockNode], into reading: inout OptionDecoder) {
    var used: Set<String> = []
    for node in nodes {
      for token in Self.references(in: node) {
        let name = String(token.text.dropFirst())
        used.insert(name)
        guard !variables.contains(where: { $0.name.text == name }) else { continue }
        reading.report(
          Diagnostic(
            "nn.unknown-variable", path: reading.path, range: token.range,
            message: "`vary` does not define the variable `\(name)`",
            hint: variables.isEmpty
              ? "add `vary: {\(name): [1, 2]}`"
              : nameHint(for: name, among: variables.map(\.name.text))))
      }
    }
    for variable in variables where !used.contains(variable.name.text) {
      reading.report(
        Diagnostic(
          "nn.unused-variable", path: reading.path, range: variable.name.range,
          message: "nothing uses the variable `\(variable.name.text)`",
          hint: "write `$\(variable.name.text)` where it belongs"))
    }
  }

  private static func references(in node: BlockNode) -> [Token] {
    switch node.content {
    case .scalar(let text):
      return referenceRanges(in: text.bytes).map { text.token($0) }
    case .list(let items): return items.flatMap { references(in: $0) }
    case .mapping(let members):
      return members.flatMap { references(in: $0.key) + references(in: $0.value) }
    }
  }

  private static func referenceRanges(in bytes: [UInt8]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "$"), index + 1 < bytes.count,
        (97...122).contains(bytes[index + 1])
      else {
        index += 1
        continue
      }
      var end = index + 1
      while end < bytes.count, isNameByte(bytes[end]) { end += 1 }
      ranges.append(index..<end)
      index = end
    }
    return ranges
  }

  /// The node with each variable replaced by its value in the combination.
  func substituting(_ combination: [Int], in node: BlockNode) -> BlockNode {
    guard !variables.isEmpty else { return node }
    switch node.content {
    case .list(let items):
      return BlockNode(
        content: .list(items.map { substituting(combination, in: $0) }), range: node.range)
    case .mapping(let members):
      return BlockNode(
        content: .mapping(
          members.map {
            BlockNode.Member(
              key: substituting(combination, in: $0.key),
              value: substituting(combination, in: $0.value))
          }), range: node.range)
    case .scalar(let text):
      let ranges = Self.referenceRanges(in: text.bytes)
      guard !ranges.isEmpty else { return node }
      if ranges.count == 1, ranges[0] == 0..<text.bytes.count,
        let value = value(of: text.token(ranges[0]).text, combination)
      {
        return value
      }
      var replaced = ExtractedText()
      var start = 0
      for range in ranges {
        replaced.append(text, start..<range.lowerBound)
        if let value = value(of: text.token(range).text, combination)?.scalar {
          replaced.append(value.trimmed)
        } else {
          replaced.append(text, range)
        }
        start = range.upperBound
      }
      replaced.append(text, start..<text.bytes.count)
      return BlockNode(content: .scalar(replaced), range: node.range)
    }
  }

  private func value(of reference: String, _ combination: [Int]) -> BlockNode? {
    let name = reference.dropFirst()
    guard let index = variables.firstIndex(where: { $0.name.text == name }) else { return nil }
    return variables[index].values[combination[index]]
  }
}

extension BlockNode {
  /// A value as a label: the text as written, lists without brackets.
  fileprivate var label: String {
    switch content {
    case .scalar(let text): text.trimmed.text
    case .list(let items): items.map(\.label).joined(separator: ", ")
    case .mapping(let members):
      members.map { "\($0.key.label): \($0.value.label)" }.joined(separator: ", ")
    }
  }
}

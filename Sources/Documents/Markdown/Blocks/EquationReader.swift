import Diagnostics

/// Finds `\tag` and `\label` in a formula, and adds the numbers that labels require.
struct EquationReader {
  private(set) var tex: ExtractedText
  /// The number of the next equation without a tag of its own.
  private(set) var next: Int
  private(set) var hasTag = false
  private(set) var labels: [(label: String, number: String, range: Range<Int>)] = []
  private let isBlock: Bool

  init(_ tex: ExtractedText, isBlock: Bool, next: Int) {
    self.tex = tex
    self.isBlock = isBlock
    self.next = next
  }

  /// The commands to look for; `rowEnd` is `\\`.
  private struct Names: OptionSet {
    let rawValue: UInt8
    static let tag = Names(rawValue: 1)
    static let label = Names(rawValue: 2)
    static let ref = Names(rawValue: 4)
    static let eqref = Names(rawValue: 8)
    static let rowEnd = Names(rawValue: 16)
  }

  /// A command with its argument.
  private struct Command {
    var name: Names
    var whole: Range<Int>
    var argument: Range<Int>
  }

  /// - Returns: Whether there is a tag or a label.
  mutating func read() -> Bool {
    let bytes = tex.bytes
    let found = Self.commands([.tag, .label], in: bytes)
    guard !found.isEmpty else { return false }
    hasTag = found.contains { $0.name == .tag }
    guard found.contains(where: { $0.name == .label }) else { return true }
    let commands = Self.commands([.tag, .label, .rowEnd], in: bytes)
    var result = ExtractedText()
    var copied = 0
    // Each row of an environment has its own number.
    for row in commands.split(
      omittingEmptySubsequences: true, whereSeparator: { $0.name == .rowEnd })
    {
      let tag = row.first { $0.name == .tag }
      for label in row where label.name == .label {
        let number: String
        result.append(tex, copied..<label.whole.lowerBound)
        copied = label.whole.upperBound
        if let tag {
          number = String(decoding: bytes[tag.argument], as: UTF8.self)
        } else {
          number = String(next)
          next += 1
          if isBlock {
            result.append(
              "\\tag{\(number)}".utf8, at: tex.fileOffset(of: label.whole.lowerBound))
            hasTag = true
          }
        }
        labels.append(
          (
            String(decoding: bytes[label.argument], as: UTF8.self), number,
            tex.fileRange(of: label.whole)
          ))
      }
    }
    result.append(tex, copied..<bytes.count)
    tex = result
    return true
  }

  /// Replaces `\ref{…}` and `\eqref{…}` with numbers.
  ///
  /// - Returns: The formula, `nil` if it has no references; and the labels that are not known.
  static func resolvingReferences(
    in tex: ExtractedText, _ numbers: [String: String]
  ) -> (tex: ExtractedText?, missing: [(String, Range<Int>)]) {
    let commands = commands([.ref, .eqref], in: tex.bytes)
    guard !commands.isEmpty else { return (nil, []) }
    var result = ExtractedText()
    var missing: [(String, Range<Int>)] = []
    var copied = 0
    for command in commands {
      result.append(tex, copied..<command.whole.lowerBound)
      copied = command.whole.upperBound
      let label = String(decoding: tex.bytes[command.argument], as: UTF8.self)
      let number = numbers[label] ?? "?"
      if numbers[label] == nil { missing.append((label, tex.fileRange(of: command.whole))) }
      let text = command.name == .eqref ? "\\text{(\(number))}" : "\\text{\(number)}"
      result.append(text.utf8, at: tex.fileOffset(of: command.whole.lowerBound))
    }
    result.append(tex, copied..<tex.bytes.count)
    return (result, missing)
  }

  /// The commands of these names, in order.
  private static func commands(_ names: Names, in bytes: [UInt8]) -> [Command] {
    var found: [Command] = []
    var at = 0
    while at + 1 < bytes.count {
      guard bytes[at] == UInt8(ascii: "\\") else {
        at += 1
        continue
      }
      if bytes[at + 1] == UInt8(ascii: "\\") {
        if names.contains(.rowEnd) {
          found.append(Command(name: .rowEnd, whole: at..<at + 2, argument: at..<at))
        }
        at += 2
        continue
      }
      if let (name, brace) = name(in: bytes, at: at + 1), names.contains(name),
        let close = closingBrace(bytes, brace)
      {
        found.append(Command(name: name, whole: at..<close + 1, argument: brace + 1..<close))
        at = close + 1
      } else {
        at += 2
      }
    }
    return found
  }

  /// The command whose name starts at an offset, and the offset at which its argument opens.
  private static func name(in bytes: [UInt8], at start: Int) -> (Names, brace: Int)? {
    switch bytes[start] {
    case UInt8(ascii: "t"):
      if bytes.has("tag{", at: start) { return (.tag, start + 3) }
      return bytes.has("tag*{", at: start) ? (.tag, start + 4) : nil
    case UInt8(ascii: "l"): return bytes.has("label{", at: start) ? (.label, start + 5) : nil
    case UInt8(ascii: "r"): return bytes.has("ref{", at: start) ? (.ref, start + 3) : nil
    case UInt8(ascii: "e"): return bytes.has("eqref{", at: start) ? (.eqref, start + 5) : nil
    default: return nil
    }
  }

  private static func closingBrace(_ bytes: [UInt8], _ start: Int) -> Int? {
    var depth = 0
    var at = start
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "\\"): at += 1
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}"):
        depth -= 1
        if depth == 0 { return at }
      default: break
      }
      at += 1
    }
    return nil
  }
}

import Diagnostics

/// An arithmetic expression in `graph` and in claims; each part knows its range in the article.
package indirect enum Expression: Hashable, Sendable {
  package enum Operator: String, Hashable, Sendable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case power = "^"
  }

  /// A part of `gradient[layer=1]` between the brackets: `layer=1`.
  package struct Selector: Hashable, Sendable {
    package var name: Token
    package var value: Token
  }

  case number(Double, Range<Int>)
  case name(Token, [Selector])
  case call(Token, [Expression], Range<Int>)
  case negated(Expression, Range<Int>)
  case binary(Operator, Expression, Expression)

  package var range: Range<Int> {
    switch self {
    case .number(_, let range), .call(_, _, let range), .negated(_, let range): range
    case .name(let token, let selectors):
      token.range
        .lowerBound..<max(
          token.range.upperBound, selectors.last.map { $0.value.range.upperBound + 1 } ?? 0)
    case .binary(_, let left, let right):
      left.range.lowerBound..<max(left.range.lowerBound, right.range.upperBound)
    }
  }
}

/// Parses expressions: `^` binds tightest and is right-associative, then signs, then `*` `/`, then
/// `+` `-`.
struct ExpressionReader {
  private static let deepest = 64
  /// Maximum number of atoms and operators of one expression: each may add a level to the tree.
  private static let longest = 500

  let text: ExtractedText
  let path: String
  /// The offset in ``text`` of the next byte.
  private(set) var position = 0
  private var depth = 0
  private var length = 0

  init(_ text: ExtractedText, path: String) {
    self.text = text
    self.path = path
    skipSpace()
  }

  private var bytes: [UInt8] { text.bytes }

  var isAtEnd: Bool { position >= bytes.count }

  /// Counts a part of the expression. The tree is traversed recursively, so its size is limited.
  private mutating func count() throws(Diagnostic) {
    length += 1
    guard length <= Self.longest else { throw .expressionTooLong(rest.range, path) }
  }

  mutating func skipSpace() {
    while position < bytes.count,
      bytes[position] == UInt8(ascii: " ") || bytes[position] == UInt8(ascii: "\n")
        || bytes[position] == UInt8(ascii: "\t")
    {
      position += 1
    }
  }

  /// Consumes `word` and the space after it if it comes next.
  mutating func take(_ word: String) -> Bool {
    guard bytes[position...].starts(with: word.utf8) else { return false }
    position += word.utf8.count
    skipSpace()
    return true
  }

  /// The word or the single character at the current position, for a message.
  var rest: Token {
    var end = position
    while end < bytes.count, Self.isNameByte(bytes[end]) { end += 1 }
    if end == position, end < bytes.count {
      end += 1
      while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    }
    return text.token(position..<end)
  }

  mutating func expression() throws(Diagnostic) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw .expressionTooDeep(rest.range, path) }
    var left = try product()
    while true {
      let operation: Expression.Operator
      if take("+") {
        operation = .add
      } else if bytes[position...].starts(with: "-".utf8), take("-") {
        operation = .subtract
      } else {
        return left
      }
      try count()
      left = .binary(operation, left, try product())
    }
  }

  private mutating func product() throws(Diagnostic) -> Expression {
    var left = try signed()
    while true {
      let operation: Expression.Operator
      if take("*") || take("·") || take("×") {
        operation = .multiply
      } else if take("/") {
        operation = .divide
      } else {
        return left
      }
      try count()
      left = .binary(operation, left, try signed())
    }
  }

  private mutating func signed() throws(Diagnostic) -> Expression {
    let start = position
    guard take("-") || take("−") else { return try power() }
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw .expressionTooDeep(rest.range, path) }
    let operand = try signed()
    let place = text.fileOffset(of: start)
    if case .number(let value, let range) = operand {
      return .number(-value, place..<max(place, range.upperBound))
    }
    return .negated(operand, place..<max(place, operand.range.upperBound))
  }

  private mutating func power() throws(Diagnostic) -> Expression {
    let base = try atom()
    guard take("^") else { return base }
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw .expressionTooDeep(rest.range, path) }
    return .binary(.power, base, try signed())
  }

  private mutating func atom() throws(Diagnostic) -> Expression {
    let start = position
    try count()
    if take("(") {
      let inside = try expression()
      guard take(")") else { throw .expected("`)`", found: rest, path) }
      return inside
    }
    if let number = try number() { return number }
    guard position < bytes.count, Self.isNameStart(bytes[position]) else {
      throw .expected("a number, a name or `(`", found: rest, path)
    }
    var end = position
    while end < bytes.count, Self.isNameByte(bytes[end]) { end += 1 }
    let name = text.token(position..<end)
    position = end
    if position < bytes.count, bytes[position] == UInt8(ascii: "(") {
      position += 1
      skipSpace()
      var arguments: [Expression] = []
      if !take(")") {
        repeat { arguments.append(try expression()) } while take(",")
        guard take(")") else { throw .expected("`)`", found: rest, path) }
      }
      var end = position
      while end > start, bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
      return .call(name, arguments, text.fileRange(of: start..<end))
    }
    let selectors = try selectors()
    skipSpace()
    return .name(name, selectors)
  }

  private mutating func selectors() throws(Diagnostic) -> [Expression.Selector] {
    guard position < bytes.count, bytes[position] == UInt8(ascii: "[") else { return [] }
    position += 1
    var selectors: [Expression.Selector] = []
    while true {
      let name = word(until: [UInt8(ascii: "="), UInt8(ascii: ","), UInt8(ascii: "]")])
      guard !name.text.isEmpty else { throw .expected("a variable", found: rest, path) }
      guard position < bytes.count, bytes[position] == UInt8(ascii: "=") else {
        throw .expected("`=` and a value", found: rest, path)
      }
      position += 1
      let value = word(until: [UInt8(ascii: ","), UInt8(ascii: "]")])
      guard !value.text.isEmpty else { throw .expected("a value", found: rest, path) }
      selectors.append(Expression.Selector(name: name, value: value))
      guard position < bytes.count else { throw .expected("`]`", found: rest, path) }
      position += 1
      if bytes[position - 1] == UInt8(ascii: "]") { return selectors }
    }
  }

  /// Reads a word without surrounding spaces.
  private mutating func word(until ends: [UInt8]) -> Token {
    skipSpace()
    let start = position
    while position < bytes.count, !ends.contains(bytes[position]) { position += 1 }
    var end = position
    while end > start, bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
    return text.token(start..<end)
  }

  /// Reads a number if one comes next: digits with a point and an exponent. `0.9..1.1` is two
  /// numbers.
  private mutating func number() throws(Diagnostic) -> Expression? {
    let start = position
    func isDigit(_ index: Int) -> Bool {
      index < bytes.count && (48...57).contains(bytes[index])
    }
    guard isDigit(position) || (rest.text == "." && isDigit(position + 1)) else { return nil }
    while isDigit(position) { position += 1 }
    if position < bytes.count, bytes[position] == UInt8(ascii: "."),
      !(position + 1 < bytes.count && bytes[position + 1] == UInt8(ascii: "."))
    {
      position += 1
      while isDigit(position) { position += 1 }
    }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      let hasSign =
        position + 1 < bytes.count
        && (bytes[position + 1] == UInt8(ascii: "-") || bytes[position + 1] == UInt8(ascii: "+"))
      let first = position + (hasSign ? 2 : 1)
      if isDigit(first) {
        position = first
        while isDigit(position) { position += 1 }
      }
    }
    let token = text.token(start..<position)
    guard let value = Double(token.text), value.isFinite else {
      throw .expected("a number", found: token, path)
    }
    skipSpace()
    return .number(value, token.range)
  }

  private static func isNameStart(_ byte: UInt8) -> Bool {
    (97...122).contains(byte | 0x20) || byte == UInt8(ascii: "_") || byte >= 0xC3
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    isNameStart(byte) || (48...57).contains(byte) || byte == UInt8(ascii: ".") || byte >= 0x80
  }
}

extension Diagnostic {
  static func expected(_ what: String, found: Token, _ path: String) -> Diagnostic {
    Diagnostic(
      "nn.expression", path: path, range: found.range,
      message: found.text.isEmpty
        ? "\(what) is missing at the end" : "expected \(what), found `\(found.text)`")
  }

  static func expressionTooLong(_ range: Range<Int>, _ path: String) -> Diagnostic {
    Diagnostic(
      "nn.expression", path: path, range: range, message: "the expression is too long",
      hint: "at most 500 numbers, names and operators")
  }

  static func expressionTooDeep(_ range: Range<Int>, _ path: String) -> Diagnostic {
    Diagnostic(
      "nn.expression", path: path, range: range, message: "the expression is nested too deep",
      hint: "at most 64 levels")
  }
}

import DecimalText
package import Diagnostics

/// A number in prose that is taken from a result: `` `nn moons.test.accuracy %.1f%%` ``.
///
/// The form is `nn`, then `id.metric[selectors]`, preceded by `page#` if the block is on another
/// page, and followed by a format: `%.3f`, `%.2e`, `%g`, `%d`; `%.1f%%` shows a fraction as a
/// percentage.
package struct InlineValue: Hashable, Sendable {
  /// The page that it refers to; `nil` for its own.
  package let page: Token?
  /// The id of the block.
  package let id: Token
  package let file: SourceFile
  let metric: Token
  let selectors: [Expression.Selector]
  let format: NumberFormat

  /// Whether a code span is an inline value: whether it begins with `nn` and a space.
  package static func isOne(_ code: some Sequence<UInt8>) -> Bool { code.starts(with: "nn ".utf8) }

  /// Parses a code span, `nn` included.
  ///
  /// - Throws: A diagnostic at the range of the error.
  package init(_ code: ExtractedText, in file: SourceFile) throws(Diagnostic) {
    self.file = file
    let body = code.slice(min(3, code.bytes.count)..<code.bytes.count).trimmed
    let whole = code.fileRange(of: 0..<code.bytes.count)
    func mistake(_ message: String, _ range: Range<Int>) -> Diagnostic {
      Diagnostic(
        "nn.inline", path: file.path, range: range, message: message,
        hint: "such as `nn moons.test.accuracy %.1f%%` or `nn page#id.loss[act=relu]`")
    }
    // The format is the last word, if it has a percent sign; selectors may contain spaces.
    var reference = body
    var format = NumberFormat.significant(4)
    var depth = 0
    for (index, byte) in body.bytes.enumerated() {
      if byte == UInt8(ascii: "[") { depth += 1 }
      if byte == UInt8(ascii: "]") { depth -= 1 }
      guard byte == UInt8(ascii: "%"), depth <= 0 else { continue }
      reference = body.slice(0..<index).trimmed
      let text = body.slice(index..<body.bytes.count).wholeToken
      guard let read = NumberFormat(text.text) else {
        throw mistake("`\(text.text)` is not a format of numbers", text.range)
      }
      format = read
      break
    }
    self.format = format
    var rest = reference
    if let hash = reference.bytes.firstIndex(of: UInt8(ascii: "#")) {
      page = reference.token(0..<hash)
      rest = reference.slice(hash + 1..<reference.bytes.count)
    } else {
      page = nil
    }
    guard let dot = rest.bytes.firstIndex(of: UInt8(ascii: ".")), dot > 0,
      dot + 1 < rest.bytes.count
    else { throw mistake("an inline value names a block and one of its results", whole) }
    id = rest.token(0..<dot)
    let name = rest.slice(dot + 1..<rest.bytes.count)
    var reader = ExpressionReader(name, path: file.path)
    guard case .name(let metric, let selectors) = try reader.expression(), reader.isAtEnd else {
      throw mistake("an inline value is one result, without arithmetic", name.wholeToken.range)
    }
    self.metric = metric
    self.selectors = selectors
  }
}

/// The format of a number in prose.
enum NumberFormat: Hashable, Sendable {
  case significant(Int)
  case fixed(Int)
  case scientific(Int)
  case percent(Int)

  /// Parses `%.1f`, `%.2e`, `%.3g`, `%d` and `%.1f%%`.
  init?(_ text: String) {
    var rest = text[...]
    guard rest.popFirst() == "%" else { return nil }
    var decimals: Int?
    if rest.first == "." {
      rest.removeFirst()
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      guard let count = Int(digits), count <= 12 else { return nil }
      decimals = count
      rest = rest.dropFirst(digits.count)
    }
    switch rest {
    case "f": self = .fixed(decimals ?? 6)
    case "e": self = .scientific(decimals ?? 3)
    case "g": self = .significant(max(1, decimals ?? 6))
    case "d": self = .fixed(0)
    case "f%%", "f%": self = .percent(decimals ?? 1)
    case "d%%", "d%", "%": self = .percent(0)
    default: return nil
    }
  }

  func text(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "−∞" : "∞" }
    let text: String
    switch self {
    case .significant(let digits): text = DecimalText.significant(value, digits)
    case .fixed(let decimals): text = DecimalText.fixed(value, decimals)
    case .percent(let decimals): text = DecimalText.fixed(value * 100, decimals) + "%"
    case .scientific(let decimals):
      var exponent = 0
      var mantissa = value.magnitude
      while mantissa >= 10 {
        mantissa /= 10
        exponent += 1
      }
      while mantissa > 0, mantissa < 1 {
        mantissa *= 10
        exponent -= 1
      }
      var shown = DecimalText.fixed(mantissa, decimals)
      if shown.hasPrefix("10") {
        shown = DecimalText.fixed(mantissa / 10, decimals)
        exponent += 1
      }
      text = (value < 0 ? "-" : "") + shown + "e" + (exponent < 0 ? "-" : "") + "\(abs(exponent))"
    }
    return Self.typeset(text)
  }

  /// Typesets `-1.2e-05` as −1.2×10⁻⁵.
  private static func typeset(_ text: String) -> String {
    let parts = text.split(separator: "e", maxSplits: 1)
    let mantissa = parts[0].replacing("-", with: "−")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return String(mantissa) }
    let raised: [Character: Character] = [
      "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸",
      "9": "⁹", "-": "⁻",
    ]
    return "\(mantissa)×10\(String("\(exponent)".map { raised[$0] ?? $0 }))"
  }
}

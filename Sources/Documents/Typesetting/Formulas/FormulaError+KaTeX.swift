import Diagnostics

extension FormulaError {
  /// A KaTeX error in the author's terms.
  ///
  /// - Parameters:
  ///   - message: KaTeX's message, without its prefix and its excerpt:
  ///     `Undefined control sequence: \foo`.
  ///   - range: The range of the error, in UTF-8 offsets into the formula.
  ///   - commands: Returns the commands that KaTeX knows, among which to find a near name.
  init(katex message: String, range: Range<Int>, commands: () -> [String]) {
    self.init(range: range, message: Self.lowercasingFirst(message))
    if let command = Self.rest(of: message, after: "Undefined control sequence: ") {
      self.message = "`\(command)` is not a command that formulas know"
      hint =
        nearestName(to: String(command.dropFirst()), among: commands())
        .map { "did you mean `\\\($0)`?" }
    } else if let name = Self.rest(of: message, after: "No such environment: ") {
      self.message = "there is no environment `\(name)`"
      hint =
        nearestName(to: name, among: Self.environments).map { "did you mean `\($0)`?" }
    } else if let (expected, found) = Self.expectation(message) {
      expect(expected, found)
    } else if message.hasPrefix("Unexpected end of input in a macro argument") {
      self.message = "an argument is missing, or the `}` that ends it"
    } else if message == "Double superscript" || message == "Double subscript" {
      let mark = message == "Double superscript" ? "^" : "_"
      self.message = "there are two `\(mark)` on one base"
      hint = "put braces around what belongs together: `{x\(mark)a}\(mark)b`"
    } else if message.hasPrefix("Can't use function '$' in math mode") {
      self.message = "there is a `$` within the formula"
      hint = "write `\\$` for the sign"
    } else if let command = Self.rest(of: message, after: "Expected group after ")
      ?? Self.rest(of: message, after: "Expected group as argument to ")
    {
      self.message = "there is nothing after `\(Self.unquoted(command))`"
      hint = "give it an argument in braces"
    }
  }

  private mutating func expect(_ expected: String, _ found: String) {
    switch (expected, found) {
    case ("}", "EOF"): message = "a `}` is missing"
    case ("EOF", "}"): message = "this `}` closes nothing"
    case ("EOF", "&"), ("}", "&"):
      message = "this `&` is outside an alignment"
      hint = "put it in an `aligned` environment, or write `\\&` for the sign"
    case ("\\right", _):
      message = "a `\\left` is without its `\\right`"
      hint = "end it with `\\right.` where nothing should be shown"
    case ("EOF", "\\right"): message = "this `\\right` is without its `\\left`"
    case ("EOF", "\\end"): message = "this `\\end` is without its `\\begin`"
    case ("& or \\\\ or \\cr or \\end", "EOF"): message = "an `\\end` is missing"
    case ("EOF", _): message = "`\(found)` is not allowed here"
    case (_, "EOF"): message = "the formula ends where `\(expected)` is expected"
    default: message = "`\(found)` is where `\(expected)` is expected"
    }
  }

  /// The two tokens of `Expected 'a', got 'b'`.
  private static func expectation(_ message: String) -> (String, String)? {
    if message == "Expected & or \\\\ or \\cr or \\end" { return ("an `\\end`", "this") }
    guard let rest = rest(of: message, after: "Expected '"),
      let middle = rest.firstRange(of: "', got '"), rest.hasSuffix("'")
    else { return nil }
    return (String(rest[..<middle.lowerBound]), String(rest[middle.upperBound...].dropLast()))
  }

  private static func rest(of message: String, after prefix: String) -> String? {
    message.hasPrefix(prefix) ? String(message.dropFirst(prefix.count)) : nil
  }

  private static func unquoted(_ text: String) -> String {
    text.hasPrefix("'") && text.hasSuffix("'") ? String(text.dropFirst().dropLast()) : text
  }

  /// The message with a lower-case first letter, unless it starts with an acronym.
  private static func lowercasingFirst(_ message: String) -> String {
    var message = message
    if message.hasSuffix(".") { message.removeLast() }
    let word = message.prefix { $0.isLetter }
    guard !word.isEmpty, word != word.uppercased() else { return message }
    return message.prefix(1).lowercased() + message.dropFirst()
  }

  private static let environments = [
    "align", "align*", "aligned", "alignat", "alignedat", "array", "bmatrix", "Bmatrix", "cases",
    "CD", "darray", "dcases", "drcases", "eqnarray", "eqnarray*", "equation", "equation*",
    "flalign",
    "gather", "gathered", "matrix", "multline", "pmatrix", "rcases", "smallmatrix", "split",
    "subarray", "vmatrix", "Vmatrix",
  ]
}

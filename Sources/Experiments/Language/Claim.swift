import Diagnostics

/// A statement about a block's results that a build verifies: `test.accuracy > 0.95`.
package struct Claim: Hashable, Sendable {
  package enum Comparison: String, Hashable, Sendable, CaseIterable {
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case greater = ">"

    func holds(_ a: Double, _ b: Double) -> Bool {
      switch self {
      case .less: a < b
      case .lessOrEqual: a <= b
      case .greater: a > b
      case .greaterOrEqual: a >= b
      case .equal: a == b
      case .notEqual: a != b
      }
    }
  }

  package enum Relation: Hashable, Sendable {
    case comparison(Comparison, Expression)
    case within(Expression, Expression)
    /// Close to a number, within an absolute or relative (percent) tolerance.
    case near(Expression, Expression, isRelative: Bool)
  }

  package var left: Expression
  package var relation: Relation
  /// The claim as written.
  package var text: String
  package var range: Range<Int>

  /// Reads one claim.
  ///
  /// - Throws: A diagnostic at the range of the error.
  init(_ text: ExtractedText, path: String) throws(Diagnostic) {
    var reader = ExpressionReader(text, path: path)
    self.text = text.text
    range = text.fileRange(of: 0..<text.bytes.count)
    left = try reader.expression()
    if let comparison = Comparison.allCases.first(where: { reader.take($0.rawValue) }) {
      relation = .comparison(comparison, try reader.expression())
    } else if reader.take("≤") {
      relation = .comparison(.lessOrEqual, try reader.expression())
    } else if reader.take("≥") {
      relation = .comparison(.greaterOrEqual, try reader.expression())
    } else if reader.take("≠") {
      relation = .comparison(.notEqual, try reader.expression())
    } else if reader.take("within") {
      let low = try reader.expression()
      guard reader.take("..") else {
        throw .expected("`..` and the upper end", found: reader.rest, path)
      }
      relation = .within(low, try reader.expression())
    } else if reader.take("~") || reader.take("≈") {
      let target = try reader.expression()
      guard reader.take("±") || reader.take("+-") || reader.take("+/-") else {
        throw .expected("`±` and a tolerance", found: reader.rest, path)
      }
      let tolerance = try reader.expression()
      relation = .near(target, tolerance, isRelative: reader.take("%"))
    } else {
      throw .claimWithoutRelation(reader.rest, of: self.range, path)
    }
    guard reader.isAtEnd else { throw .expected("the end of the claim", found: reader.rest, path) }
    for side in [left] + relation.expressions { try side.checkClaim(path: path) }
  }
}

extension Claim.Relation {
  var expressions: [Expression] {
    switch self {
    case .comparison(_, let right): [right]
    case .within(let low, let high): [low, high]
    case .near(let target, let tolerance, _): [target, tolerance]
    }
  }
}

extension Expression {
  /// The results that the expression refers to.
  var names: [(name: Token, selectors: [Selector])] {
    switch self {
    case .number: []
    case .name(let token, let selectors): [(token, selectors)]
    case .call(_, let arguments, _): arguments.flatMap(\.names)
    case .negated(let operand, _): operand.names
    case .binary(_, let left, let right): left.names + right.names
    }
  }

  /// Claims may contain numbers, results and `+ - * /`, nothing else.
  fileprivate func checkClaim(path: String) throws(Diagnostic) {
    switch self {
    case .number, .name: break
    case .negated(let operand, _): try operand.checkClaim(path: path)
    case .call(let name, _, _):
      throw Diagnostic(
        "nn.claim", path: path, range: name.range,
        message: "a claim cannot call `\(name.text)`",
        hint: "numbers, results and `+ - * /` of them")
    case .binary(let operation, let left, let right):
      if operation == .power {
        throw Diagnostic(
          "nn.claim", path: path, range: range, message: "a claim cannot raise to a power",
          hint: "numbers, results and `+ - * /` of them")
      }
      try left.checkClaim(path: path)
      try right.checkClaim(path: path)
    }
  }

  /// The expression's value; `lookup` gives the values of results.
  func value<Failure: Error>(
    _ lookup: (Token, [Selector]) throws(Failure) -> Double
  ) throws(Failure) -> Double {
    switch self {
    case .number(let value, _): return value
    case .name(let token, let selectors): return try lookup(token, selectors)
    case .negated(let operand, _): return -(try operand.value(lookup))
    case .call: preconditionFailure("a claim without calls was checked when it was read")
    case .binary(let operation, let left, let right):
      let a = try left.value(lookup)
      let b = try right.value(lookup)
      switch operation {
      case .add: return a + b
      case .subtract: return a - b
      case .multiply: return a * b
      case .divide: return a / b
      case .power: preconditionFailure("a claim without powers was checked when it was read")
      }
    }
  }
}

extension Diagnostic {
  static func claimWithoutRelation(
    _ found: Token, of claim: Range<Int>, _ path: String
  ) -> Diagnostic {
    Diagnostic(
      "nn.claim", path: path, range: found.text.isEmpty ? claim : found.range,
      message: found.text.isEmpty
        ? "the claim compares nothing" : "a claim cannot go on with `\(found.text)`",
      hint: "write `A < B` (or `<=`, `>`, `>=`, `==`, `!=`), `A within 0.9..1.1` or `A ~ B ± 5%`")
  }
}

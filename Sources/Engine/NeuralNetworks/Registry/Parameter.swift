/// A parameter of a registry entry: name, type, default and range.
package struct Parameter: Hashable, Sendable {
  /// The type of its argument.
  package enum ValueType: Hashable, Sendable {
    case integer
    case number
    case flag
    /// One of these words.
    case choice([String])
    /// A path or another free word.
    case text
    case numbers
    /// Another term, of this kind.
    case term(Kind)
  }

  /// The numbers that are allowed; for a list, each of its elements.
  package struct Range: Hashable, Sendable, CustomStringConvertible {
    /// The lower bound; nil for none.
    package var lower: Double?
    /// The upper bound; nil for none.
    package var upper: Double?
    /// Whether the lower bound itself is not allowed.
    package var excludesLower = false
    /// Whether the upper bound itself is not allowed.
    package var excludesUpper = false

    /// Whether a number is allowed; infinities and NaN never are.
    package func contains(_ value: Double) -> Bool {
      guard value.isFinite else { return false }
      if let lower, excludesLower ? value <= lower : value < lower { return false }
      if let upper, excludesUpper ? value >= upper : value > upper { return false }
      return true
    }

    /// `from 0 to 1`, `above 0`, `at least 1 and below 8`.
    package var description: String {
      func text(_ value: Double) -> String { Argument.number(value).description }
      if let lower, let upper, !excludesLower, !excludesUpper {
        return "from \(text(lower)) to \(text(upper))"
      }
      let below = upper.map { excludesUpper ? "below \(text($0))" : "at most \(text($0))" }
      let above = lower.map { excludesLower ? "above \(text($0))" : "at least \(text($0))" }
      return [above, below].compactMap { $0 }.joined(separator: " and ")
    }
  }

  /// The name that authors write before `=`.
  package var name: String
  /// The type of its argument.
  package var type: ValueType
  /// The default; nil for a required parameter, or where a missing argument has its own meaning.
  package var defaultValue: Argument?
  /// The allowed numbers; nil where every finite number is allowed.
  package var range: Range?
  /// The unit, such as `epochs` or `pixels`; nil for plain numbers.
  package var unit: String?
  /// A phrase, lower case, without a full stop.
  package var summary: String
  /// Whether an argument may be given without the name.
  package var isPositional: Bool
  /// Whether a term without it is an error.
  package var isRequired: Bool

  struct Problem: Error { var text: String }

  /// The value converted to this parameter's type, or why that is impossible.
  func accepting(_ value: Argument) -> Result<Argument, Problem> {
    func refuse(_ what: String) -> Result<Argument, Problem> {
      .failure(Problem(text: "`\(name)` must be \(what), not `\(value)`"))
    }
    func checked(_ argument: Argument, _ numbers: [Double]) -> Result<Argument, Problem> {
      for number in numbers {
        guard number.isFinite else { return refuse("a finite number") }
        if let range, !range.contains(number) { return refuse("\(range)") }
      }
      return .success(argument)
    }
    switch (type, value) {
    case (.integer, .integer(let number)): return checked(value, [Double(number)])
    case (.integer, .number(let number)):
      guard let whole = Int(exactly: number) else { return refuse("a whole number") }
      return checked(.integer(whole), [number])
    case (.integer, _): return refuse("a whole number")
    case (.number, .number(let number)): return checked(value, [number])
    case (.number, .integer(let number)):
      return checked(.number(Double(number)), [Double(number)])
    case (.number, _): return refuse("a number")
    case (.flag, .flag): return .success(value)
    case (.flag, _): return refuse("`true` or `false`")
    case (.choice(let words), .word(let word)) where words.contains(word): return .success(value)
    case (.choice(let words), .integer(let number)) where words.contains("\(number)"):
      return .success(.word("\(number)"))
    case (.choice(let words), _):
      return refuse("one of " + words.map { "`\($0)`" }.joined(separator: ", "))
    case (.text, .word): return .success(value)
    case (.text, .integer(let number)): return .success(.word("\(number)"))
    case (.text, _): return refuse("a word")
    case (.numbers, .numbers(let numbers)): return checked(value, numbers)
    case (.numbers, .number(let number)): return checked(.numbers([number]), [number])
    case (.numbers, .integer(let number)):
      return checked(.numbers([Double(number)]), [Double(number)])
    case (.numbers, _): return refuse("a list of numbers")
    case (.term(let kind), .term(let term)) where term.kind == kind: return .success(value)
    case (.term(let kind), _): return refuse("the name of a known \(kind.rawValue)")
    }
  }
}

// Short forms for the registry's tables.
extension Parameter {
  static func integer(
    _ name: String, _ defaultValue: Int? = nil, _ range: ClosedRange<Int>, _ summary: String,
    positional: Bool = false, required: Bool = false, unit: String? = nil
  ) -> Parameter {
    Parameter(
      name: name, type: .integer, defaultValue: defaultValue.map { .integer($0) },
      range: Range(lower: Double(range.lowerBound), upper: Double(range.upperBound)), unit: unit,
      summary: summary, isPositional: positional, isRequired: required)
  }

  static func number(
    _ name: String, _ defaultValue: Double? = nil, _ range: Range? = nil, _ summary: String,
    positional: Bool = false, required: Bool = false, unit: String? = nil
  ) -> Parameter {
    Parameter(
      name: name, type: .number, defaultValue: defaultValue.map { .number($0) }, range: range,
      unit: unit, summary: summary, isPositional: positional, isRequired: required)
  }

  static func flag(_ name: String, _ defaultValue: Bool = false, _ summary: String) -> Parameter {
    Parameter(
      name: name, type: .flag, defaultValue: .flag(defaultValue), range: nil, unit: nil,
      summary: summary, isPositional: false, isRequired: false)
  }

  static func choice(
    _ name: String, _ words: [String], _ summary: String, positional: Bool = false
  ) -> Parameter {
    Parameter(
      name: name, type: .choice(words), defaultValue: .word(words[0]), range: nil, unit: nil,
      summary: summary, isPositional: positional, isRequired: false)
  }

  static func text(
    _ name: String, _ defaultValue: String? = nil, _ summary: String, positional: Bool = false,
    required: Bool = false
  ) -> Parameter {
    Parameter(
      name: name, type: .text, defaultValue: defaultValue.map { .word($0) }, range: nil, unit: nil,
      summary: summary, isPositional: positional, isRequired: required)
  }

  static func numbers(
    _ name: String, _ defaultValue: [Double]? = nil, _ range: Range? = nil, _ summary: String,
    positional: Bool = false, required: Bool = false
  ) -> Parameter {
    Parameter(
      name: name, type: .numbers, defaultValue: defaultValue.map { .numbers($0) }, range: range,
      unit: nil, summary: summary, isPositional: positional, isRequired: required)
  }

  static func initializer(_ name: String = "init", _ summary: String) -> Parameter {
    Parameter(
      name: name, type: .term(.initializer), defaultValue: nil, range: nil, unit: nil,
      summary: summary, isPositional: false, isRequired: false)
  }
}

extension Parameter.Range {
  static func from(_ lower: Double, to upper: Double) -> Self { .init(lower: lower, upper: upper) }
  static func above(_ lower: Double) -> Self { .init(lower: lower, excludesLower: true) }
  static func atLeast(_ lower: Double) -> Self { .init(lower: lower) }
  /// lower ≤ value < upper.
  static func from(_ lower: Double, below upper: Double) -> Self {
    .init(lower: lower, upper: upper, excludesUpper: true)
  }
}

/// What a name of the registry is a name of.
package enum Kind: String, Hashable, Sendable, CaseIterable {
  case activation, initializer, layer, loss, optimizer, schedule, dataset, pretraining, stopping
}

/// One name that the engine knows: what it computes, and what may be said about it.
package struct RegistryEntry: Hashable, Sendable {
  package var kind: Kind
  package var name: String
  package var aliases: [String]
  /// One sentence, lower case at the start, without a full stop.
  package var summary: String
  /// TeX; empty where there is nothing to write as one formula.
  package var formula: String
  /// TeX of the derivative, for activations and losses.
  package var derivative: String?
  /// TeX of the set of values, for activations.
  package var range: String?
  package var parameters: [Parameter]

  init(
    _ kind: Kind, _ name: String, aliases: [String] = [], _ summary: String, formula: String = "",
    derivative: String? = nil, range: String? = nil, _ parameters: [Parameter] = []
  ) {
    self.kind = kind
    self.name = name
    self.aliases = aliases
    self.summary = summary
    self.formula = formula
    self.derivative = derivative
    self.range = range
    self.parameters = parameters
  }

  package func parameter(_ name: String) -> Parameter? { parameters.first { $0.name == name } }

  /// The parameters that take positional arguments, in order.
  package var positionalParameters: [Parameter] { parameters.filter { $0.isPositional } }

  /// A term of this entry with its defaults filled in.
  ///
  /// - Throws: `EngineError.argument` for a name that is no parameter, a value of the wrong type
  ///   or out of its range, and a required argument that is missing.
  package func term(_ given: [String: Argument] = [:]) throws(EngineError) -> Term {
    for name in given.keys.sorted() where parameter(name) == nil {
      throw .argument(
        entry: self.name, parameter: name,
        problem: parameters.isEmpty
          ? "`\(self.name)` takes no arguments"
          : "`\(self.name)` has no argument `\(name)`, only "
            + parameters.map { "`\($0.name)`" }.joined(separator: ", "))
    }
    var arguments: [Term.Named] = []
    for parameter in parameters {
      guard let value = given[parameter.name] ?? parameter.defaultValue else {
        if parameter.isRequired {
          throw .argument(
            entry: name, parameter: parameter.name,
            problem: "`\(name)` needs `\(parameter.name)`: \(parameter.summary)")
        }
        continue
      }
      switch parameter.accepting(value) {
      case .success(let value): arguments.append(.init(parameter.name, value))
      case .failure(let problem):
        throw .argument(entry: name, parameter: parameter.name, problem: problem.text)
      }
    }
    return Term(kind: kind, name: name, arguments: arguments)
  }
}

/// One argument that an entry takes.
package struct Parameter: Hashable, Sendable {
  package enum ValueType: Hashable, Sendable {
    case integer
    case number
    case flag
    /// One of these words.
    case choice([String])
    /// A path or another word of the author's.
    case text
    case numbers
    /// Another term, of this kind.
    case term(Kind)
  }

  /// What numbers may be given; for a list, each of them.
  package struct Range: Hashable, Sendable, CustomStringConvertible {
    package var lower: Double?
    package var upper: Double?
    package var excludesLower = false
    package var excludesUpper = false

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

  package var name: String
  package var type: ValueType
  package var defaultValue: Argument?
  package var range: Range?
  package var unit: String?
  package var summary: String
  package var isPositional: Bool
  package var isRequired: Bool

  struct Problem: Error { var text: String }

  /// The value as this parameter's type, or why it cannot be.
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

// The registry's own short forms.
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

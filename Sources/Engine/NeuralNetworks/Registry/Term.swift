/// One argument of a term, already of the type its parameter asks for.
package indirect enum Argument: Hashable, Sendable {
  case integer(Int)
  case number(Double)
  case flag(Bool)
  case word(String)
  case numbers([Double])
  case term(Term)
}

/// A name of the registry with its arguments, defaults filled in: `leaky_relu slope=0.1`.
package struct Term: Hashable, Sendable {
  package struct Named: Hashable, Sendable {
    package var name: String
    package var value: Argument

    package init(_ name: String, _ value: Argument) {
      self.name = name
      self.value = value
    }
  }

  package var kind: Kind
  package var name: String
  /// In the order of the entry's parameters; an optional parameter that was not given is absent.
  package var arguments: [Named]

  /// A term that nobody checks: `RegistryEntry.term(_:)` fills defaults and refuses what does not fit.
  package init(kind: Kind, name: String, arguments: [Named]) {
    self.kind = kind
    self.name = name
    self.arguments = arguments
  }

  package subscript(name: String) -> Argument? {
    for argument in arguments where argument.name == name { return argument.value }
    return nil
  }

  func number(_ name: String) -> Double? {
    switch self[name] {
    case .number(let value): value
    case .integer(let value): Double(value)
    case .flag(let value): value ? 1 : 0
    default: nil
    }
  }

  func integer(_ name: String) -> Int? {
    switch self[name] {
    case .integer(let value): value
    case .number(let value): Int(exactly: value)
    default: nil
    }
  }

  func flag(_ name: String) -> Bool {
    switch self[name] {
    case .flag(let value): value
    case .integer(let value): value != 0
    case .number(let value): value != 0
    default: false
    }
  }

  func word(_ name: String) -> String? {
    if case .word(let value)? = self[name] { return value }
    return nil
  }

  func numbers(_ name: String) -> [Double]? {
    switch self[name] {
    case .numbers(let values): values
    case .number(let value): [value]
    case .integer(let value): [Double(value)]
    default: nil
    }
  }

  func term(_ name: String) -> Term? {
    if case .term(let value)? = self[name] { return value }
    return nil
  }
}

extension Term: CustomStringConvertible {
  /// As an author would write it, with every argument spelled out: `sgd rate=0.1 momentum=0.9`.
  package var description: String {
    arguments.reduce(into: name) { text, argument in
      text += " \(argument.name)=\(argument.value)"
    }
  }
}

extension Argument: CustomStringConvertible {
  package var description: String {
    switch self {
    case .integer(let value): return "\(value)"
    case .number(let value):
      let text = value.description
      return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    case .flag(let value): return value ? "true" : "false"
    case .word(let value): return value
    case .numbers(let values):
      return "[" + values.map { Argument.number($0).description }.joined(separator: ", ") + "]"
    case .term(let value): return value.description
    }
  }
}

/// A name of the registry with its arguments, defaults included: `leaky_relu slope=0.1`.
package struct Term: Hashable, Sendable {
  /// An argument and the name of its parameter.
  package struct Named: Hashable, Sendable {
    /// The name of the parameter.
    package var name: String
    /// The argument, converted to the type of the parameter.
    package var value: Argument

    /// A parameter's argument.
    package init(_ name: String, _ value: Argument) {
      self.name = name
      self.value = value
    }
  }

  /// The kind of the entry.
  package var kind: Kind
  /// The entry's name; an alias is replaced by it.
  package var name: String
  /// The arguments in the order of the entry's parameters; an optional parameter without an
  /// argument is absent.
  package var arguments: [Named]

  /// An unchecked term; `RegistryEntry.term(_:)` fills in defaults and checks arguments.
  package init(kind: Kind, name: String, arguments: [Named]) {
    self.kind = kind
    self.name = name
    self.arguments = arguments
  }

  /// The argument of a parameter; nil where there is none.
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

/// The kinds of terms.
package enum Kind: String, Hashable, Sendable, CaseIterable {
  case activation, initializer, layer, loss, optimizer, schedule, dataset, pretraining, stopping
}

/// A name that the engine knows: what it computes and which parameters it has.
package struct RegistryEntry: Hashable, Sendable {
  /// The kind of the entry.
  package var kind: Kind
  /// The name in results and reference tables.
  package var name: String
  /// Other names that authors may write.
  package var aliases: [String]
  /// One sentence, lower case at the start, without a full stop.
  package var summary: String
  /// The formula in TeX; empty where no single formula defines the entry.
  package var formula: String
  /// The derivative in TeX, for activations and losses.
  package var derivative: String?
  /// The set of values in TeX, for activations.
  package var range: String?
  /// Its parameters, in the order of positional arguments.
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

  /// The parameter with this name; nil where there is none.
  package func parameter(_ name: String) -> Parameter? { parameters.first { $0.name == name } }

  /// The parameters that take positional arguments, in order.
  package var positionalParameters: [Parameter] { parameters.filter { $0.isPositional } }

  /// A term of this entry with the given arguments, and defaults for the others.
  ///
  /// - Throws: `EngineError.argument` for an unknown parameter, a value of the wrong type or out of
  ///   its range, or a missing required argument.
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

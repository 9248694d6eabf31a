import Diagnostics
import PositionedYAML
import NeuralNetworks

extension Diagnostic {
  static func notAKey(_ node: BlockNode, _ path: String) -> Diagnostic {
    Diagnostic(
      "nn.key", path: path, range: node.range,
      message: "\(node.kindInWords) cannot be a key", hint: "a key is one word, such as `data`")
  }

  /// An optimizer's argument with a name: `sgd rate=…` for `rate`.
  private static func optimizerArgument(_ name: String) -> String? {
    let name = name == "learning_rate" || name == "lr" ? "rate" : name
    let entries = Registry.entries(of: .optimizer)
    guard let entry = entries.first(where: { $0.parameters.contains { $0.name == name } }) else {
      return nil
    }
    return "\(entry.name) \(name)=…"
  }

  static func unknownOption(_ key: Token, _ verb: Verb, _ path: String) -> Diagnostic {
    let others = BlockOption.verbs(knowing: key.text)
    if Verb(rawValue: key.text) != nil {
      return Diagnostic(
        "nn.unknown-option", path: path, range: key.range,
        message: "`\(key.text)` is a verb, and the block already has one: `\(verb.rawValue)`",
        hint: "write a block of its own")
    }
    if let argument = optimizerArgument(key.text),
      BlockOption.names(for: verb).contains("optimizer")
    {
      return Diagnostic(
        "nn.unknown-option", path: path, range: key.range,
        message: "`\(verb.rawValue)` has no option `\(key.text)`",
        hint: "it is an argument of the optimizer, as in `optimizer: \(argument)`")
    }
    if !others.isEmpty {
      let names = others.map { "`\($0.rawValue)`" }.joined(separator: ", ")
      return Diagnostic(
        "nn.unknown-option", path: path, range: key.range,
        message: "`\(verb.rawValue)` has no option `\(key.text)`",
        hint: "it belongs to \(names)")
    }
    return Diagnostic(
      "nn.unknown-option", path: path, range: key.range,
      message: "`\(verb.rawValue)` has no option `\(key.text)`",
      hint: nameHint(for: key.text, among: BlockOption.names(for: verb)) ?? optionList(verb))
  }

  private static func optionList(_ verb: Verb) -> String {
    "one of " + BlockOption.names(for: verb).map { "`\($0)`" }.joined(separator: ", ")
  }

  static func duplicateOption(_ key: Token, former: Range<Int>, _ path: String) -> Diagnostic {
    Diagnostic(
      "nn.duplicate-key", path: path, range: key.range,
      message: "the block has `\(key.text)` twice", hint: "keep one of them",
      notes: [Note("it was given here", path: path, range: former)])
  }

  static func missingValue(of key: Token, _ path: String) -> Diagnostic {
    Diagnostic(
      "nn.missing-value", path: path, range: key.range, message: "`\(key.text)` has no value",
      hint: "write it after the colon, or leave the key out")
  }

  static func wrongType(
    of name: String, _ node: BlockNode, wanted: String, _ path: String
  ) -> Diagnostic {
    Diagnostic(
      "nn.type", path: path, range: node.range,
      message: "`\(name)` takes \(wanted), not \(node.kindInWords)")
  }

  static func notANumber(_ name: String, _ token: Token, _ path: String) -> Diagnostic {
    Diagnostic(
      "nn.type", path: path, range: token.range,
      message: "`\(name)` must be a number, not `\(token.text)`",
      hint: "such as `0.1` or `1e-3`")
  }

  static func notAWholeNumber(_ name: String, _ token: Token, _ path: String) -> Diagnostic {
    Diagnostic(
      "nn.type", path: path, range: token.range,
      message: "`\(name)` must be a whole number, not `\(token.text)`")
  }

  static func outOfRange(
    _ name: String, _ token: Token, _ bounds: BlockOption.Bounds, unit: String?, _ path: String
  ) -> Diagnostic {
    Diagnostic(
      "nn.range", path: path, range: token.range,
      message: "`\(name)` must be \(bounds.words)\(unit.map { " " + $0 } ?? ""),"
        + " not \(token.text)")
  }

  static func notOneOf(
    _ name: String, _ token: Token, _ words: [String], _ path: String
  ) -> Diagnostic {
    let near = nearestName(to: token.text, among: words)
    let list = words.map { "`\($0)`" }.joined(separator: ", ")
    return Diagnostic(
      "nn.unknown-word", path: path, range: token.range,
      message: "`\(name)` cannot be `\(token.text)`",
      hint: near.map { "did you mean `\($0)`?" } ?? "one of \(list)")
  }

  static func notARange(_ name: String, _ token: Token, _ path: String) -> Diagnostic {
    Diagnostic(
      "nn.type", path: path, range: token.range,
      message: "`\(name)` must be an interval, not `\(token.text)`",
      hint: "two numbers, the smaller first: `-6..6`")
  }
}

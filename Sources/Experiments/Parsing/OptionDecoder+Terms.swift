import Diagnostics
import NeuralNetworks

extension BlockOption.TermKind {
  var kind: Kind {
    switch self {
    case .dataset: .dataset
    case .initializer: .initializer
    case .loss: .loss
    case .optimizer: .optimizer
    case .schedule: .schedule
    case .pretraining: .pretraining
    case .stopping: .stopping
    }
  }
}

extension Kind {
  /// The kind's name in a message.
  var words: String {
    switch self {
    case .dataset: "data set"
    case .pretraining: "pretraining method"
    case .stopping: "stopping rule"
    default: rawValue
    }
  }
}

extension OptionDecoder {
  /// An option's term, with its defaults; `nil` if it is missing or has an error.
  mutating func term(_ name: String, _ kind: Kind) -> Term? {
    guard let node = node(name) else { return nil }
    guard let text = node.scalar?.trimmed else {
      report(.wrongType(of: name, node, wanted: "one \(kind.words)", path))
      return nil
    }
    // `stop: patience=10` is accepted as well as `stop: patience 10`.
    let separators: [UInt8] =
      kind == .stopping ? [UInt8(ascii: " "), UInt8(ascii: "=")] : [UInt8(ascii: " ")]
    guard let syntax = TermSyntax(text, separators: separators) else { return nil }
    return term(syntax, [kind])
  }

  /// A term whose name belongs to one of the kinds; the first kind that has it wins, unless only
  /// another one takes the given arguments.
  mutating func term(_ syntax: TermSyntax, _ kinds: [Kind]) -> Term? {
    let name = syntax.name.text
    let keys = syntax.arguments.compactMap { $0.key?.text }
    let all = kinds.compactMap { Registry.entry($0, name) }
    let knowing = all.filter { entry in keys.allSatisfy { entry.parameter($0) != nil } }
    let entries = knowing.isEmpty ? all : knowing
    let hasPositional = syntax.arguments.contains { $0.key == nil }
    let fitting = entries.first { !hasPositional || !$0.positionalParameters.isEmpty }
    let required = fitting?.parameters.contains { $0.isRequired } ?? false
    let entry =
      !hasPositional && required && entries.count > 1 ? entries.last : fitting ?? entries.first
    guard let entry else {
      report(.unknownName(syntax.name, kinds, path))
      return nil
    }
    let count = diagnostics.count
    let arguments = arguments(of: entry, syntax)
    guard diagnostics.count == count else { return nil }
    do {
      return try entry.term(arguments)
    } catch {
      report(.engine(error, at: syntax.range, places, path))
      return nil
    }
  }

  private mutating func arguments(of entry: RegistryEntry, _ syntax: TermSyntax) -> [String:
    Argument]
  {
    var arguments: [String: Argument] = [:]
    if entry.kind == .dataset || entry.kind == .pretraining {
      for argument in syntax.arguments {
        self.places.files[argument.token.text] = argument.token.range
      }
    }
    var places: [String: Range<Int>] = [:]
    var positional = entry.positionalParameters[...]
    for argument in syntax.arguments {
      let parameter: Parameter
      if let key = argument.key {
        guard let known = entry.parameter(key.text) else {
          report(.unknownArgument(key, of: entry, path))
          continue
        }
        parameter = known
      } else {
        guard let next = positional.first else {
          report(.tooManyArguments(argument.token, of: entry, path))
          continue
        }
        parameter = next
        // `reshape 1 8 8`: consecutive numbers without brackets are a list.
        let isOpen = next.type == .numbers && Self.number(argument.token.text) != nil
        if isOpen, case .numbers(let former)? = arguments[next.name],
          let number = Self.number(argument.token.text)
        {
          arguments[next.name] = .numbers(former + [number])
          continue
        }
        if !isOpen { positional.removeFirst() }
      }
      if let former = places[parameter.name] {
        report(.duplicateArgument(parameter.name, argument.range, former: former, path))
        continue
      }
      places[parameter.name] = argument.range
      guard !argument.value.bytes.isEmpty else {
        report(.missingValue(of: argument.key ?? argument.token, path))
        continue
      }
      guard let value = value(argument.value, of: parameter) else { continue }
      if let problem = Self.problem(with: value, of: parameter, in: entry) {
        report(
          Diagnostic(
            "nn.argument", path: path, range: argument.token.range, message: problem,
            hint: Self.hint(for: argument.token, of: parameter)))
        continue
      }
      arguments[parameter.name] = value
    }
    return arguments
  }

  /// Why the engine rejects a value by itself; `nil` if it accepts the value.
  private static func problem(
    with value: Argument, of parameter: Parameter, in entry: RegistryEntry
  ) -> String? {
    do {
      _ = try entry.term([parameter.name: value])
      return nil
    } catch {
      guard case .argument(_, parameter.name, let problem) = error else { return nil }
      return problem
    }
  }

  private static func hint(for token: Token, of parameter: Parameter) -> String? {
    switch parameter.type {
    case .choice(let words):
      nearestName(to: token.text, among: words).map { "did you mean `\($0)`?" }
    case .integer, .number:
      "\(parameter.name): \(parameter.summary)"
        + (parameter.defaultValue.map { ", by default \($0)" } ?? "")
    case .numbers: "write `\(parameter.name)=[1, 2, 3]`"
    default: nil
    }
  }

  private mutating func value(_ text: ExtractedText, of parameter: Parameter) -> Argument? {
    let word = text.text
    switch parameter.type {
    case .term(let kind):
      // `normal(std=0.1)`: the name, then its arguments, as in a term of its own.
      guard let open = text.bytes.firstIndex(of: UInt8(ascii: "(")),
        text.bytes.last == UInt8(ascii: ")")
      else {
        guard let syntax = TermSyntax(text) else { return nil }
        return term(syntax, [kind]).map { .term($0) }
      }
      var spaced = text.slice(0..<open)
      spaced.append(CollectionOfOne(UInt8(ascii: " ")), at: text.fileOffset(of: open))
      let inside = text.slice(open + 1..<text.bytes.count - 1)
      for (index, byte) in inside.bytes.enumerated() {
        let isComma = byte == UInt8(ascii: ",")
        spaced.append(
          CollectionOfOne(isComma ? UInt8(ascii: " ") : byte), at: inside.fileOffset(of: index))
      }
      guard let syntax = TermSyntax(spaced) else { return nil }
      return term(syntax, [kind]).map { .term($0) }
    case .text, .choice: return .word(word)
    case .flag:
      return word == "true" ? .flag(true) : word == "false" ? .flag(false) : .word(word)
    case .numbers:
      var inside = word[...]
      if inside.hasPrefix("["), inside.hasSuffix("]") { inside = inside.dropFirst().dropLast() }
      var numbers: [Double] = []
      // Sizes may be written with a cross: `1x8x8`.
      for part in inside.split(whereSeparator: { ", x×".contains($0) }) {
        guard let number = Self.number(String(part)) else { return .word(word) }
        numbers.append(number)
      }
      return numbers.isEmpty ? .word(word) : .numbers(numbers)
    case .integer, .number:
      guard let number = Self.number(word) else { return .word(word) }
      if let whole = Int(exactly: number), !word.contains(".") { return .integer(whole) }
      return .number(number)
    }
  }
}

extension Diagnostic {
  static func unknownName(_ name: Token, _ kinds: [Kind], _ path: String) -> Diagnostic {
    let names = kinds.flatMap { Registry.names(of: $0) }
    let others = Kind.allCases.filter {
      !kinds.contains($0) && Registry.entry($0, name.text) != nil
    }
    let what = kinds.map(\.words).joined(separator: " or ")
    let hint: String?
    if let near = nearestName(to: name.text, among: names) {
      hint = "did you mean `\(near)`?"
    } else if let other = others.first {
      hint = "`\(name.text)` is \(other.wordsWithArticle)"
    } else {
      hint =
        nameHint(
          for: name.text, among: kinds.flatMap { Registry.entries(of: $0).map(\.name) })
        ?? "`list: \(kinds[0].listWord)` shows them all"
    }
    return Diagnostic(
      "nn.unknown-name", path: path, range: name.range,
      message: "no \(what) is named `\(name.text)`", hint: hint)
  }

  static func unknownArgument(_ key: Token, of entry: RegistryEntry, _ path: String) -> Diagnostic {
    let names = entry.parameters.map(\.name)
    return Diagnostic(
      "nn.unknown-argument", path: path, range: key.range,
      message: names.isEmpty
        ? "`\(entry.name)` takes no arguments"
        : "`\(entry.name)` has no argument `\(key.text)`",
      hint: names.isEmpty ? "leave `\(key.text)` out" : nameHint(for: key.text, among: names))
  }

  static func tooManyArguments(_ token: Token, of entry: RegistryEntry, _ path: String)
    -> Diagnostic
  {
    let names = entry.positionalParameters.map { "`\($0.name)`" }
    let takes =
      entry.parameters.isEmpty
      ? "takes no arguments"
      : names.isEmpty
        ? "takes its arguments by name"
        : "takes only \(names.joined(separator: ", ")) without a name"
    let keys = entry.parameters.map(\.name)
    return Diagnostic(
      "nn.too-many-arguments", path: path, range: token.range,
      message: "`\(entry.name)` \(takes); `\(token.text)` is one too many",
      hint: keys.isEmpty
        ? "leave `\(token.text)` out; layers are separated by commas"
        : "its arguments are " + keys.map { "`\($0)=`" }.joined(separator: ", "))
  }

  static func duplicateArgument(
    _ name: String, _ range: Range<Int>, former: Range<Int>, _ path: String
  ) -> Diagnostic {
    Diagnostic(
      "nn.duplicate-argument", path: path, range: range, message: "`\(name)` is given twice",
      hint: "keep one of them", notes: [Note("it was given here", path: path, range: former)])
  }
}

extension Kind {
  var wordsWithArticle: String {
    (["a", "e", "i", "o", "u"].contains(words.first) ? "an " : "a ") + words
  }

  /// The word by which the verb `list` names the table of all entries of this kind.
  var listWord: String {
    switch self {
    case .activation: "activations"
    case .initializer: "initializers"
    case .layer: "layers"
    case .loss: "losses"
    case .optimizer: "optimizers"
    case .schedule: "schedules"
    case .dataset: "data"
    case .pretraining: "pretraining"
    case .stopping: "stopping"
    }
  }
}

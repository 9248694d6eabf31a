import Diagnostics
import PositionedYAML
import NeuralNetworks

/// Decodes the options of one block and collects its diagnostics.
struct OptionDecoder {
  let verb: Verb
  let file: SourceFile
  private(set) var diagnostics: [Diagnostic] = []
  /// The options by name, each with its key and value.
  private var members: [String: BlockNode.Member] = [:]
  var places: SourceRanges

  init(verb: Verb, verbRange: Range<Int>, file: SourceFile) {
    self.verb = verb
    self.file = file
    places = SourceRanges(verb: verbRange)
  }

  var path: String { file.path }

  mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  /// Stores the keys that follow the verb, and reports those that the verb does not have.
  mutating func takeOptions(_ members: some Sequence<BlockNode.Member>) {
    for member in members {
      guard let key = member.key.scalar?.trimmed.wholeToken, !key.text.isEmpty else {
        report(.notAKey(member.key, path))
        continue
      }
      let name = Self.spelling(key.text)
      guard BlockOption.named(name, for: verb) != nil else {
        report(.unknownOption(key, verb, path))
        continue
      }
      if let former = self.members[name] {
        report(.duplicateOption(key, former: former.key.range, path))
        continue
      }
      places.options[name] = member.value.isEmpty ? member.key.range : member.value.range
      if member.value.isEmpty {
        report(.missingValue(of: key, path))
        continue
      }
      self.members[name] = member
    }
  }

  /// The name of an option that has a second spelling.
  static func spelling(_ key: String) -> String {
    key == "standardise" ? "standardize" : key == "learning_rate" ? "rate" : key
  }

  func node(_ name: String) -> BlockNode? { members[name]?.value }

  func isGiven(_ name: String) -> Bool { members[name] != nil }

  private func option(_ name: String) -> BlockOption {
    guard let option = BlockOption.named(name, for: verb) else {
      preconditionFailure("`\(verb.rawValue)` has no option `\(name)`")
    }
    return option
  }

  // MARK: Plain values

  /// A scalar option's text; a list or a mapping is reported as an error.
  mutating func text(_ name: String) -> ExtractedText? {
    guard let node = node(name) else { return nil }
    guard let text = node.scalar?.trimmed else {
      report(.wrongType(of: name, node, wanted: "one value", path))
      return nil
    }
    return text
  }

  /// A number, or the option's default.
  mutating func number(_ name: String) -> Double? {
    let option = option(name)
    let given = text(name)
    guard let given else {
      return node(name) == nil ? option.defaultText.flatMap(Double.init) : nil
    }
    guard let value = Self.number(given.text) else {
      report(.notANumber(name, given.wholeToken, path))
      return nil
    }
    if let bounds = option.bounds, !bounds.contains(value) {
      report(.outOfRange(name, given.wholeToken, bounds, unit: option.unit, path))
      return nil
    }
    return value
  }

  mutating func integer(_ name: String) -> Int? {
    let option = option(name)
    let given = text(name)
    guard let given else { return node(name) == nil ? option.defaultText.flatMap(Int.init) : nil }
    guard let value = Self.number(given.text), let whole = Int(exactly: value) else {
      report(.notAWholeNumber(name, given.wholeToken, path))
      return nil
    }
    if let bounds = option.bounds, !bounds.contains(value) {
      report(.outOfRange(name, given.wholeToken, bounds, unit: option.unit, path))
      return nil
    }
    return whole
  }

  mutating func flag(_ name: String) -> Bool {
    let option = option(name)
    guard let given = text(name) else { return option.defaultText == "true" }
    switch given.text {
    case "true": return true
    case "false": return false
    default:
      report(.notOneOf(name, given.wholeToken, ["true", "false"], path))
      return false
    }
  }

  /// One of the option's allowed words, or its default.
  mutating func word(_ name: String) -> String? {
    let option = option(name)
    guard case .word(let words) = option.type else {
      preconditionFailure("`\(name)` is no choice of words")
    }
    guard let given = text(name) else { return option.defaultText }
    guard words.contains(given.text) else {
      report(.notOneOf(name, given.wholeToken, words, path))
      return nil
    }
    return given.text
  }

  /// One value, or a list of scalars.
  mutating func list(_ name: String) -> [ExtractedText] {
    guard let node = node(name) else { return [] }
    switch node.content {
    case .scalar(let text): return [text.trimmed]
    case .list(let items):
      var texts: [ExtractedText] = []
      for item in items {
        if let text = item.scalar?.trimmed, !text.bytes.isEmpty {
          texts.append(text)
        } else {
          report(.wrongType(of: name, item, wanted: "a list of words", path))
        }
      }
      if items.isEmpty { report(.wrongType(of: name, node, wanted: "at least one word", path)) }
      return texts
    case .mapping:
      report(.wrongType(of: name, node, wanted: "one value or a list", path))
      return []
    }
  }

  mutating func show() -> [Show] {
    let allowed = Show.words(for: verb)
    guard !allowed.isEmpty else { return [] }
    var shown: [Show] = []
    for text in list("show") {
      let token = text.wholeToken
      if let show = Show(rawValue: token.text), allowed.contains(show) {
        if !shown.contains(show) { shown.append(show) }
        places.show[show] = token.range
      } else {
        report(.notOneOf("show", token, allowed.map(\.rawValue), path))
      }
    }
    return shown
  }

  /// An interval, written `-6..6`.
  mutating func range(_ name: String) -> ClosedRange<Double>? {
    guard let given = text(name) ?? nil else {
      guard node(name) == nil, let text = option(name).defaultText else { return nil }
      return Self.range(text)
    }
    guard let range = Self.range(given.text) else {
      report(.notARange(name, given.wholeToken, path))
      return nil
    }
    return range
  }

  private static func range(_ text: String) -> ClosedRange<Double>? {
    guard let dots = text.firstRange(of: "..") else { return nil }
    func trimmed(_ part: Substring) -> String { part.split(separator: " ").joined() }
    guard let low = number(trimmed(text[..<dots.lowerBound])),
      let high = number(trimmed(text[dots.upperBound...])), low < high, high - low < 1e12
    else { return nil }
    return low...high
  }

  /// Parses a plain decimal number: no hexadecimal, no `inf`, no digits grouped by `_`.
  static func number(_ text: String) -> Double? {
    let text = text.replacing("−", with: "-")
    let isPlain = text.utf8.allSatisfy {
      (48...57).contains($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
        || $0 == UInt8(ascii: "+") || $0 | 0x20 == UInt8(ascii: "e")
    }
    guard isPlain, text.utf8.count <= 40, let first = text.utf8.first, first | 0x20 != 0x65,
      let value = Double(text), value.isFinite
    else { return nil }
    return value
  }
}

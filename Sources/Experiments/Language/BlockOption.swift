import DecimalText
import Markup

/// An option of a block: a key after the verb. Options of several verbs are shared.
package struct BlockOption: Hashable, Sendable {
  package enum ValueType: Hashable, Sendable {
    case integer, number, flag
    /// One of these words.
    case word([String])
    /// One or several of the verb's words for `show`.
    case show
    /// A term of one of the engine's kinds.
    case term(TermKind)
    case text
    /// `-6..6`.
    case range
    /// `1x28x28`, or one number.
    case shape
    /// Names with numbers.
    case numbers
    case names
    /// Names with lists of values.
    case variables
    case claims
  }

  /// The registry's kinds of terms that an option may take.
  package enum TermKind: String, Hashable, Sendable {
    case dataset, initializer, loss, optimizer, schedule, pretraining, stopping
  }

  /// The range of allowed numbers.
  package struct Bounds: Hashable, Sendable {
    var lower: Double?
    var upper: Double?
    var excludesLower = false
    var excludesUpper = false

    func contains(_ value: Double) -> Bool {
      guard value.isFinite else { return false }
      if let lower, excludesLower ? value <= lower : value < lower { return false }
      if let upper, excludesUpper ? value >= upper : value > upper { return false }
      return true
    }
  }

  /// The section of the reference that lists an option.
  enum Group: Hashable, Sendable, CaseIterable {
    /// Options of the verb's subject.
    case subject
    case training
    /// Several runs in one block.
    case runs
    case display
  }

  let group: Group
  package let name: String
  package let type: ValueType
  package let bounds: Bounds?
  /// The default as an author would write it; `nil` if there is none.
  package let defaultText: String?
  package let unit: String?
  package let summary: String
  /// Whether the option affects only the display, so that a change of it reruns nothing.
  package let isDisplay: Bool

  init(
    _ group: Group, _ name: String, _ type: ValueType, _ bounds: Bounds?,
    default defaultText: String? = nil, unit: String? = nil, isDisplay: Bool = false,
    _ summary: String
  ) {
    self.group = group
    self.name = name
    self.type = type
    self.bounds = bounds
    self.defaultText = defaultText
    self.unit = unit
    self.isDisplay = isDisplay
    self.summary = summary
  }

  init(
    _ group: Group, _ name: String, _ type: ValueType, default defaultText: String? = nil,
    unit: String? = nil, isDisplay: Bool = false, _ summary: String
  ) {
    self.init(
      group, name, type, nil, default: defaultText, unit: unit, isDisplay: isDisplay, summary)
  }
}

extension BlockOption.Bounds {
  static func from(_ lower: Double, to upper: Double) -> Self { .init(lower: lower, upper: upper) }
  static func from(_ lower: Double, below upper: Double) -> Self {
    .init(lower: lower, upper: upper, excludesUpper: true)
  }
  static func above(_ lower: Double) -> Self { .init(lower: lower, excludesLower: true) }
  static func atLeast(_ lower: Double) -> Self { .init(lower: lower) }

  /// The bounds as text: `from 1 to 10`, `above 0`.
  var words: String {
    func text(_ value: Double) -> String {
      value.magnitude < 1e15 && value == value.rounded() ? "\(Int(clamped: value))" : "\(value)"
    }
    if let lower, let upper, !excludesLower, !excludesUpper {
      return "from \(text(lower)) to \(text(upper))"
    }
    let above = lower.map { excludesLower ? "above \(text($0))" : "at least \(text($0))" }
    let below = upper.map { excludesUpper ? "below \(text($0))" : "at most \(text($0))" }
    return [above, below].compactMap(\.self).joined(separator: " and ")
  }
}

import DecimalText
import Markup

/// A key that may follow a block's verb, as one verb or several have it.
package struct BlockOption: Hashable, Sendable {
  package enum ValueType: Hashable, Sendable {
    case integer, number, flag
    /// One of these words.
    case word([String])
    /// One or several of the words that the verb knows.
    case show
    /// A term of one of the engine's kinds.
    case term(TermKind)
    case text
    /// `-6..6`.
    case range
    /// `1x28x28`, or one number.
    case shape
    /// Names and their numbers.
    case numbers
    case names
    /// Names and their values.
    case variables
    case claims
  }

  /// The engine's kinds that an option may ask for.
  package enum TermKind: String, Hashable, Sendable {
    case dataset, initializer, loss, optimizer, schedule, pretraining, stopping
  }

  /// What numbers may be given.
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

  /// The part of the reference that an option is in.
  enum Group: Hashable, Sendable, CaseIterable {
    /// What the verb's subject is computed or drawn of.
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
  /// As an author would write it; `nil` where there is none.
  package let defaultText: String?
  package let unit: String?
  package let summary: String
  /// Whether only the looks depend on it, so that nothing is run when it changes.
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

  /// `from 1 to 10`, `above 0`.
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

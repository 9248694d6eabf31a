import NeuralNetworks

/// Something that `show` can name. Each verb declares its words in its folder.
package struct Show: RawRepresentable, Hashable, Sendable {
  /// The word.
  package let rawValue: String
  package let summary: String
  /// What the engine must record for it.
  let recordings: TrainingSpec.Recordings

  /// Whether it shows what several runs end with, side by side.
  let comparesRuns: Bool

  init(
    _ name: String, recording recordings: TrainingSpec.Recordings = [],
    comparesRuns: Bool = false, _ summary: String
  ) {
    rawValue = name
    self.summary = summary
    self.recordings = recordings
    self.comparesRuns = comparesRuns
  }

  /// The word as any verb knows it; `nil` where none does.
  package init?(rawValue: String) {
    guard let word = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = word
  }

  /// The words that a verb's `show` may hold, in the order of the reference.
  package static func words(for verb: Verb) -> [Show] { verb.definition.show }
}

extension Show: CaseIterable {
  /// The words of all verbs, each once.
  package static let allCases: [Show] = {
    var all: [Show] = []
    for word in Verb.allCases.flatMap(words) where !all.contains(word) { all.append(word) }
    return all
  }()
}

// Those that several verbs share.
extension Show {
  static let gradients = Show(
    "gradients", recording: .layers, "norm of the gradient, layer by layer")
  static let table = Show("table", "the final numbers")
}

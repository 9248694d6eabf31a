import NeuralNetworks

/// A word of `show`. Each verb declares its words in its folder.
package struct Show: RawRepresentable, Hashable, Sendable {
  /// The word as written.
  package let rawValue: String
  package let summary: String
  /// The recordings that the engine must make for it.
  let recordings: TrainingSpec.Recordings

  /// Whether it compares the final results of several runs.
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

  /// The word of the first verb that has it; `nil` if none does.
  package init?(rawValue: String) {
    guard let word = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = word
  }

  /// The words allowed in a verb's `show`, in the order of the reference.
  package static func words(for verb: Verb) -> [Show] { verb.definition.show }
}

extension Show: CaseIterable {
  /// The words of all verbs, without duplicates.
  package static let allCases: [Show] = {
    var all: [Show] = []
    for word in Verb.allCases.flatMap(words) where !all.contains(word) { all.append(word) }
    return all
  }()
}

// Words that several verbs share.
extension Show {
  static let gradients = Show(
    "gradients", recording: .layers, "norm of the gradient, layer by layer")
  static let table = Show("table", "the final numbers")
}

/// Samples and what a network should say of them.
package struct Dataset: Hashable, Sendable {
  package enum Targets: Hashable, Sendable {
    /// One class for each sample.
    case classes([Int32], names: [String])
    /// `columns` numbers for each sample, row-major.
    case numbers([Float], columns: Int, names: [String])
    /// One class for each step of each sample, row-major.
    case steps([Int32], names: [String])
  }

  package var name: String
  package var shape: Shape
  package var count: Int
  /// Row-major, `shape.count` numbers a sample. Symbols of sequences are whole numbers from 0.
  package var inputs: [Float]
  /// Of the inputs' columns, where they have names.
  package var featureNames: [String]
  package var targets: Targets
  /// Where the inputs are symbols and not quantities: how many there are.
  package var symbolCount: Int?

  /// What was written down, before it was rounded: for worked examples in Double.
  var exact: Exact?

  struct Exact: Hashable, Sendable {
    var inputs: [Double]
    var targets: [Double]
  }

  /// Whether the samples are all that there are: then none is held out.
  package var isComplete = false

  package var classNames: [String]? {
    switch targets {
    case .classes(_, let names), .steps(_, let names): names
    case .numbers: nil
    }
  }

  /// How an error speaks of them: `3 classes`, `2 numbers a sample`.
  package var targetDescription: String { outline.targetDescription }
}

extension Dataset {
  /// - Precondition: As many inputs as a whole number of samples has.
  package init(_ name: String, shape: Shape, inputs: [Float], targets: Targets) {
    precondition(
      shape.count > 0 && inputs.count % shape.count == 0,
      "\(inputs.count) numbers are not samples of \(shape)")
    self.init(
      name: name, shape: shape, count: inputs.count / shape.count, inputs: inputs,
      featureNames: [], targets: targets)
  }
}

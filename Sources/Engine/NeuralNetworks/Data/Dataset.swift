/// Samples and their targets.
package struct Dataset: Hashable, Sendable {
  /// The values to predict.
  package enum Targets: Hashable, Sendable {
    /// One class for each sample.
    case classes([Int32], names: [String])
    /// `columns` numbers for each sample, row-major.
    case numbers([Float], columns: Int, names: [String])
    /// One class for each step of each sample, row-major.
    case steps([Int32], names: [String])
  }

  /// The name of its term, or of its file without folders and extension.
  package var name: String
  /// The shape of one sample.
  package var shape: Shape
  /// N, the samples.
  package var count: Int
  /// Row-major, `shape.count` numbers a sample. Symbols of sequences are integers from 0.
  package var inputs: [Float]
  /// The names of the input columns; empty where they have none.
  package var featureNames: [String]
  /// The values to predict.
  package var targets: Targets
  /// The number of different symbols where inputs are symbols; else nil.
  package var symbolCount: Int?

  /// The numbers of a block before rounding to Float, for worked examples in Double.
  var exact: Exact?

  struct Exact: Hashable, Sendable {
    var inputs: [Double]
    var targets: [Double]
  }

  /// Whether the samples are all possible ones: then none is held out.
  package var isComplete = false

  /// The names of the classes; nil where targets are numbers.
  package var classNames: [String]? {
    switch targets {
    case .classes(_, let names), .steps(_, let names): names
    case .numbers: nil
    }
  }

  /// The targets in an error: `3 classes`, `2 numbers a sample`.
  package var targetDescription: String { outline.targetDescription }
}

extension Dataset {
  /// A data set made by the caller.
  ///
  /// - Precondition: The inputs are a whole number of samples.
  package init(_ name: String, shape: Shape, inputs: [Float], targets: Targets) {
    precondition(
      shape.count > 0 && inputs.count % shape.count == 0,
      "\(inputs.count) numbers are not samples of \(shape)")
    self.init(
      name: name, shape: shape, count: inputs.count / shape.count, inputs: inputs,
      featureNames: [], targets: targets)
  }
}

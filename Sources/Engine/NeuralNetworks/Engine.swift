internal import Tensors

/// The operations of the engine: a specification in, numbers out.
package enum Engine {
  /// Reads a data file: its bytes by its path, nil where there is none. The paths of the data sets
  /// that come with the project are `data/iris.csv` and `data/digits.csv`.
  package typealias Files = @Sendable (_ path: String) -> [UInt8]?

  /// The paths that a data set reads, for the keys of cached outcomes.
  package static func paths(of data: Term) -> [String] { Dataset.paths(of: data) }

  /// The paths that a training reads: its data, and the weights that it starts from.
  package static func paths(of spec: TrainingSpec) -> [String] {
    Dataset.paths(of: spec.data) + WeightPreparation.paths(of: spec)
  }

  /// The samples of a data set: the same for the same term, seed and files.
  ///
  /// - Throws: `EngineError.file` for a missing or malformed file, `.argument` or `.option` for
  ///   terms that do not fit.
  package static func dataset(
    _ term: Term, seed: UInt64, files: Files
  ) throws(EngineError) -> Dataset {
    try Dataset.load(term, seed: seed, files: files)
  }

  /// Returns data sets that several runs share, each loaded once.
  package typealias Shelf =
    @Sendable (_ term: Term, _ seed: UInt64) throws(EngineError) -> Dataset

  /// The shapes and counts of a data set, without generating its samples.
  package static func outline(
    of term: Term, files: Files
  ) throws(EngineError) -> DatasetOutline {
    try Dataset.outline(of: term, files: files)
  }

  /// Returns a data set's outline: ``outline(of:files:)``, or a known one.
  package typealias Outlines = (_ term: Term) throws(EngineError) -> DatasetOutline

  /// Whether a data set does not depend on the seed.
  package static func isFixed(_ data: Term) -> Bool {
    !Dataset.paths(of: data).isEmpty || ["values", "xor", "parity"].contains(data.name)
  }

  /// The layers of a network with their shapes; the data determine the input, the targets and the
  /// loss.
  ///
  /// - Throws: `EngineError` for the first layer that does not fit, or an output that does not.
  package static func describe(
    _ spec: TrainingSpec, files: Files
  ) throws(EngineError) -> NetworkDescription {
    try ProblemOutline(spec, data: outline(of: spec.data, files: files)).description
  }

  /// The same with known outlines of data sets.
  package static func describe(
    _ spec: TrainingSpec, outlines: Outlines
  ) throws(EngineError) -> NetworkDescription {
    try ProblemOutline(spec, data: outlines(spec.data)).description
  }

  /// The layers of a network with their shapes, for an input of a given shape.
  package static func describe(
    _ network: [LayerSpec], input: Shape
  ) throws(EngineError) -> NetworkDescription {
    try GraphBuilder.graph(network, input: input).description
  }

  /// The values of an activation of one variable, or of its derivative, in Double.
  ///
  /// - Throws: `EngineError.layer` for an activation of a whole row.
  package static func curve(
    of activation: Term, at x: [Double], derivative: Bool = false
  ) throws(EngineError) -> [Double] {
    guard let function = ScalarFunction(activation) else {
      throw .layer(
        LayerPath(), name: activation.name, problem: "is not a function of one variable")
    }
    return x.map { derivative ? function.derivative($0) : function.value($0) }
  }

  /// The learning rate of each epoch. For `plateau`, with a loss that never decreases.
  package static func rates(
    of schedule: Term, base: Double, epochs: Int
  ) throws(EngineError) -> [Double] {
    try Schedule.rates(schedule, base: base, epochs: epochs)
  }
}

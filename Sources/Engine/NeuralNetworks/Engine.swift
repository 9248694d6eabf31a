internal import Tensors

/// The verbs of the engine: a specification in, numbers out.
package enum Engine {
  /// Changes with every change of any result: part of what a cached outcome depends on.
  package static let version = "1"

  /// A data file's bytes by its path, nil where there is none. The sets that come with the project
  /// are asked for as `data/iris.csv` and `data/digits.csv`.
  package typealias Files = @Sendable (_ path: String) -> [UInt8]?

  /// The paths that a data set reads, for whoever keeps outcomes by what they depend on.
  package static func paths(of data: Term) -> [String] { Dataset.paths(of: data) }

  /// The paths that a training reads: its data, and what it begins with.
  package static func paths(of spec: TrainingSpec) -> [String] {
    Dataset.paths(of: spec.data) + WeightPreparation.paths(of: spec)
  }

  /// The samples of a data set: the same for the same term and seed.
  package static func dataset(
    _ term: Term, seed: UInt64, files: Files
  ) throws(EngineError) -> Dataset {
    try Dataset.load(term, seed: seed, files: files)
  }

  /// Data sets that several runs use, made once.
  package typealias Shelf =
    @Sendable (_ term: Term, _ seed: UInt64) throws(EngineError) -> Dataset

  /// What a data set will be, without making it.
  package static func outline(
    of term: Term, files: Files
  ) throws(EngineError) -> DatasetOutline {
    try Dataset.outline(of: term, files: files)
  }

  /// Gives a data set's outline: ``outline(of:files:)``, or one that is known already.
  package typealias Outlines = (_ term: Term) throws(EngineError) -> DatasetOutline

  /// Whether all seeds give the same samples of a data set.
  package static func isFixed(_ data: Term) -> Bool {
    !Dataset.paths(of: data).isEmpty || ["values", "xor", "parity"].contains(data.name)
  }

  /// The layers with their shapes; the data give the input, the targets and the loss.
  package static func describe(
    _ spec: TrainingSpec, files: Files
  ) throws(EngineError) -> NetworkDescription {
    try ProblemOutline(spec, data: outline(of: spec.data, files: files)).description
  }

  /// The same, where the data's outlines are known.
  package static func describe(
    _ spec: TrainingSpec, outlines: Outlines
  ) throws(EngineError) -> NetworkDescription {
    try ProblemOutline(spec, data: outlines(spec.data)).description
  }

  /// The layers with their shapes for an input of a given one.
  package static func describe(
    _ network: [LayerSpec], input: Shape
  ) throws(EngineError) -> NetworkDescription {
    try GraphBuilder.graph(network, input: input).description
  }

  /// The values of an activation of one variable, or of its derivative, in Double.
  package static func curve(
    of activation: Term, at x: [Double], derivative: Bool = false
  ) throws(EngineError) -> [Double] {
    guard let function = ScalarFunction(activation) else {
      throw .layer(
        LayerPath(), name: activation.name, problem: "is not a function of one variable")
    }
    return x.map { derivative ? function.derivative($0) : function.value($0) }
  }

  /// The learning rate during each of `epochs` epochs. For `plateau`, with a loss that never falls.
  package static func rates(
    of schedule: Term, base: Double, epochs: Int
  ) throws(EngineError) -> [Double] {
    try Schedule.rates(schedule, base: base, epochs: epochs)
  }
}

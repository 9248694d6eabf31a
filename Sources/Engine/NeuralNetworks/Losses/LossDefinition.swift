/// A loss: its entry in the registry, what it requires of outputs and targets, and the function of
/// its arguments. Each has its own file and is listed in `all`.
struct LossDefinition: Sendable {
  let entry: RegistryEntry
  let targetForm: Loss.TargetForm
  /// Outputs for each number of a target: 2 for mean and variance, or for two that are compared.
  let outputsPerTarget: Int
  /// The number of parts of a row that has one target; else 1.
  let rowParts: Int
  /// Whether outputs are only compared with each other.
  let ignoresTargets: Bool
  /// The interpretation of outputs of classes; nil for probabilities and numbers.
  let interpretation: Head.Interpretation?
  let function: @Sendable (Term) -> AnyLossFunction

  init(
    _ entry: RegistryEntry, targets: Loss.TargetForm = .numbers, outputsPerTarget: Int = 1,
    rowParts: Int = 1, ignoresTargets: Bool = false, interpretation: Head.Interpretation? = nil,
    function: @escaping @Sendable (Term) -> AnyLossFunction
  ) {
    self.entry = entry
    targetForm = targets
    self.outputsPerTarget = outputsPerTarget
    self.rowParts = rowParts
    self.ignoresTargets = ignoresTargets
    self.interpretation = interpretation
    self.function = function
  }

  /// In the order of reference tables: losses of numbers, of classes, of pairs.
  static let all: [LossDefinition] = [
    .squaredError, .halfSquaredError, .absoluteError, .huber, .smoothL1, .logCosh,
    .binaryCrossEntropy, .binaryCrossEntropyWithLogits, .crossEntropy, .negativeLogLikelihood,
    .kullbackLeibler, .hinge, .squaredHinge, .softMargin, .hingeEmbedding, .multiMargin,
    .multiLabelSoftMargin, .poissonNLL, .gaussianNLL, .cosineDistance, .cosineEmbedding,
    .marginRanking, .tripletMargin, .focal, .binaryFocal,
  ]

  /// The loss of this name; nil where there is none.
  static func named(_ name: String) -> LossDefinition? { all.first { $0.entry.name == name } }
}

internal import Tensors

/// What a loss computes of a batch. Formulas and constants are PyTorch's.
protocol LossFunction: Hashable, Sendable {
  /// The sum of what rows or elements contribute, the gradient of the sum, and what a mean divides
  /// by.
  func evaluate<S: Scalar>(_ batch: inout LossBatch<S>)
  /// The kernel that computes the mean with its gradient, nil where none does.
  var kernel: KernelLoss? { get }
}

extension LossFunction {
  var kernel: KernelLoss? { nil }
}

/// Any of the losses, its arguments read.
enum AnyLossFunction: Hashable, Sendable {
  case absoluteError(AbsoluteError)
  case binaryCrossEntropy(BinaryCrossEntropy)
  case binaryCrossEntropyWithLogits(BinaryCrossEntropyWithLogits)
  case binaryFocal(BinaryFocal)
  case cosineDistance(CosineDistance)
  case cosineEmbedding(CosineEmbedding)
  case crossEntropy(CrossEntropy)
  case focal(Focal)
  case gaussianNLL(GaussianNLL)
  case halfSquaredError(HalfSquaredError)
  case hinge(Hinge)
  case hingeEmbedding(HingeEmbedding)
  case huber(Huber)
  case kullbackLeibler(KullbackLeibler)
  case logCosh(LogCosh)
  case marginRanking(MarginRanking)
  case multiLabelSoftMargin(MultiLabelSoftMargin)
  case multiMargin(MultiMargin)
  case poissonNLL(PoissonNLL)
  case smoothL1(SmoothL1)
  case softMargin(SoftMargin)
  case squaredError(SquaredError)
  case squaredHinge(SquaredHinge)
  case tripletMargin(TripletMargin)

  @specialized(where S == Float)
  @specialized(where S == Double)
  func evaluate<S: Scalar>(_ batch: inout LossBatch<S>) {
    switch self {
    case .absoluteError(let loss): loss.evaluate(&batch)
    case .binaryCrossEntropy(let loss): loss.evaluate(&batch)
    case .binaryCrossEntropyWithLogits(let loss): loss.evaluate(&batch)
    case .binaryFocal(let loss): loss.evaluate(&batch)
    case .cosineDistance(let loss): loss.evaluate(&batch)
    case .cosineEmbedding(let loss): loss.evaluate(&batch)
    case .crossEntropy(let loss): loss.evaluate(&batch)
    case .focal(let loss): loss.evaluate(&batch)
    case .gaussianNLL(let loss): loss.evaluate(&batch)
    case .halfSquaredError(let loss): loss.evaluate(&batch)
    case .hinge(let loss): loss.evaluate(&batch)
    case .hingeEmbedding(let loss): loss.evaluate(&batch)
    case .huber(let loss): loss.evaluate(&batch)
    case .kullbackLeibler(let loss): loss.evaluate(&batch)
    case .logCosh(let loss): loss.evaluate(&batch)
    case .marginRanking(let loss): loss.evaluate(&batch)
    case .multiLabelSoftMargin(let loss): loss.evaluate(&batch)
    case .multiMargin(let loss): loss.evaluate(&batch)
    case .poissonNLL(let loss): loss.evaluate(&batch)
    case .smoothL1(let loss): loss.evaluate(&batch)
    case .softMargin(let loss): loss.evaluate(&batch)
    case .squaredError(let loss): loss.evaluate(&batch)
    case .squaredHinge(let loss): loss.evaluate(&batch)
    case .tripletMargin(let loss): loss.evaluate(&batch)
    }
  }

  var kernel: KernelLoss? {
    switch self {
    case .absoluteError(let loss): loss.kernel
    case .binaryCrossEntropy(let loss): loss.kernel
    case .binaryCrossEntropyWithLogits(let loss): loss.kernel
    case .binaryFocal(let loss): loss.kernel
    case .cosineDistance(let loss): loss.kernel
    case .cosineEmbedding(let loss): loss.kernel
    case .crossEntropy(let loss): loss.kernel
    case .focal(let loss): loss.kernel
    case .gaussianNLL(let loss): loss.kernel
    case .halfSquaredError(let loss): loss.kernel
    case .hinge(let loss): loss.kernel
    case .hingeEmbedding(let loss): loss.kernel
    case .huber(let loss): loss.kernel
    case .kullbackLeibler(let loss): loss.kernel
    case .logCosh(let loss): loss.kernel
    case .marginRanking(let loss): loss.kernel
    case .multiLabelSoftMargin(let loss): loss.kernel
    case .multiMargin(let loss): loss.kernel
    case .poissonNLL(let loss): loss.kernel
    case .smoothL1(let loss): loss.kernel
    case .softMargin(let loss): loss.kernel
    case .squaredError(let loss): loss.kernel
    case .squaredHinge(let loss): loss.kernel
    case .tripletMargin(let loss): loss.kernel
    }
  }
}

/// A loss: its entry in the registry, what it asks of outputs and targets, and the function of its
/// arguments. Each has a file of its own; it is known when it is in `all`.
struct LossDefinition: Sendable {
  let entry: RegistryEntry
  let targetForm: Loss.TargetForm
  /// Outputs for each number of a target: means and variances, or two that are compared.
  let outputsPerTarget: Int
  /// In how many parts a row is where one target stands for all its outputs; else 1.
  let rowParts: Int
  /// Whether the outputs are compared with each other alone.
  let ignoresTargets: Bool
  /// What turns outputs of classes to probabilities; nil where they are probabilities or numbers.
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

  /// Those of numbers, of classes, of pairs.
  static let all: [LossDefinition] = [
    .squaredError, .halfSquaredError, .absoluteError, .huber, .smoothL1, .logCosh,
    .binaryCrossEntropy, .binaryCrossEntropyWithLogits, .crossEntropy, .negativeLogLikelihood,
    .kullbackLeibler, .hinge, .squaredHinge, .softMargin, .hingeEmbedding, .multiMargin,
    .multiLabelSoftMargin, .poissonNLL, .gaussianNLL, .cosineDistance, .cosineEmbedding,
    .marginRanking, .tripletMargin, .focal, .binaryFocal,
  ]

  /// The one that a term of the registry names.
  static func named(_ name: String) -> LossDefinition? { all.first { $0.entry.name == name } }
}

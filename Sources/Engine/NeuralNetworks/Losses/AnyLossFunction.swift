internal import Tensors

/// Any of the losses, with its arguments.
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

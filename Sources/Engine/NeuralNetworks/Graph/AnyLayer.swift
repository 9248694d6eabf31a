internal import Tensors

/// Any of the layers, as an element of a graph.
struct AnyLayer: Sendable {
  /// The layer as one of the known types.
  enum Kind: Sendable {
    case activation(ActivationLayer)
    case attention(Attention)
    case batchNorm(BatchNorm)
    case convolution(Convolution2D)
    case dense(Dense)
    case timeDistributedDense(TimeDistributedDense)
    case dropout(Dropout)
    case embedding(Embedding)
    case join(JoinLayer)
    case lastStep(LastStep)
    case globalAveragePool(GlobalAveragePool)
    case pool(Pool)
    case positionEncoding(SinusoidalPositionEncoding)
    case randomizedReLU(RandomizedReLU)
    case recurrent(Recurrent)
    case reshape(Reshape)
    case sampleNorm(SampleNorm)
    case scalar(ScalarLayer)
    case softmax(SoftmaxLayer)
    case trainedActivation(TrainedActivation)
    case transposedConvolution(TransposedConvolution)
    case vectorActivation(VectorActivation)
  }

  let kind: Kind
  let output: Shape
  let parameters: [ParameterSpec]
  let states: [StateSpec]
  /// Multiply-adds of the forward pass of one sample.
  let multiplyAdds: Int
  /// Whether it can apply an elementwise function to its output.
  let isFusing: Bool

  init(_ layer: some Layer) {
    kind = layer.kind
    output = layer.output
    parameters = layer.parameters
    states = layer.states
    multiplyAdds = layer.multiplyAdds
    isFusing = layer.isFusing
  }

  /// Binds the layer to memory.
  ///
  /// - Parameter function: Applied to the layer's output; `.identity` if it is not fusing.
  func operation<S: Scalar>(
    with binding: inout LayerBinding<S>, function: Function = .identity
  ) -> AnyOperation<S> {
    precondition(isFusing || function == .identity, "the layer applies no function")
    return switch kind {
    case .activation(let layer): layer.operation(with: &binding)
    case .attention(let layer): layer.operation(with: &binding)
    case .batchNorm(let layer): layer.operation(with: &binding)
    case .convolution(let layer): layer.operation(with: &binding, function: function)
    case .dense(let layer): layer.operation(with: &binding, function: function)
    case .timeDistributedDense(let layer): layer.operation(with: &binding, function: function)
    case .dropout(let layer): layer.operation(with: &binding)
    case .embedding(let layer): layer.operation(with: &binding)
    case .join(let layer): layer.operation(with: &binding)
    case .lastStep(let layer): layer.operation(with: &binding)
    case .globalAveragePool(let layer): layer.operation(with: &binding)
    case .pool(let layer): layer.operation(with: &binding)
    case .positionEncoding(let layer): layer.operation(with: &binding)
    case .randomizedReLU(let layer): layer.operation(with: &binding)
    case .recurrent(let layer): layer.operation(with: &binding)
    case .reshape(let layer): layer.operation(with: &binding)
    case .sampleNorm(let layer): layer.operation(with: &binding)
    case .scalar(let layer): layer.operation(with: &binding)
    case .softmax(let layer): layer.operation(with: &binding)
    case .trainedActivation(let layer): layer.operation(with: &binding)
    case .transposedConvolution(let layer): layer.operation(with: &binding)
    case .vectorActivation(let layer): layer.operation(with: &binding)
    }
  }
}

/// The layer if it is of one kind, else nil.
extension AnyLayer {
  var activation: ActivationLayer? {
    if case .activation(let layer) = kind { layer } else { nil }
  }

  var convolution: Convolution2D? {
    if case .convolution(let layer) = kind { layer } else { nil }
  }

  var dense: Dense? {
    if case .dense(let layer) = kind { layer } else { nil }
  }

  var pool: Pool? {
    if case .pool(let layer) = kind { layer } else { nil }
  }

  var softmax: SoftmaxLayer? {
    if case .softmax(let layer) = kind { layer } else { nil }
  }
}

internal import Tensors

/// Any of the layers: what a graph holds.
struct AnyLayer: Sendable {
  /// Which one it is.
  enum Kind: Sendable {
    case activation(ActivationLayer)
    case attention(Attention)
    case batchNorm(BatchNorm)
    case convolution(Convolution2D)
    case dense(Dense)
    case denseSteps(TimeDistributedDense)
    case dropout(Dropout)
    case embedding(Embedding)
    case join(JoinLayer)
    case lastStep(LastStep)
    case mean(GlobalAveragePool)
    case pool(Pool)
    case positions(SinusoidalPositionEncoding)
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
  /// Of one sample's forward pass.
  let multiplyAdds: Int
  /// Whether it can apply an elementwise function to what it gives.
  let isFusing: Bool

  init(_ layer: some Layer) {
    kind = layer.kind
    output = layer.output
    parameters = layer.parameters
    states = layer.states
    multiplyAdds = layer.multiplyAdds
    isFusing = layer.isFusing
  }

  /// Places the layer in memory.
  ///
  /// - Parameter function: Applied to what the layer gives; `.identity` where it is not fusing.
  func operation<S: Scalar>(
    at site: inout LayerBinding<S>, function: Function = .identity
  ) -> AnyOperation<S> {
    precondition(isFusing || function == .identity, "the layer applies no function")
    return switch kind {
    case .activation(let layer): layer.operation(at: &site)
    case .attention(let layer): layer.operation(at: &site)
    case .batchNorm(let layer): layer.operation(at: &site)
    case .convolution(let layer): layer.operation(at: &site, function: function)
    case .dense(let layer): layer.operation(at: &site, function: function)
    case .denseSteps(let layer): layer.operation(at: &site, function: function)
    case .dropout(let layer): layer.operation(at: &site)
    case .embedding(let layer): layer.operation(at: &site)
    case .join(let layer): layer.operation(at: &site)
    case .lastStep(let layer): layer.operation(at: &site)
    case .mean(let layer): layer.operation(at: &site)
    case .pool(let layer): layer.operation(at: &site)
    case .positions(let layer): layer.operation(at: &site)
    case .randomizedReLU(let layer): layer.operation(at: &site)
    case .recurrent(let layer): layer.operation(at: &site)
    case .reshape(let layer): layer.operation(at: &site)
    case .sampleNorm(let layer): layer.operation(at: &site)
    case .scalar(let layer): layer.operation(at: &site)
    case .softmax(let layer): layer.operation(at: &site)
    case .trainedActivation(let layer): layer.operation(at: &site)
    case .transposedConvolution(let layer): layer.operation(at: &site)
    case .vectorActivation(let layer): layer.operation(at: &site)
    }
  }
}

/// For those who look for one kind of layer.
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

internal import Tensors

/// The transpose of a convolution: the map from its output's gradient to its input's.
///
/// The adjoint convolution maps the large image to the small one; its backward pass is this layer's
/// forward pass and vice versa. Its filters are this layer's input channels.
/// - Shapes: x (C, H, W) → y (O, H′, W′); weight (C, O, kH, kW), bias (O), with
///   H′ = (H - 1)·stride - 2·padding + kH + output padding, W′ likewise.
/// - Source: Dumoulin, Visin, *A guide to convolution arithmetic for deep learning* (2016), §4.
struct TransposedConvolution: Layer {
  let adjoint: Convolution
  let hasBias: Bool
  var initializer: Term?
  var biasInitializer: Term?

  var output: Shape { Shape(adjoint.channels, adjoint.height, adjoint.width) }
  var multiplyAdds: Int { saturatingProduct(adjoint.outputCount, adjoint.weightsPerFilter) }

  var parameters: [ParameterSpec] {
    let weight = ParameterSpec(
      name: "weight",
      shape: Shape(
        adjoint.filters, adjoint.channels, adjoint.kernelHeight, adjoint.kernelWidth),
      initializer: initializer)
    let bias = ParameterSpec(
      name: "bias", shape: Shape(adjoint.channels), role: .bias, initializer: biasInitializer)
    return hasBias ? [weight, bias] : [weight]
  }

  var kind: AnyLayer.Kind { .transposedConvolution(self) }

  func operation<S: Scalar>(with binding: inout LayerBinding<S>) -> AnyOperation<S> {
    let count = adjoint.scratchCount(for: Workspace<S>.self, batch: binding.capacity)
    return AnyOperation(
      TransposedConvolutionOperation<S>(
        adjoint: adjoint, binding: binding, hasBias: hasBias,
        scratch: count > 0 ? binding.plan.reserve(count) : nil))
  }
}

private struct TransposedConvolutionOperation<S: Scalar>: Operation {
  let adjoint: Convolution
  let binding: LayerBinding<S>
  let hasBias: Bool
  let scratch: View?

  /// The view as (N·O, H′·W′).
  private func planes(_ view: View, _ rows: Int) -> View {
    view.first(rows).reshaped(
      rows: rows * adjoint.channels, columns: adjoint.height * adjoint.width)
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func forward(_ memory: Workspace<S>, _ step: StepContext) {
    let y = binding.output.first(step.rows)
    memory.convolveGradient(
      adjoint, dy: binding.inputs[0].first(step.rows), weights: weights(binding.parameters[0]),
      dx: y,
      scratch: scratch)
    guard hasBias else { return }
    let (outputs, bias) = (memory[y], memory[binding.parameters[1]])
    let plane = adjoint.height * adjoint.width
    for index in 0..<outputs.count { outputs[index] += bias[index / plane % adjoint.channels] }
  }

  private func weights(_ view: View) -> View {
    view.reshaped(rows: adjoint.filters, columns: adjoint.weightsPerFilter)
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func backward(_ memory: Workspace<S>, _ step: StepContext) {
    guard let dy = binding.outputGradient?.first(step.rows) else { return }
    if let dWeight = binding.parameterGradients[0] {
      memory.convolveGradient(
        adjoint, x: dy, dy: binding.inputs[0].first(step.rows), dw: weights(dWeight), dbias: nil,
        scratch: scratch)
    }
    if hasBias, let dBias = binding.parameterGradients[1] {
      let (upstream, gradient) = (memory[dy], memory[dBias])
      let plane = adjoint.height * adjoint.width
      for channel in 0..<adjoint.channels { gradient[channel] = 0 }
      for index in 0..<upstream.count {
        gradient[index / plane % adjoint.channels] += upstream[index]
      }
    }
    if let dx = binding.inputGradients[0] {
      memory.convolve(
        adjoint, dy, weights: weights(binding.parameters[0]), bias: nil,
        into: dx.first(step.rows), scratch: scratch)
    }
  }
}

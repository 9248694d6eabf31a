internal import Tensors

/// A convolution (cross-correlation, as everywhere in the field) with stride, padding, dilation and
/// groups.
///
/// - Shapes: x (C, H, W) → y (O, H′, W′); weight (O, C/G, kH, kW), bias (O), with O filters, and
///   H′ = ⌊(H + 2·padding - dilation·(kH - 1) - 1)/stride⌋ + 1, W′ likewise.
struct Convolution2D: FusingLayer {
  let geometry: Convolution
  let hasBias: Bool
  var initializer: Term?
  var biasInitializer: Term?

  var output: Shape { Shape(geometry.filters, geometry.outHeight, geometry.outWidth) }
  var multiplyAdds: Int {
    saturatingProduct(geometry.outputCount, geometry.weightsPerFilter)
  }

  var parameters: [ParameterSpec] {
    let weight = ParameterSpec(
      name: "weight",
      shape: Shape(
        geometry.filters, geometry.channels / geometry.groups, geometry.kernelHeight,
        geometry.kernelWidth), initializer: initializer)
    let bias = ParameterSpec(
      name: "bias", shape: Shape(geometry.filters), role: .bias, initializer: biasInitializer)
    return hasBias ? [weight, bias] : [weight]
  }

  var kind: AnyLayer.Kind { .convolution(self) }

  func operation<S: Scalar>(with binding: inout LayerBinding<S>, function: Function)
    -> AnyOperation<S>
  {
    AnyOperation(convolution(with: &binding, function: function))
  }

  private func convolution<S: Scalar>(
    with binding: inout LayerBinding<S>, function: Function
  ) -> ConvolutionOperation<S> {
    let count = geometry.scratchCount(for: Workspace<S>.self, batch: binding.capacity)
    return ConvolutionOperation<S>(
      geometry: geometry, x: binding.inputs[0], y: binding.output, dx: binding.inputGradients[0],
      dy: binding.outputGradient, weight: binding.parameters[0],
      bias: hasBias ? binding.parameters[1] : nil, dWeight: binding.parameterGradients[0],
      dBias: hasBias ? binding.parameterGradients[1] : nil, function: function,
      scratch: count > 0 ? binding.plan.reserve(count) : nil)
  }
}

extension Convolution2D {
  /// The output of a pooled convolution and its gradient, if the outputs of the convolution and of
  /// the activation are kept as well: the binding is then that of the convolution alone.
  struct Kept {
    let output: View
    let gradient: View?
  }

  /// The convolution together with the activation and the maximum over windows after it.
  ///
  /// - Parameter kept: For a network that keeps everything. The layers after it have their own
  ///   operations then, but the gradients of the parameters are still computed together, so that
  ///   training does not depend on what is recorded.
  func operation<S: Scalar>(
    with binding: inout LayerBinding<S>, function: Function, pooled: PooledConvolution, kept: Kept?
  ) -> AnyOperation<S> {
    let alone = kept == nil ? nil : convolution(with: &binding, function: .identity)
    return AnyOperation(
      PooledConvolutionOperation<S>(
        geometry: pooled, x: binding.inputs[0], y: kept?.output ?? binding.output,
        dx: binding.inputGradients[0], dy: kept.map { $0.gradient } ?? binding.outputGradient,
        weight: binding.parameters[0], bias: hasBias ? binding.parameters[1] : nil,
        dWeight: binding.parameterGradients[0],
        dBias: hasBias ? binding.parameterGradients[1] : nil,
        function: function, places: PooledPlaces(pooled, batch: binding.capacity),
        scratch: binding.plan.reserve(pooled.scratchCount(for: Workspace<S>.self)), alone: alone))
  }
}

/// - Shapes: x (N, C·H·W), y (N, O·windows of a channel).
private struct PooledConvolutionOperation<S: Scalar>: Operation {
  let geometry: PooledConvolution
  let x: View
  let y: View
  let dx: View?
  let dy: View?
  let weight: View
  let bias: View?
  let dWeight: View?
  let dBias: View?
  let function: Function
  let places: PooledPlaces
  let scratch: View
  /// Computes the convolution's own output, if that is kept.
  let alone: ConvolutionOperation<S>?

  func forward(_ memory: Workspace<S>, _ step: StepContext) {
    alone?.forward(memory, step)
    memory.convolve(
      geometry, x.first(step.rows), weights: weight, bias: bias, function: function,
      into: y.first(step.rows), places: places, scratch: scratch)
  }

  func backward(_ memory: Workspace<S>, _ step: StepContext) {
    guard let dy else { return }
    memory.convolveGradient(
      geometry, x: x.first(step.rows), weights: weight, y: y.first(step.rows), function: function,
      dy: dy.first(step.rows), places: places, dw: dWeight, dbias: dBias,
      dx: dx?.first(step.rows), scratch: scratch)
  }
}

/// - Shapes: x (N, C·H·W), y (N, O·H′·W′).
private struct ConvolutionOperation<S: Scalar>: Operation {
  let geometry: Convolution
  let x: View
  let y: View
  let dx: View?
  let dy: View?
  let weight: View
  let bias: View?
  let dWeight: View?
  let dBias: View?
  let function: Function
  let scratch: View?

  func forward(_ memory: Workspace<S>, _ step: StepContext) {
    memory.convolve(
      geometry, x.first(step.rows), weights: weight, bias: bias, function: function,
      into: y.first(step.rows), scratch: scratch)
  }

  func backward(_ memory: Workspace<S>, _ step: StepContext) {
    guard let dy = dy?.first(step.rows) else { return }
    if function.kind != .identity {
      memory.applyGradient(function, dy: dy, saved: y.first(step.rows), into: dy)
    }
    if let dWeight {
      memory.convolveGradient(
        geometry, x: x.first(step.rows), dy: dy, dw: dWeight, dbias: dBias, scratch: scratch)
    }
    if let dx {
      memory.convolveGradient(
        geometry, dy: dy, weights: weight, dx: dx.first(step.rows), scratch: scratch)
    }
  }
}

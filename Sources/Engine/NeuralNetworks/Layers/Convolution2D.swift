internal import Tensors

/// Filters over an image: cross-correlation with stride, padding, dilation and groups.
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

  func operation<S: Scalar>(at site: inout LayerBinding<S>, function: Function) -> AnyOperation<S> {
    AnyOperation(convolution(at: &site, function: function))
  }

  private func convolution<S: Scalar>(
    at site: inout LayerBinding<S>, function: Function
  ) -> ConvolutionOperation<S> {
    let count = geometry.scratchCount(for: Workspace<S>.self, batch: site.capacity)
    return ConvolutionOperation<S>(
      geometry: geometry, x: site.inputs[0], y: site.output, dx: site.inputGradients[0],
      dy: site.outputGradient, weight: site.parameters[0],
      bias: hasBias ? site.parameters[1] : nil, dWeight: site.parameterGradients[0],
      dBias: hasBias ? site.parameterGradients[1] : nil, function: function,
      scratch: count > 0 ? site.plan.reserve(count) : nil)
  }
}

extension Convolution2D {
  /// The views of a pooled convolution where its own outputs and those of the activation are kept
  /// as well: `site` is then that of the convolution alone.
  struct Kept {
    let output: View
    let gradient: View?
  }

  /// Together with the activation and the maximum over windows that follow.
  ///
  /// - Parameter kept: For a network that keeps everything. The layers behind have operations of
  ///   their own then, but the gradients of the parameters are still computed together, so that
  ///   what is trained does not depend on who is looking.
  func operation<S: Scalar>(
    at site: inout LayerBinding<S>, function: Function, pooled: PooledConvolution, kept: Kept?
  ) -> AnyOperation<S> {
    let alone = kept == nil ? nil : convolution(at: &site, function: .identity)
    return AnyOperation(
      PooledConvolutionOperation<S>(
        geometry: pooled, x: site.inputs[0], y: kept?.output ?? site.output,
        dx: site.inputGradients[0], dy: kept.map { $0.gradient } ?? site.outputGradient,
        weight: site.parameters[0], bias: hasBias ? site.parameters[1] : nil,
        dWeight: site.parameterGradients[0], dBias: hasBias ? site.parameterGradients[1] : nil,
        function: function, places: PooledPlaces(pooled, batch: site.capacity),
        scratch: site.plan.reserve(pooled.scratchCount(for: Workspace<S>.self)), alone: alone))
  }
}

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
  /// Gives the convolution's own outputs to who looks at them.
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

/// The transpose of a convolution: what maps its output's gradient to its input's.
///
/// The adjoint convolution takes the large image to the small one; forward is its backward, and the
/// other way round. Its filters are this layer's input channels.
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

  func operation<S: Scalar>(at site: inout LayerBinding<S>) -> AnyOperation<S> {
    let count = adjoint.scratchCount(for: Workspace<S>.self, batch: site.capacity)
    return AnyOperation(
      TransposedConvolutionOperation<S>(
        adjoint: adjoint, site: site, hasBias: hasBias,
        scratch: count > 0 ? site.plan.reserve(count) : nil))
  }
}

private struct TransposedConvolutionOperation<S: Scalar>: Operation {
  let adjoint: Convolution
  let site: LayerBinding<S>
  let hasBias: Bool
  let scratch: View?

  /// One row for each channel of each sample.
  private func planes(_ view: View, _ rows: Int) -> View {
    view.first(rows).reshaped(
      rows: rows * adjoint.channels, columns: adjoint.height * adjoint.width)
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func forward(_ memory: Workspace<S>, _ step: StepContext) {
    let y = site.output.first(step.rows)
    memory.convolveGradient(
      adjoint, dy: site.inputs[0].first(step.rows), weights: weights(site.parameters[0]), dx: y,
      scratch: scratch)
    guard hasBias else { return }
    let (outputs, bias) = (memory[y], memory[site.parameters[1]])
    let plane = adjoint.height * adjoint.width
    for index in 0..<outputs.count { outputs[index] += bias[index / plane % adjoint.channels] }
  }

  private func weights(_ view: View) -> View {
    view.reshaped(rows: adjoint.filters, columns: adjoint.weightsPerFilter)
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func backward(_ memory: Workspace<S>, _ step: StepContext) {
    guard let dy = site.outputGradient?.first(step.rows) else { return }
    if let dWeight = site.parameterGradients[0] {
      memory.convolveGradient(
        adjoint, x: dy, dy: site.inputs[0].first(step.rows), dw: weights(dWeight), dbias: nil,
        scratch: scratch)
    }
    if hasBias, let dBias = site.parameterGradients[1] {
      let (upstream, gradient) = (memory[dy], memory[dBias])
      let plane = adjoint.height * adjoint.width
      for channel in 0..<adjoint.channels { gradient[channel] = 0 }
      for index in 0..<upstream.count {
        gradient[index / plane % adjoint.channels] += upstream[index]
      }
    }
    if let dx = site.inputGradients[0] {
      memory.convolve(
        adjoint, dy, weights: weights(site.parameters[0]), bias: nil,
        into: dx.first(step.rows), scratch: scratch)
    }
  }
}

internal import Tensors

/// An activation with trained parameters: prelu, srelu, apl, swish, soft_exponential.
///
/// - Shapes: any → the same; prelu's slope (1) or (C), the others' parameters (1) or (hinges).
struct TrainedActivation: Layer {
  enum Form: Hashable, Sendable {
    /// One slope, or one for each channel.
    case prelu(channels: Int)
    case srelu
    case apl(hinges: Int)
    case swish
    case softExponential
  }

  let output: Shape
  let form: Form
  let start: [Double]

  var parameters: [ParameterSpec] {
    switch form {
    case .prelu(let channels):
      [ParameterSpec(name: "slope", shape: Shape(channels), role: .values(start))]
    case .srelu:
      zip(["tl", "al", "tr", "ar"], start).map {
        ParameterSpec(name: $0, shape: Shape(1), role: .constant($1))
      }
    case .apl(let hinges):
      [
        ParameterSpec(
          name: "a", shape: Shape(hinges), role: .values(Array(start.prefix(hinges)))),
        ParameterSpec(
          name: "b", shape: Shape(hinges), role: .values(Array(start.suffix(hinges)))),
      ]
    case .swish: [ParameterSpec(name: "beta", shape: Shape(1), role: .constant(start[0]))]
    case .softExponential:
      [ParameterSpec(name: "alpha", shape: Shape(1), role: .constant(start[0]))]
    }
  }

  /// Where the function or one of its first two derivatives jumps, for given parameters.
  func kinks(_ values: [[Double]]) -> [Double] {
    switch form {
    case .prelu: [0]
    case .srelu: [values[0][0], values[2][0]]
    case .apl: [0] + values[1]
    case .swish, .softExponential: []
    }
  }

  var kind: AnyLayer.Kind { .trainedActivation(self) }

  func operation<S: Scalar>(with binding: inout LayerBinding<S>) -> AnyOperation<S> {
    let count = parameters.reduce(0) { $0 + $1.shape.count }
    let sums = binding.plan.reserve(count)
    return AnyOperation(TrainedActivationOperation<S>(layer: self, binding: binding, sums: sums))
  }
}

private struct TrainedActivationOperation<S: Scalar>: Operation {
  let layer: TrainedActivation
  let binding: LayerBinding<S>
  /// dL/dparameters of one channel.
  let sums: View

  private func parameter(_ memory: Workspace<S>, _ index: Int, _ place: Int = 0) -> Double {
    memory[binding.parameters[index], 0, place].double
  }

  private var channels: Int {
    if case .prelu(let channels) = layer.form { return channels }
    return 1
  }

  private func leakyReLU(_ memory: Workspace<S>, channel: Int) -> TrainedLeakyReLU<S> {
    TrainedLeakyReLU(function: LeakyReLU(slope: parameter(memory, 0, channel)))
  }

  private func srelu(_ memory: Workspace<S>) -> TrainedSReLU<S> {
    TrainedSReLU(
      function: SReLU(
        leftKnot: parameter(memory, 0), leftSlope: parameter(memory, 1),
        rightKnot: parameter(memory, 2), rightSlope: parameter(memory, 3)))
  }

  private func hinges(_ memory: Workspace<S>) -> TrainedHinges<S> {
    TrainedHinges(heights: memory[binding.parameters[0]], places: memory[binding.parameters[1]])
  }

  private func swish(_ memory: Workspace<S>) -> TrainedSwish<S> {
    TrainedSwish(function: Swish(beta: parameter(memory, 0)))
  }

  private func softExponential(_ memory: Workspace<S>) -> TrainedSoftExponential<S> {
    TrainedSoftExponential(function: SoftExponential(alpha: parameter(memory, 0)))
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func forward(_ memory: Workspace<S>, _ step: StepContext) {
    switch layer.form {
    case .prelu:
      for channel in 0..<channels {
        forward(memory, step, leakyReLU(memory, channel: channel), channel: channel)
      }
    case .srelu: forward(memory, step, srelu(memory))
    case .apl: forward(memory, step, hinges(memory))
    case .swish: forward(memory, step, swish(memory))
    case .softExponential: forward(memory, step, softExponential(memory))
    }
  }

  /// Applies the function to one channel of every sample.
  private func forward(
    _ memory: Workspace<S>, _ step: StepContext, _ function: some TrainedFunction<S>,
    channel: Int = 0
  ) {
    let (x, y) = (
      memory[binding.inputs[0].first(step.rows)], memory[binding.output.first(step.rows)]
    )
    let plane = layer.output.count / channels
    for row in 0..<step.rows {
      let start = row * layer.output.count + channel * plane
      for index in start..<start + plane { y[index] = function.value(x[index]) }
    }
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func backward(_ memory: Workspace<S>, _ step: StepContext) {
    switch layer.form {
    case .prelu:
      for channel in 0..<channels {
        backward(memory, step, leakyReLU(memory, channel: channel), channel: channel)
      }
    case .srelu: backward(memory, step, srelu(memory))
    case .apl: backward(memory, step, hinges(memory))
    case .swish: backward(memory, step, swish(memory))
    case .softExponential: backward(memory, step, softExponential(memory))
    }
  }

  /// Computes the gradients of one channel of every sample.
  private func backward(
    _ memory: Workspace<S>, _ step: StepContext, _ function: some TrainedFunction<S>,
    channel: Int = 0
  ) {
    guard let upstream = binding.outputGradient?.first(step.rows) else { return }
    let (x, dy) = (memory[binding.inputs[0].first(step.rows)], memory[upstream])
    let dx = binding.inputGradients[0].map { memory[$0.first(step.rows)] }
    let plane = layer.output.count / channels
    let trains = binding.parameterGradients.contains { $0 != nil }
    let sums = memory[sums]
    for place in 0..<sums.count { sums[place] = 0 }
    for row in 0..<step.rows {
      let start = row * layer.output.count + channel * plane
      for index in start..<start + plane {
        if trains { function.addGradient(to: sums, x: x[index], dy: dy[index]) }
        dx?[index] = dy[index] * function.derivative(x[index])
      }
    }
    guard trains else { return }
    if case .prelu = layer.form {
      memory[binding.parameterGradients[0]!, 0, channel] = sums[0]
      return
    }
    var place = 0
    for case let view? in binding.parameterGradients {
      for column in 0..<view.columns {
        memory[view, 0, column] = sums[place]
        place += 1
      }
    }
  }
}

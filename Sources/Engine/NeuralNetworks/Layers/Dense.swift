internal import Tensors

/// A dense layer: y = f(xW + b).
///
/// - Shapes: x (I) → y (O); weight (O, I), stored as W (I, O), bias (O).
struct Dense: FusingLayer {
  var input: Int
  var units: Int
  var hasBias = true
  var initializer: Term?
  var biasInitializer: Term?

  var output: Shape { Shape(units) }
  var multiplyAdds: Int { saturatingProduct(input, units) }

  var parameters: [ParameterSpec] {
    let weight = ParameterSpec(
      name: "weight", shape: Shape(units, input), isTransposed: true, initializer: initializer)
    let bias = ParameterSpec(
      name: "bias", shape: Shape(units), role: .bias, initializer: biasInitializer)
    return hasBias ? [weight, bias] : [weight]
  }

  var kind: AnyLayer.Kind { .dense(self) }

  func operation<S: Scalar>(with binding: inout LayerBinding<S>, function: Function)
    -> AnyOperation<S>
  {
    AnyOperation(DenseOperation<S>(binding, hasBias: hasBias, function: function))
  }
}

/// - Shapes: x (N, I), y (N, O), weight (I, O), bias (1, O).
struct DenseOperation<S: Scalar>: Operation {
  let x: View
  let y: View
  let dx: View?
  let dy: View?
  let weight: View
  let bias: View?
  let dWeight: View?
  let dBias: View?
  let function: Function

  init(_ binding: LayerBinding<S>, hasBias: Bool, function: Function) {
    weight = binding.parameters[0]
    bias = hasBias ? binding.parameters[1] : nil
    dWeight = binding.parameterGradients[0]
    dBias = hasBias ? binding.parameterGradients[1] : nil
    x = binding.inputs[0]
    y = binding.output
    dx = binding.inputGradients[0]
    dy = binding.outputGradient
    self.function = function
  }

  /// True only for many weights: the gradients of few stay in the caches, and one update of all of
  /// them is faster.
  var stepsParameters: Bool { dWeight != nil && weight.count >= 4096 }

  func forward(_ memory: Workspace<S>, _ step: StepContext) {
    memory.dense(
      x.first(step.rows), weights: weight, bias: bias, function: function, into: y.first(step.rows))
  }

  func backward(_ memory: Workspace<S>, _ step: StepContext) {
    guard let dy = dy?.first(step.rows) else { return }
    let y = y.first(step.rows)
    if let dWeight {
      let stepping = stepsParameters ? step.stepping : nil
      let parameters = stepping.map {
        (weights: $0.part(weight), bias: bias.map($0.part))
      }
      let isFused = Workspace<S>.canStep(rows: step.rows, outputs: weight.columns)
      memory.denseGradient(
        x: x.first(step.rows), weights: weight, y: y, function: function, dy: dy, dw: dWeight,
        dbias: dBias, dx: dx?.first(step.rows), stepping: isFused ? parameters : nil)
      if let parameters, !isFused {
        memory.update(parameters.weights, gradient: dWeight)
        if let bias = parameters.bias, let dBias { memory.update(bias, gradient: dBias) }
      }
    } else if let dx {
      // Frozen: only earlier layers need the gradient.
      memory.applyGradient(function, dy: dy, saved: y, into: dy)
      memory.multiply(dy, weight, into: dx.first(step.rows), transposing: .right)
    }
  }
}

extension View {
  /// The first `count` rows, for a batch smaller than the capacity.
  func first(_ count: Int) -> View { count == rows ? self : rows(0..<count) }
}

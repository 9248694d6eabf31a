internal import Tensors

/// A function of one variable, element by element.
///
/// - Shapes: any → the same.
struct ActivationLayer: Layer {
  var output: Shape
  var function: ScalarFunction
  var name: String

  var kind: AnyLayer.Kind { .activation(self) }

  func operation<S: Scalar>(with binding: inout LayerBinding<S>) -> AnyOperation<S> {
    if S.usesMachineKernels, let kernel = function.kernel {
      return AnyOperation(
        KernelActivation<S>(
          x: binding.inputs[0], y: binding.output, dx: binding.inputGradients[0],
          dy: binding.outputGradient,
          function: kernel))
    }
    return AnyOperation(
      ScalarActivation<S>(
        x: binding.inputs[0], y: binding.output, dx: binding.inputGradients[0],
        dy: binding.outputGradient,
        map: function.map()))
  }

  /// The kernel that the layer before it may apply instead; nil where that is impossible.
  func fusable<S: Scalar>(for type: S.Type) -> Function? {
    guard let kernel = function.kernel, kernel.derivativeNeedsOutput else { return nil }
    return S.usesMachineKernels || function.fusesInDouble ? kernel : nil
  }
}

/// An activation computed by a kernel.
///
/// - Shapes: all (N, numbers of a sample).
struct KernelActivation<S: Scalar>: Operation {
  let x: View
  let y: View
  let dx: View?
  let dy: View?
  let function: Function

  func forward(_ memory: Workspace<S>, _ step: StepContext) {
    memory.apply(function, x.first(step.rows), into: y.first(step.rows))
  }

  func backward(_ memory: Workspace<S>, _ step: StepContext) {
    guard let dx, let dy else { return }
    let saved = function.derivativeNeedsOutput ? y : x
    memory.applyGradient(
      function, dy: dy.first(step.rows), saved: saved.first(step.rows), into: dx.first(step.rows))
  }
}

/// An activation computed by its own definition: for functions without a kernel and for Double.
///
/// - Shapes: all (N, numbers of a sample).
struct ScalarActivation<S: Scalar>: Operation {
  let x: View
  let y: View
  let dx: View?
  let dy: View?
  let map: ElementwiseMap<S>

  func forward(_ memory: Workspace<S>, _ step: StepContext) {
    map.apply(memory[x.first(step.rows)], memory[y.first(step.rows)])
  }

  func backward(_ memory: Workspace<S>, _ step: StepContext) {
    guard let dx, let dy else { return }
    map.applyDerivative(
      memory[x.first(step.rows)], memory[dy.first(step.rows)], memory[dx.first(step.rows)])
  }
}

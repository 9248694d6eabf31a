internal import Tensors

/// A function of one variable at every element.
struct ActivationLayer: Layer {
  var output: Shape
  var function: ScalarFunction
  var name: String

  var kind: AnyLayer.Kind { .activation(self) }

  func operation<S: Scalar>(at site: inout LayerBinding<S>) -> AnyOperation<S> {
    if S.usesMachineKernels, let kernel = function.kernel {
      return AnyOperation(
        KernelActivation<S>(
          x: site.inputs[0], y: site.output, dx: site.inputGradients[0], dy: site.outputGradient,
          function: kernel))
    }
    return AnyOperation(
      ScalarActivation<S>(
        x: site.inputs[0], y: site.output, dx: site.inputGradients[0], dy: site.outputGradient,
        map: function.map()))
  }

  /// What a layer before it may apply in its stead.
  func fusable<S: Scalar>(for type: S.Type) -> Function? {
    guard let kernel = function.kernel, kernel.derivativeNeedsOutput else { return nil }
    return S.usesMachineKernels || function.fusesInDouble ? kernel : nil
  }
}

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

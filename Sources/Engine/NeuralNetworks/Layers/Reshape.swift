internal import Tensors

/// The same numbers with another shape.
///
/// - Shapes: any → any with as many numbers.
struct Reshape: Layer {
  let output: Shape
  var multiplyAdds: Int { 0 }

  var kind: AnyLayer.Kind { .reshape(self) }

  func operation<S: Scalar>(with binding: inout LayerBinding<S>) -> AnyOperation<S> {
    AnyOperation(
      CopyOperation<S>(
        x: binding.inputs[0], y: binding.output, dx: binding.inputGradients[0],
        dy: binding.outputGradient))
  }
}

private struct CopyOperation<S: Scalar>: Operation {
  let x: View
  let y: View
  let dx: View?
  let dy: View?

  func forward(_ memory: Workspace<S>, _ step: StepContext) {
    memory.copy(x.first(step.rows), into: y.first(step.rows))
  }

  func backward(_ memory: Workspace<S>, _ step: StepContext) {
    guard let dx, let dy else { return }
    memory.copy(dy.first(step.rows), into: dx.first(step.rows))
  }
}

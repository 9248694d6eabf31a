internal import Tensors

/// The last step of a sequence.
///
/// - Shapes: (T, F) → (F).
struct LastStep: Layer {
  let input: Shape
  var output: Shape { Shape(input.extents[1]) }
  var multiplyAdds: Int { 0 }

  var kind: AnyLayer.Kind { .lastStep(self) }

  func operation<S: Scalar>(with binding: inout LayerBinding<S>) -> AnyOperation<S> {
    AnyOperation(
      LastStepOperation<S>(
        x: binding.inputs[0], y: binding.output, dx: binding.inputGradients[0],
        dy: binding.outputGradient))
  }
}

private struct LastStepOperation<S: Scalar>: Operation {
  let x: View
  let y: View
  let dx: View?
  let dy: View?

  private func last(_ view: View) -> View { view.columns(view.columns - y.columns..<view.columns) }

  func forward(_ memory: Workspace<S>, _ step: StepContext) {
    memory.copy(last(x.first(step.rows)), into: y.first(step.rows))
  }

  func backward(_ memory: Workspace<S>, _ step: StepContext) {
    guard let dx = dx?.first(step.rows), let dy else { return }
    memory.fill(dx, with: 0)
    memory.copy(dy.first(step.rows), into: last(dx))
  }
}

internal import Tensors

/// One dense layer applied to every step of a sequence.
///
/// - Shapes: x (T, F) → y (T, O); weight (O, F), bias (O).
struct TimeDistributedDense: FusingLayer {
  let steps: Int
  let dense: Dense

  var output: Shape { Shape(steps, dense.units) }
  var multiplyAdds: Int { saturatingProduct(steps, dense.multiplyAdds) }
  var parameters: [ParameterSpec] { dense.parameters }

  var kind: AnyLayer.Kind { .timeDistributedDense(self) }

  func operation<S: Scalar>(with binding: inout LayerBinding<S>, function: Function)
    -> AnyOperation<S>
  {
    let (capacity, steps) = (binding.capacity, steps)
    func rows(_ view: View) -> View {
      view.reshaped(rows: capacity * steps, columns: view.columns / steps)
    }
    let inner = LayerBinding<S>(
      capacity: capacity * steps, inputs: binding.inputs.map(rows), output: rows(binding.output),
      inputGradients: binding.inputGradients.map { $0.map(rows) },
      outputGradient: binding.outputGradient.map(rows), parameters: binding.parameters,
      parameterGradients: binding.parameterGradients, states: [], index: binding.index,
      plan: binding.plan)
    return AnyOperation(
      TimeDistributedDenseOperation<S>(
        steps: steps, dense: DenseOperation(inner, hasBias: dense.hasBias, function: function)))
  }
}

private struct TimeDistributedDenseOperation<S: Scalar>: Operation {
  let steps: Int
  let dense: DenseOperation<S>

  private func many(_ step: StepContext) -> StepContext {
    var step = step
    step.rows *= steps
    return step
  }

  func forward(_ memory: Workspace<S>, _ step: StepContext) { dense.forward(memory, many(step)) }
  func backward(_ memory: Workspace<S>, _ step: StepContext) { dense.backward(memory, many(step)) }
}

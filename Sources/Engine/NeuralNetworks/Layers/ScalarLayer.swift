internal import Tensors

/// One trained number for all elements: a factor or a summand.
///
/// - Shapes: any → the same; scale or shift (1).
/// - Source: Zhang, Dauphin, Ma, *Fixup initialization* (2019), whose residual branches have them.
struct ScalarLayer: Layer {
  enum Form: Hashable, Sendable { case scale, shift }
  let form: Form
  let output: Shape
  let start: Double

  var parameters: [ParameterSpec] {
    [
      ParameterSpec(
        name: form == .scale ? "scale" : "shift", shape: Shape(1), role: .constant(start))
    ]
  }

  var kind: AnyLayer.Kind { .scalar(self) }

  func operation<S: Scalar>(with binding: inout LayerBinding<S>) -> AnyOperation<S> {
    AnyOperation(ScalarOperation<S>(form: form, binding: binding))
  }
}

private struct ScalarOperation<S: Scalar>: Operation {
  let form: ScalarLayer.Form
  let binding: LayerBinding<S>

  func forward(_ memory: Workspace<S>, _ step: StepContext) {
    let value = memory[binding.parameters[0], 0, 0].double
    memory.scale(
      binding.inputs[0].first(step.rows), by: form == .scale ? value : 1,
      adding: form == .scale ? 0 : value, into: binding.output.first(step.rows))
  }

  func backward(_ memory: Workspace<S>, _ step: StepContext) {
    guard let dy = binding.outputGradient?.first(step.rows) else { return }
    if let gradient = binding.parameterGradients[0] {
      memory[gradient, 0, 0] =
        form == .scale ? memory.dot(dy, binding.inputs[0].first(step.rows)) : memory.sum(dy)
    }
    if let dx = binding.inputGradients[0]?.first(step.rows) {
      let value = form == .scale ? memory[binding.parameters[0], 0, 0].double : 1
      memory.scale(dy, by: value, into: dx)
    }
  }
}

internal import Tensors

/// The same numbers, read as another shape.
struct Reshape: Layer {
  let output: Shape
  var multiplyAdds: Int { 0 }

  var kind: AnyLayer.Kind { .reshape(self) }

  func operation<S: Scalar>(at site: inout LayerBinding<S>) -> AnyOperation<S> {
    AnyOperation(
      CopyOperation<S>(
        x: site.inputs[0], y: site.output, dx: site.inputGradients[0], dy: site.outputGradient))
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

/// The last step of a sequence.
struct LastStep: Layer {
  let input: Shape
  var output: Shape { Shape(input.extents[1]) }
  var multiplyAdds: Int { 0 }

  var kind: AnyLayer.Kind { .lastStep(self) }

  func operation<S: Scalar>(at site: inout LayerBinding<S>) -> AnyOperation<S> {
    AnyOperation(
      LastStepOperation<S>(
        x: site.inputs[0], y: site.output, dx: site.inputGradients[0], dy: site.outputGradient))
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

/// One trained number for all elements: a factor or a term.
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

  func operation<S: Scalar>(at site: inout LayerBinding<S>) -> AnyOperation<S> {
    AnyOperation(ScalarOperation<S>(form: form, site: site))
  }
}

private struct ScalarOperation<S: Scalar>: Operation {
  let form: ScalarLayer.Form
  let site: LayerBinding<S>

  func forward(_ memory: Workspace<S>, _ step: StepContext) {
    let value = memory[site.parameters[0], 0, 0].double
    memory.scale(
      site.inputs[0].first(step.rows), by: form == .scale ? value : 1,
      adding: form == .scale ? 0 : value, into: site.output.first(step.rows))
  }

  func backward(_ memory: Workspace<S>, _ step: StepContext) {
    guard let dy = site.outputGradient?.first(step.rows) else { return }
    if let gradient = site.parameterGradients[0] {
      memory[gradient, 0, 0] =
        form == .scale ? memory.dot(dy, site.inputs[0].first(step.rows)) : memory.sum(dy)
    }
    if let dx = site.inputGradients[0]?.first(step.rows) {
      let value = form == .scale ? memory[site.parameters[0], 0, 0].double : 1
      memory.scale(dy, by: value, into: dx)
    }
  }
}

internal import Tensors

/// Several values as one: their sum, or their concatenation.
///
/// - Shapes: add: any, all equal → the same. concat: (Cᵢ, H, W) → (ΣCᵢ, H, W), (T, Fᵢ) → (T, ΣFᵢ),
///   (Iᵢ) → (ΣIᵢ).
struct JoinLayer: Layer {
  let join: LayerSpec.Join
  let inputs: [Shape]
  let output: Shape

  /// - Returns: nil for shapes that do not fit.
  init?(_ join: LayerSpec.Join, _ inputs: [Shape]) {
    self.join = join
    self.inputs = inputs
    let first = inputs[0]
    switch join {
    case .add:
      guard inputs.allSatisfy({ $0 == first }) else { return nil }
      output = first
    case .concat:
      let axis = first.rank == 3 ? 0 : first.rank - 1
      var extents = first.extents
      extents[axis] = 0
      for shape in inputs {
        guard shape.rank == first.rank else { return nil }
        for index in extents.indices where index != axis {
          guard shape.extents[index] == first.extents[index] else { return nil }
        }
        extents[axis] += shape.extents[axis]
      }
      output = Shape(extents)
    }
  }

  var kind: AnyLayer.Kind { .join(self) }

  func operation<S: Scalar>(with binding: inout LayerBinding<S>) -> AnyOperation<S> {
    switch join {
    case .add: return AnyOperation(AddOperation<S>(binding: binding))
    case .concat:
      // Each step of a sequence is a row.
      let steps = output.rank == 2 ? output.extents[0] : 1
      return AnyOperation(ConcatOperation<S>(binding: binding, steps: steps))
    }
  }
}

private struct AddOperation<S: Scalar>: Operation {
  let binding: LayerBinding<S>

  func forward(_ memory: Workspace<S>, _ step: StepContext) {
    let y = binding.output.first(step.rows)
    memory.copy(binding.inputs[0].first(step.rows), into: y)
    for x in binding.inputs.dropFirst() { memory.addScaled(x.first(step.rows), to: y) }
  }

  func backward(_ memory: Workspace<S>, _ step: StepContext) {
    guard let dy = binding.outputGradient?.first(step.rows) else { return }
    for case let dx? in binding.inputGradients { memory.copy(dy, into: dx.first(step.rows)) }
  }
}

private struct ConcatOperation<S: Scalar>: Operation {
  let binding: LayerBinding<S>
  let steps: Int

  private func place(_ index: Int, in whole: View, _ rows: Int) -> View {
    let start = binding.inputs[..<index].reduce(0) { $0 + $1.columns } / steps
    let whole = whole.first(rows).reshaped(rows: rows * steps, columns: whole.columns / steps)
    return whole.columns(start..<start + binding.inputs[index].columns / steps)
  }

  private func part(_ view: View, _ rows: Int) -> View {
    view.first(rows).reshaped(rows: rows * steps, columns: view.columns / steps)
  }

  func forward(_ memory: Workspace<S>, _ step: StepContext) {
    for (index, x) in binding.inputs.enumerated() {
      memory.copy(part(x, step.rows), into: place(index, in: binding.output, step.rows))
    }
  }

  func backward(_ memory: Workspace<S>, _ step: StepContext) {
    guard let dy = binding.outputGradient else { return }
    for (index, dx) in binding.inputGradients.enumerated() {
      guard let dx else { continue }
      memory.copy(place(index, in: dy, step.rows), into: part(dx, step.rows))
    }
  }
}

internal import Tensors

/// Several values as one: their sum, or side by side.
struct JoinLayer: Layer {
  let join: LayerSpec.Join
  let inputs: [Shape]
  let output: Shape

  /// nil where the shapes do not fit. Images are joined along their channels, sequences along
  /// their features, rows end to end.
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

  func operation<S: Scalar>(at site: inout LayerBinding<S>) -> AnyOperation<S> {
    switch join {
    case .add: return AnyOperation(AddOperation<S>(site: site))
    case .concat:
      // A sequence's steps are rows of their own.
      let steps = output.rank == 2 ? output.extents[0] : 1
      return AnyOperation(ConcatOperation<S>(site: site, steps: steps))
    }
  }
}

private struct AddOperation<S: Scalar>: Operation {
  let site: LayerBinding<S>

  func forward(_ memory: Workspace<S>, _ step: StepContext) {
    let y = site.output.first(step.rows)
    memory.copy(site.inputs[0].first(step.rows), into: y)
    for x in site.inputs.dropFirst() { memory.addScaled(x.first(step.rows), to: y) }
  }

  func backward(_ memory: Workspace<S>, _ step: StepContext) {
    guard let dy = site.outputGradient?.first(step.rows) else { return }
    for case let dx? in site.inputGradients { memory.copy(dy, into: dx.first(step.rows)) }
  }
}

private struct ConcatOperation<S: Scalar>: Operation {
  let site: LayerBinding<S>
  let steps: Int

  private func place(_ index: Int, in whole: View, _ rows: Int) -> View {
    let start = site.inputs[..<index].reduce(0) { $0 + $1.columns } / steps
    let whole = whole.first(rows).reshaped(rows: rows * steps, columns: whole.columns / steps)
    return whole.columns(start..<start + site.inputs[index].columns / steps)
  }

  private func part(_ view: View, _ rows: Int) -> View {
    view.first(rows).reshaped(rows: rows * steps, columns: view.columns / steps)
  }

  func forward(_ memory: Workspace<S>, _ step: StepContext) {
    for (index, x) in site.inputs.enumerated() {
      memory.copy(part(x, step.rows), into: place(index, in: site.output, step.rows))
    }
  }

  func backward(_ memory: Workspace<S>, _ step: StepContext) {
    guard let dy = site.outputGradient else { return }
    for (index, dx) in site.inputGradients.enumerated() {
      guard let dx else { continue }
      memory.copy(place(index, in: dy, step.rows), into: part(dx, step.rows))
    }
  }
}

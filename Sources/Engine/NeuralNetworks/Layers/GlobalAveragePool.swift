internal import Tensors

/// The mean of each channel of an image, or of each feature over the steps of a sequence.
///
/// - Shapes: (C, H, W) → (C), or (T, F) → (F).
struct GlobalAveragePool: Layer {
  /// The numbers that are averaged: a channel's pixels, or a sequence's steps.
  enum Form: Hashable, Sendable { case pixels, steps }
  let form: Form
  let input: Shape

  var groups: Int { form == .pixels ? input.extents[0] : input.extents[1] }
  var length: Int { input.count / groups }
  var output: Shape { Shape(groups) }
  var multiplyAdds: Int { input.count }

  var kind: AnyLayer.Kind { .globalAveragePool(self) }

  func operation<S: Scalar>(with binding: inout LayerBinding<S>) -> AnyOperation<S> {
    AnyOperation(
      GlobalAveragePoolOperation<S>(
        layer: self, x: binding.inputs[0], y: binding.output, dx: binding.inputGradients[0],
        dy: binding.outputGradient))
  }
}

private struct GlobalAveragePoolOperation<S: Scalar>: Operation {
  let layer: GlobalAveragePool
  let x: View
  let y: View
  let dx: View?
  let dy: View?

  private func index(_ row: Int, _ group: Int, _ place: Int) -> Int {
    layer.form == .pixels
      ? (row * layer.groups + group) * layer.length + place
      : (row * layer.length + place) * layer.groups + group
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func forward(_ memory: Workspace<S>, _ step: StepContext) {
    let (input, output) = (memory[x.first(step.rows)], memory[y.first(step.rows)])
    for row in 0..<step.rows {
      for group in 0..<layer.groups {
        var sum: S = 0
        for place in 0..<layer.length { sum += input[index(row, group, place)] }
        output[row * layer.groups + group] = sum / S(Double(layer.length))
      }
    }
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func backward(_ memory: Workspace<S>, _ step: StepContext) {
    guard let dx, let dy else { return }
    let (gradient, upstream) = (memory[dx.first(step.rows)], memory[dy.first(step.rows)])
    for row in 0..<step.rows {
      for group in 0..<layer.groups {
        let share = upstream[row * layer.groups + group] / S(Double(layer.length))
        for place in 0..<layer.length { gradient[index(row, group, place)] = share }
      }
    }
  }
}

internal import Tensors

/// Adds sinusoids that encode the position of each step to its features.
///
/// - Shapes: (T, F) → the same.
/// - Source: Vaswani et al., *Attention is all you need* (2017), §3.5.
struct SinusoidalPositionEncoding: Layer {
  let output: Shape

  var kind: AnyLayer.Kind { .positionEncoding(self) }

  func operation<S: Scalar>(with binding: inout LayerBinding<S>) -> AnyOperation<S> {
    let (steps, size) = (output.extents[0], output.extents[1])
    var waves: [S] = []
    for step in 0..<steps {
      for feature in 0..<size {
        let power = Double.pow(10_000, Double(feature / 2 * 2) / Double(size))
        let angle = Double(step) / power
        waves.append(S(feature % 2 == 0 ? Double.sin(angle) : Double.cos(angle)))
      }
    }
    return AnyOperation(
      SinusoidalPositionEncodingOperation<S>(
        waves: waves, x: binding.inputs[0], y: binding.output, dx: binding.inputGradients[0],
        dy: binding.outputGradient))
  }
}

private struct SinusoidalPositionEncodingOperation<S: Scalar>: Operation {
  let waves: [S]
  let x: View
  let y: View
  let dx: View?
  let dy: View?

  @specialized(where S == Float)
  @specialized(where S == Double)
  func forward(_ memory: Workspace<S>, _ step: StepContext) {
    let (input, output) = (memory[x.first(step.rows)], memory[y.first(step.rows)])
    for index in 0..<input.count { output[index] = input[index] + waves[index % waves.count] }
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func backward(_ memory: Workspace<S>, _ step: StepContext) {
    guard let dx, let dy else { return }
    memory.copy(dy.first(step.rows), into: dx.first(step.rows))
  }
}

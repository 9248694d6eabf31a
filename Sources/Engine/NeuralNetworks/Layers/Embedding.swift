internal import Tensors

/// A trained vector for each symbol of a sequence.
///
/// - Shapes: symbols (T) → (T, F); weight (symbols, F).
struct Embedding: Layer {
  let steps: Int
  let symbols: Int
  let size: Int
  var initializer: Term?

  var output: Shape { Shape(steps, size) }
  var multiplyAdds: Int { 0 }

  var parameters: [ParameterSpec] {
    let normal = Registry.entry(.initializer, "normal")!
    return [
      ParameterSpec(
        name: "weight", shape: Shape(symbols, size),
        initializer: initializer ?? (try? normal.term(["std": .number(1)])))
    ]
  }

  var kind: AnyLayer.Kind { .embedding(self) }

  func operation<S: Scalar>(with binding: inout LayerBinding<S>) -> AnyOperation<S> {
    AnyOperation(EmbeddingOperation<S>(layer: self, binding: binding))
  }
}

private struct EmbeddingOperation<S: Scalar>: Operation {
  let layer: Embedding
  let binding: LayerBinding<S>

  /// The symbol as an index, clamped to the known ones; data are checked when they are loaded.
  private func symbol(_ value: S) -> Int {
    min(max(Int(clamped: value.double), 0), layer.symbols - 1)
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func forward(_ memory: Workspace<S>, _ step: StepContext) {
    let (x, y) = (
      memory[binding.inputs[0].first(step.rows)], memory[binding.output.first(step.rows)]
    )
    let weight = memory[binding.parameters[0]]
    for index in 0..<x.count {
      let start = symbol(x[index]) * layer.size
      for place in 0..<layer.size { y[index * layer.size + place] = weight[start + place] }
    }
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func backward(_ memory: Workspace<S>, _ step: StepContext) {
    guard let upstream = binding.outputGradient, let view = binding.parameterGradients[0] else {
      return
    }
    memory.fill(view, with: 0)
    let (x, dy) = (memory[binding.inputs[0].first(step.rows)], memory[upstream.first(step.rows)])
    let gradient = memory[view]
    for index in 0..<x.count {
      let start = symbol(x[index]) * layer.size
      for place in 0..<layer.size { gradient[start + place] += dy[index * layer.size + place] }
    }
  }
}

internal import Tensors

/// A trained vector for each symbol of a sequence.
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

  func operation<S: Scalar>(at site: inout LayerBinding<S>) -> AnyOperation<S> {
    AnyOperation(EmbeddingOperation<S>(layer: self, site: site))
  }
}

private struct EmbeddingOperation<S: Scalar>: Operation {
  let layer: Embedding
  let site: LayerBinding<S>

  /// Symbols beyond the last are taken for the last: data are checked when they are read.
  private func symbol(_ value: S) -> Int {
    min(max(Int(clamped: value.double), 0), layer.symbols - 1)
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func forward(_ memory: Workspace<S>, _ step: StepContext) {
    let (x, y) = (memory[site.inputs[0].first(step.rows)], memory[site.output.first(step.rows)])
    let weight = memory[site.parameters[0]]
    for index in 0..<x.count {
      let start = symbol(x[index]) * layer.size
      for place in 0..<layer.size { y[index * layer.size + place] = weight[start + place] }
    }
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func backward(_ memory: Workspace<S>, _ step: StepContext) {
    guard let upstream = site.outputGradient, let view = site.parameterGradients[0] else { return }
    memory.fill(view, with: 0)
    let (x, dy) = (memory[site.inputs[0].first(step.rows)], memory[upstream.first(step.rows)])
    let gradient = memory[view]
    for index in 0..<x.count {
      let start = symbol(x[index]) * layer.size
      for place in 0..<layer.size { gradient[start + place] += dy[index * layer.size + place] }
    }
  }
}

/// One dense layer for every step of a sequence.
struct TimeDistributedDense: FusingLayer {
  let steps: Int
  let dense: Dense

  var output: Shape { Shape(steps, dense.units) }
  var multiplyAdds: Int { saturatingProduct(steps, dense.multiplyAdds) }
  var parameters: [ParameterSpec] { dense.parameters }

  var kind: AnyLayer.Kind { .denseSteps(self) }

  func operation<S: Scalar>(at site: inout LayerBinding<S>, function: Function) -> AnyOperation<S> {
    let (capacity, steps) = (site.capacity, steps)
    func rows(_ view: View) -> View {
      view.reshaped(rows: capacity * steps, columns: view.columns / steps)
    }
    let inner = LayerBinding<S>(
      capacity: capacity * steps, inputs: site.inputs.map(rows), output: rows(site.output),
      inputGradients: site.inputGradients.map { $0.map(rows) },
      outputGradient: site.outputGradient.map(rows), parameters: site.parameters,
      parameterGradients: site.parameterGradients, states: [], index: site.index, plan: site.plan)
    return AnyOperation(
      DenseStepsOperation<S>(
        steps: steps, dense: DenseOperation(inner, hasBias: dense.hasBias, function: function)))
  }
}

private struct DenseStepsOperation<S: Scalar>: Operation {
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

/// Waves that tell a sequence's steps apart, added to its features.
///
/// - Source: Vaswani et al., *Attention is all you need* (2017), §3.5.
struct SinusoidalPositionEncoding: Layer {
  let output: Shape

  var kind: AnyLayer.Kind { .positions(self) }

  func operation<S: Scalar>(at site: inout LayerBinding<S>) -> AnyOperation<S> {
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
      PositionOperation<S>(
        waves: waves, x: site.inputs[0], y: site.output, dx: site.inputGradients[0],
        dy: site.outputGradient))
  }
}

private struct PositionOperation<S: Scalar>: Operation {
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

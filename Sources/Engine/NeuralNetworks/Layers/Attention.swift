internal import Tensors

/// Scaled dot-product attention of a sequence with itself, in one or several heads.
///
/// `softmax(QKᵀ/√d)V·Wₒ` with Q, K and V affine in x and d = F/heads; a causal one masks later
/// steps.
/// - Shapes: x (T, F) → y (T, F); weights (F, F) and biases (F) of q, k, v and o.
/// - Source: Vaswani et al., *Attention is all you need* (2017), §3.2.
struct Attention: Layer {
  let steps: Int
  let features: Int
  let heads: Int
  let isCausal: Bool
  var initializer: Term?

  var output: Shape { Shape(steps, features) }
  var multiplyAdds: Int {
    // 4·T·F² for the projections and 2·T²·F for scores and values.
    saturatingProduct(2, steps, features, 2 * features + steps)
  }

  var parameters: [ParameterSpec] {
    ["q", "k", "v", "o"].flatMap { name in
      [
        ParameterSpec(
          name: "weight_\(name)", shape: Shape(features, features), isTransposed: true,
          initializer: initializer),
        ParameterSpec(name: "bias_\(name)", shape: Shape(features), role: .bias),
      ]
    }
  }

  var kind: AnyLayer.Kind { .attention(self) }

  func operation<S: Scalar>(with binding: inout LayerBinding<S>) -> AnyOperation<S> {
    let (capacity, steps, features) = (binding.capacity, steps, features)
    func matrix() -> View { binding.plan.reserve(rows: capacity * steps, columns: features) }
    let forward = (0..<4).map { _ in matrix() }
    let backward = (0..<4).map { _ in matrix() }
    let scores = binding.plan.reserve(rows: capacity * heads * steps, columns: steps)
    let dScores = binding.plan.reserve(rows: steps, columns: steps)
    return AnyOperation(
      AttentionOperation<S>(
        layer: self, binding: binding, projections: forward, gradients: backward, scores: scores,
        dScores: dScores))
  }
}

/// - Shapes: x, y and their gradients (N, T·F).
private struct AttentionOperation<S: Scalar>: Operation {
  let layer: Attention
  let binding: LayerBinding<S>
  /// q, k, v and the heads' outputs: (N·T, F) each.
  let projections: [View]
  let gradients: [View]
  /// The softmax of every head of every sample: (N·heads·T, T).
  let scores: View
  let dScores: View

  private func rows(_ view: View, _ count: Int) -> View {
    view.first(count).reshaped(rows: count * layer.steps, columns: layer.features)
  }

  private func head(_ view: View, _ sample: Int, _ head: Int) -> View {
    let size = layer.features / layer.heads
    return view.rows(sample * layer.steps..<(sample + 1) * layer.steps)
      .columns(head * size..<(head + 1) * size)
  }

  private func weights(_ sample: Int, _ head: Int) -> View {
    let start = (sample * layer.heads + head) * layer.steps
    return scores.rows(start..<start + layer.steps)
  }

  private var scale: Double { 1 / Double(layer.features / layer.heads).squareRoot() }

  func forward(_ memory: Workspace<S>, _ step: StepContext) {
    let x = rows(binding.inputs[0], step.rows)
    let count = step.rows * layer.steps
    for index in 0..<3 {
      memory.multiply(
        x, binding.parameters[2 * index], into: projections[index].first(count),
        bias: binding.parameters[2 * index + 1])
    }
    for sample in 0..<step.rows {
      for index in 0..<layer.heads {
        let shares = weights(sample, index)
        memory.multiply(
          head(projections[0], sample, index), head(projections[1], sample, index), into: shares,
          transposing: .right, alpha: scale)
        if layer.isCausal {
          for row in 0..<layer.steps - 1 {
            memory.fill(shares.row(row).columns(row + 1..<layer.steps), with: -.infinity)
          }
        }
        memory.softmax(shares, into: shares)
        memory.multiply(
          shares, head(projections[2], sample, index), into: head(projections[3], sample, index))
      }
    }
    memory.multiply(
      projections[3].first(count), binding.parameters[6], into: rows(binding.output, step.rows),
      bias: binding.parameters[7])
  }

  func backward(_ memory: Workspace<S>, _ step: StepContext) {
    guard let upstream = binding.outputGradient else { return }
    let dy = rows(upstream, step.rows)
    let count = step.rows * layer.steps
    memory.multiply(dy, binding.parameters[6], into: gradients[3].first(count), transposing: .right)
    accumulate(memory, 3, projections[3].first(count), dy)
    for sample in 0..<step.rows {
      for index in 0..<layer.heads {
        let shares = weights(sample, index)
        let (q, k, v) = (
          head(projections[0], sample, index), head(projections[1], sample, index),
          head(projections[2], sample, index)
        )
        let dHead = head(gradients[3], sample, index)
        memory.multiply(
          shares, dHead, into: head(gradients[2], sample, index), transposing: .left)
        memory.multiply(dHead, v, into: dScores, transposing: .right)
        memory.softmaxGradient(dy: dScores, y: shares, into: dScores)
        memory.multiply(dScores, k, into: head(gradients[0], sample, index), alpha: scale)
        memory.multiply(
          dScores, q, into: head(gradients[1], sample, index), transposing: .left, alpha: scale)
      }
    }
    let x = rows(binding.inputs[0], step.rows)
    for index in 0..<3 {
      let gradient = gradients[index].first(count)
      accumulate(memory, index, x, gradient)
      if let dx = binding.inputGradients[0] {
        memory.multiply(
          gradient, binding.parameters[2 * index], into: rows(dx, step.rows), transposing: .right,
          beta: index == 0 ? 0 : 1)
      }
    }
  }

  private func accumulate(_ memory: Workspace<S>, _ index: Int, _ x: View, _ dy: View) {
    if let gradient = binding.parameterGradients[2 * index] {
      memory.multiply(x, dy, into: gradient, transposing: .left)
    }
    if let gradient = binding.parameterGradients[2 * index + 1] {
      memory.sumColumns(dy, into: gradient)
    }
  }
}

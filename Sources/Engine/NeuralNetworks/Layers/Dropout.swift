internal import Tensors

/// Drops random units during training; alpha dropout replaces them by selu's saturation.
///
/// - Shapes: any → the same.
/// - Source: Srivastava et al., *Dropout* (2014); Klambauer et al., *Self-normalizing neural
///   networks* (2017) for alpha dropout.
struct Dropout: Layer {
  let output: Shape
  /// The probability that a unit is dropped.
  let rate: Double
  /// Whether it is alpha dropout, which keeps mean and variance.
  var keepsMoments = false
  /// A mask of kept (1) and dropped (0) units instead of a random one, for comparisons.
  var mask: [Double]?

  var kind: AnyLayer.Kind { .dropout(self) }

  func operation<S: Scalar>(with binding: inout LayerBinding<S>) -> AnyOperation<S> {
    let mask = binding.reserve(columns: output.count)
    // Alpha dropout: dropped units become α' = -λα, then an affine map restores mean and variance.
    let low = -ELU.seluAlpha * ELU.seluScale
    let keep = 1 - rate
    let factor = keepsMoments ? 1 / (keep * (1 + rate * low * low)).squareRoot() : 1 / keep
    return AnyOperation(
      DropoutOperation<S>(
        x: binding.inputs[0], y: binding.output, dx: binding.inputGradients[0],
        dy: binding.outputGradient,
        mask: mask, purpose: "dropout \(binding.index)", rate: rate, factor: factor,
        low: keepsMoments ? low * factor : 0, offset: keepsMoments ? -factor * rate * low : 0,
        given: self.mask.map { $0.map { S($0 * factor) } }))
  }
}

/// y = x·m + [m = 0]·low + offset, where m is 0 or `factor`; the mask is kept for the backward
/// pass.
///
/// - Shapes: all (N, numbers of a sample).
struct DropoutOperation<S: Scalar>: Operation {
  let x: View
  let y: View
  let dx: View?
  let dy: View?
  let mask: View
  let purpose: String
  let rate: Double
  let factor: Double
  let low: Double
  let offset: Double
  /// The given mask, times `factor`, instead of a random one.
  let given: [S]?

  @specialized(where S == Float)
  @specialized(where S == Double)
  func forward(_ memory: Workspace<S>, _ step: StepContext) {
    guard step.isTraining, rate > 0 else {
      memory.copy(x.first(step.rows), into: y.first(step.rows))
      memory.fill(mask.first(step.rows), with: 1)
      return
    }
    let (input, output) = (memory[x.first(step.rows)], memory[y.first(step.rows)])
    let kept = memory[mask.first(step.rows)]
    let (factor, low, offset) = (S(factor), S(low), S(offset))
    if let given {
      memory.set(mask.first(step.rows), given)
    } else {
      var generator = Generator(seed: step.seed, purpose: purpose, index: step.number)
      for index in 0..<input.count { kept[index] = generator.bernoulli(rate) ? 0 : factor }
    }
    for index in 0..<input.count {
      output[index] = input[index] * kept[index] + (kept[index] == 0 ? low : 0) + offset
    }
  }

  func backward(_ memory: Workspace<S>, _ step: StepContext) {
    guard let dx, let dy else { return }
    memory.multiplyElements(
      dy.first(step.rows), mask.first(step.rows), into: dx.first(step.rows))
  }
}

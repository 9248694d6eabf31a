internal import Tensors

/// Units dropped at random while training, or replaced by selu's saturation.
struct Dropout: Layer {
  let output: Shape
  let share: Double
  var keepsMoments = false
  /// What is kept (1) and dropped (0) in place of a draw: for comparisons with a given mask.
  var mask: [Double]?

  var kind: AnyLayer.Kind { .dropout(self) }

  func operation<S: Scalar>(at site: inout LayerBinding<S>) -> AnyOperation<S> {
    let mask = site.reserve(columns: output.count)
    // Alpha dropout: dropped units become α' = -λα, then an affine map restores mean and variance.
    let low = -ELU.seluAlpha * ELU.seluScale
    let keep = 1 - share
    let factor = keepsMoments ? 1 / (keep * (1 + share * low * low)).squareRoot() : 1 / keep
    return AnyOperation(
      DropoutOperation<S>(
        x: site.inputs[0], y: site.output, dx: site.inputGradients[0], dy: site.outputGradient,
        mask: mask, purpose: "dropout \(site.index)", share: share, factor: factor,
        low: keepsMoments ? low * factor : 0, offset: keepsMoments ? -factor * share * low : 0,
        given: self.mask.map { $0.map { S($0 * factor) } }))
  }
}

/// y = x·m + (1-m)·low + offset, where m is 0 or `factor`; the mask lies in memory for backward.
struct DropoutOperation<S: Scalar>: Operation {
  let x: View
  let y: View
  let dx: View?
  let dy: View?
  let mask: View
  let purpose: String
  let share: Double
  let factor: Double
  let low: Double
  let offset: Double
  /// The mask in place of a draw.
  let given: [S]?

  @specialized(where S == Float)
  @specialized(where S == Double)
  func forward(_ memory: Workspace<S>, _ step: StepContext) {
    guard step.isTraining, share > 0 else {
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
      for index in 0..<input.count { kept[index] = generator.bernoulli(share) ? 0 : factor }
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

/// A leaky rectifier whose slope is drawn for every element while training.
struct RandomizedReLU: Layer {
  let output: Shape
  let lower: Double
  let upper: Double

  var kind: AnyLayer.Kind { .randomizedReLU(self) }

  func operation<S: Scalar>(at site: inout LayerBinding<S>) -> AnyOperation<S> {
    AnyOperation(
      RandomizedReLUOperation<S>(
        x: site.inputs[0], y: site.output, dx: site.inputGradients[0], dy: site.outputGradient,
        slopes: site.reserve(columns: output.count), purpose: "rrelu \(site.index)", lower: lower,
        upper: upper))
  }
}

private struct RandomizedReLUOperation<S: Scalar>: Operation {
  let x: View
  let y: View
  let dx: View?
  let dy: View?
  let slopes: View
  let purpose: String
  let lower: Double
  let upper: Double

  @specialized(where S == Float)
  @specialized(where S == Double)
  func forward(_ memory: Workspace<S>, _ step: StepContext) {
    let (input, output) = (memory[x.first(step.rows)], memory[y.first(step.rows)])
    let slope = memory[slopes.first(step.rows)]
    var generator = Generator(seed: step.seed, purpose: purpose, index: step.number)
    for index in 0..<input.count {
      let drawn =
        step.isTraining ? lower + (upper - lower) * generator.uniform() : (lower + upper) / 2
      slope[index] = input[index] > 0 ? 1 : S(drawn)
      output[index] = input[index] * slope[index]
    }
  }

  func backward(_ memory: Workspace<S>, _ step: StepContext) {
    guard let dx, let dy else { return }
    memory.multiplyElements(
      dy.first(step.rows), slopes.first(step.rows), into: dx.first(step.rows))
  }
}

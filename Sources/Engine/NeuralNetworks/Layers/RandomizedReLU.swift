internal import Tensors

/// A leaky rectifier whose slope is drawn for every element during training, and is the mean slope
/// otherwise.
///
/// - Shapes: any → the same.
/// - Source: Xu et al., *Empirical evaluation of rectified activations in convolutional network*
///   (2015).
struct RandomizedReLU: Layer {
  let output: Shape
  let lower: Double
  let upper: Double

  var kind: AnyLayer.Kind { .randomizedReLU(self) }

  func operation<S: Scalar>(with binding: inout LayerBinding<S>) -> AnyOperation<S> {
    AnyOperation(
      RandomizedReLUOperation<S>(
        x: binding.inputs[0], y: binding.output, dx: binding.inputGradients[0],
        dy: binding.outputGradient,
        slopes: binding.reserve(columns: output.count), purpose: "rrelu \(binding.index)",
        lower: lower,
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

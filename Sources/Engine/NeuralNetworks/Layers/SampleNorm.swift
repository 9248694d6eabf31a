internal import Tensors

/// Normalizes groups of each sample's numbers to mean 0 and variance 1 (or mean square 1), then
/// applies a trained scale and shift: layer, group, instance and RMS normalization.
///
/// - Shapes: (C, H, W), (T, F) or (I) → the same. Weight and bias have one number for each channel
///   (group, instance), each feature (sequences), or each number of a sample (layer, RMS).
/// - Source: Ba, Kiros, Hinton, *Layer normalization* (2016); Wu, He, *Group normalization* (2018);
///   Ulyanov et al., *Instance normalization* (2016); Zhang, Sennrich, *RMSNorm* (2019).
struct SampleNorm: Layer {
  let output: Shape
  /// Equal runs of consecutive numbers that are normalized together.
  let groups: Int
  /// Consecutive numbers that share one scale and shift.
  let plane: Int
  let epsilon: Double
  var isRootMeanSquare = false

  /// The count of numbers after which scales repeat: those of a sample, or of a step of a sequence.
  let period: Int

  private var scaleShape: Shape {
    if plane > 1 || output.rank == 1 { return Shape(period / plane) }
    return output.rank == 2 ? Shape(output.extents[1]) : output
  }

  var parameters: [ParameterSpec] {
    let weight = ParameterSpec(name: "weight", shape: scaleShape, role: .constant(1))
    let bias = ParameterSpec(name: "bias", shape: scaleShape, role: .constant(0))
    return isRootMeanSquare ? [weight] : [weight, bias]
  }

  var kind: AnyLayer.Kind { .sampleNorm(self) }

  func operation<S: Scalar>(with binding: inout LayerBinding<S>) -> AnyOperation<S> {
    AnyOperation(
      SampleNormOperation<S>(
        layer: self, normalized: binding.reserve(columns: output.count),
        deviations: binding.reserve(columns: groups), binding: binding))
  }
}

private struct SampleNormOperation<S: Scalar>: Operation {
  let layer: SampleNorm
  let normalized: View
  let deviations: View
  let binding: LayerBinding<S>

  @specialized(where S == Float)
  @specialized(where S == Double)
  func forward(_ memory: Workspace<S>, _ step: StepContext) {
    let (x, y) = (
      memory[binding.inputs[0].first(step.rows)], memory[binding.output.first(step.rows)]
    )
    let weight = memory[binding.parameters[0].flattened]
    let bias = layer.isRootMeanSquare ? weight : memory[binding.parameters[1].flattened]
    let (hat, inverse) = (memory[normalized.first(step.rows)], memory[deviations.first(step.rows)])
    let length = layer.output.count / layer.groups
    let epsilon = S(layer.epsilon)
    for group in 0..<step.rows * layer.groups {
      let range = group * length..<(group + 1) * length
      var mean: S = 0
      if !layer.isRootMeanSquare {
        for index in range { mean += x[index] }
        mean /= S(Double(length))
      }
      var squares: S = 0
      for index in range { squares += (x[index] - mean) * (x[index] - mean) }
      let scale = 1 / (squares / S(Double(length)) + epsilon).squareRoot()
      inverse[group] = scale
      for index in range {
        hat[index] = (x[index] - mean) * scale
        let place = index % layer.period / layer.plane
        y[index] = hat[index] * weight[place] + (layer.isRootMeanSquare ? 0 : bias[place])
      }
    }
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func backward(_ memory: Workspace<S>, _ step: StepContext) {
    guard let upstream = binding.outputGradient?.first(step.rows) else { return }
    let dy = memory[upstream]
    let weight = memory[binding.parameters[0].flattened]
    let (hat, inverse) = (memory[normalized.first(step.rows)], memory[deviations.first(step.rows)])
    if let dWeight = binding.parameterGradients[0].map({ memory[$0.flattened] }) {
      for place in 0..<dWeight.count { dWeight[place] = 0 }
      for index in 0..<dy.count {
        dWeight[index % layer.period / layer.plane] += dy[index] * hat[index]
      }
    }
    if !layer.isRootMeanSquare,
      let dBias = binding.parameterGradients[1].map({ memory[$0.flattened] })
    {
      for place in 0..<dBias.count { dBias[place] = 0 }
      for index in 0..<dy.count { dBias[index % layer.period / layer.plane] += dy[index] }
    }
    guard let dx = binding.inputGradients[0].map({ memory[$0.first(step.rows)] }) else { return }
    let length = layer.output.count / layer.groups
    for group in 0..<step.rows * layer.groups {
      let range = group * length..<(group + 1) * length
      var sum: S = 0
      var product: S = 0
      for index in range {
        let g = dy[index] * weight[index % layer.period / layer.plane]
        sum += g
        product += g * hat[index]
      }
      sum = layer.isRootMeanSquare ? 0 : sum / S(Double(length))
      product /= S(Double(length))
      for index in range {
        let g = dy[index] * weight[index % layer.period / layer.plane]
        dx[index] = inverse[group] * (g - sum - hat[index] * product)
      }
    }
  }
}

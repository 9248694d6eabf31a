internal import Tensors

/// Each channel to mean 0 and variance 1 over the batch, then a trained scale and shift.
struct BatchNorm: Layer {
  let output: Shape
  let momentum: Double
  let epsilon: Double

  var channels: Int { output.extents[0] }
  /// Numbers of a channel in one sample.
  var plane: Int { output.count / channels }

  var parameters: [ParameterSpec] {
    [
      ParameterSpec(name: "weight", shape: Shape(channels), role: .constant(1)),
      ParameterSpec(name: "bias", shape: Shape(channels), role: .constant(0)),
    ]
  }

  var states: [StateSpec] {
    [
      StateSpec(name: "running_mean", count: channels, initial: 0),
      StateSpec(name: "running_var", count: channels, initial: 1),
    ]
  }

  var kind: AnyLayer.Kind { .batchNorm(self) }

  func operation<S: Scalar>(at site: inout LayerBinding<S>) -> AnyOperation<S> {
    AnyOperation(
      BatchNormOperation<S>(
        layer: self, normalized: site.reserve(columns: output.count),
        deviations: site.plan.reserve(channels), site: site))
  }
}

private struct BatchNormOperation<S: Scalar>: Operation {
  let layer: BatchNorm
  /// (x - mean)/deviation, and 1/deviation, for backward.
  let normalized: View
  let deviations: View
  let site: LayerBinding<S>

  @specialized(where S == Float)
  @specialized(where S == Double)
  func forward(_ memory: Workspace<S>, _ step: StepContext) {
    let (x, y) = (memory[site.inputs[0].first(step.rows)], memory[site.output.first(step.rows)])
    let (weight, bias) = (memory[site.parameters[0]], memory[site.parameters[1]])
    let (runningMean, runningVariance) = (memory[site.states[0]], memory[site.states[1]])
    let (hat, inverse) = (memory[normalized.first(step.rows)], memory[deviations])
    let (channels, plane) = (layer.channels, layer.plane)
    let count = S(Double(step.rows * plane))
    let (momentum, epsilon) = (S(layer.momentum), S(layer.epsilon))
    for channel in 0..<channels {
      var mean = runningMean[channel]
      var variance = runningVariance[channel]
      if step.isTraining {
        var sum: S = 0
        for row in 0..<step.rows {
          for place in 0..<plane { sum += x[(row * channels + channel) * plane + place] }
        }
        mean = sum / count
        var squares: S = 0
        for row in 0..<step.rows {
          for place in 0..<plane {
            let difference = x[(row * channels + channel) * plane + place] - mean
            squares += difference * difference
          }
        }
        variance = squares / count
        // The running variance is the unbiased one, as PyTorch keeps it.
        let unbiased = squares / S.maximum(count - 1, 1)
        runningMean[channel] = (1 - momentum) * runningMean[channel] + momentum * mean
        runningVariance[channel] = (1 - momentum) * runningVariance[channel] + momentum * unbiased
      }
      let scale = 1 / (variance + epsilon).squareRoot()
      inverse[channel] = scale
      for row in 0..<step.rows {
        for place in 0..<plane {
          let index = (row * channels + channel) * plane + place
          hat[index] = (x[index] - mean) * scale
          y[index] = hat[index] * weight[channel] + bias[channel]
        }
      }
    }
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func backward(_ memory: Workspace<S>, _ step: StepContext) {
    guard let upstream = site.outputGradient?.first(step.rows) else { return }
    let dy = memory[upstream]
    let (weight, hat, inverse) = (
      memory[site.parameters[0]], memory[normalized.first(step.rows)], memory[deviations]
    )
    let dx = site.inputGradients[0].map { memory[$0.first(step.rows)] }
    let dWeight = site.parameterGradients[0].map { memory[$0] }
    let dBias = site.parameterGradients[1].map { memory[$0] }
    let (channels, plane) = (layer.channels, layer.plane)
    let count = S(Double(step.rows * plane))
    for channel in 0..<channels {
      var sum: S = 0
      var product: S = 0
      for row in 0..<step.rows {
        for place in 0..<plane {
          let index = (row * channels + channel) * plane + place
          sum += dy[index]
          product += dy[index] * hat[index]
        }
      }
      dWeight?[channel] = product
      dBias?[channel] = sum
      guard let dx else { continue }
      let scale = weight[channel] * inverse[channel]
      // Running statistics do not depend on the input.
      let (meanSum, meanProduct) = step.isTraining ? (sum / count, product / count) : (0, 0)
      for row in 0..<step.rows {
        for place in 0..<plane {
          let index = (row * channels + channel) * plane + place
          dx[index] = scale * (dy[index] - meanSum - hat[index] * meanProduct)
        }
      }
    }
  }
}

/// Groups of each sample's numbers to mean 0 and variance 1 (or mean square 1), then a trained
/// scale and shift: layer, group, instance and RMS normalization.
struct SampleNorm: Layer {
  let output: Shape
  /// Equal runs of consecutive numbers that are normalized together.
  let groups: Int
  /// Consecutive numbers that share one scale and shift.
  let plane: Int
  let epsilon: Double
  var isRootMeanSquare = false

  /// Scales repeat after this many numbers: a sample's, or a sequence's step's.
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

  func operation<S: Scalar>(at site: inout LayerBinding<S>) -> AnyOperation<S> {
    AnyOperation(
      SampleNormOperation<S>(
        layer: self, normalized: site.reserve(columns: output.count),
        deviations: site.reserve(columns: groups), site: site))
  }
}

private struct SampleNormOperation<S: Scalar>: Operation {
  let layer: SampleNorm
  let normalized: View
  let deviations: View
  let site: LayerBinding<S>

  @specialized(where S == Float)
  @specialized(where S == Double)
  func forward(_ memory: Workspace<S>, _ step: StepContext) {
    let (x, y) = (memory[site.inputs[0].first(step.rows)], memory[site.output.first(step.rows)])
    let weight = memory[site.parameters[0].flattened]
    let bias = layer.isRootMeanSquare ? weight : memory[site.parameters[1].flattened]
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
    guard let upstream = site.outputGradient?.first(step.rows) else { return }
    let dy = memory[upstream]
    let weight = memory[site.parameters[0].flattened]
    let (hat, inverse) = (memory[normalized.first(step.rows)], memory[deviations.first(step.rows)])
    if let dWeight = site.parameterGradients[0].map({ memory[$0.flattened] }) {
      for place in 0..<dWeight.count { dWeight[place] = 0 }
      for index in 0..<dy.count {
        dWeight[index % layer.period / layer.plane] += dy[index] * hat[index]
      }
    }
    if !layer.isRootMeanSquare, let dBias = site.parameterGradients[1].map({ memory[$0.flattened] })
    {
      for place in 0..<dBias.count { dBias[place] = 0 }
      for index in 0..<dy.count { dBias[index % layer.period / layer.plane] += dy[index] }
    }
    guard let dx = site.inputGradients[0].map({ memory[$0.first(step.rows)] }) else { return }
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

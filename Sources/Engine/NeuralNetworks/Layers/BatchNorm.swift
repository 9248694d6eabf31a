internal import Tensors

/// Normalizes each channel over the batch to mean 0 and variance 1, then applies a trained scale
/// and shift. Outside of training it uses running statistics.
///
/// - Shapes: (C, H, W) or (I) → the same; weight, bias, running_mean and running_var (C) or (I).
/// - Source: Ioffe, Szegedy, *Batch normalization* (2015).
struct BatchNorm: Layer {
  let output: Shape
  let momentum: Double
  let epsilon: Double

  var channels: Int { output.extents[0] }
  /// Numbers of a channel in one sample: H·W, or 1.
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

  func operation<S: Scalar>(with binding: inout LayerBinding<S>) -> AnyOperation<S> {
    AnyOperation(
      BatchNormOperation<S>(
        layer: self, normalized: binding.reserve(columns: output.count),
        deviations: binding.plan.reserve(channels), binding: binding))
  }
}

private struct BatchNormOperation<S: Scalar>: Operation {
  let layer: BatchNorm
  /// (x - mean)/deviation, (N, C·H·W), and 1/deviation, (C), for the backward pass.
  let normalized: View
  let deviations: View
  let binding: LayerBinding<S>

  @specialized(where S == Float)
  @specialized(where S == Double)
  func forward(_ memory: Workspace<S>, _ step: StepContext) {
    let (x, y) = (
      memory[binding.inputs[0].first(step.rows)], memory[binding.output.first(step.rows)]
    )
    let (weight, bias) = (memory[binding.parameters[0]], memory[binding.parameters[1]])
    let (runningMean, runningVariance) = (memory[binding.states[0]], memory[binding.states[1]])
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
        // The running variance is the unbiased one, as in PyTorch.
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
    guard let upstream = binding.outputGradient?.first(step.rows) else { return }
    let dy = memory[upstream]
    let (weight, hat, inverse) = (
      memory[binding.parameters[0]], memory[normalized.first(step.rows)], memory[deviations]
    )
    let dx = binding.inputGradients[0].map { memory[$0.first(step.rows)] }
    let dWeight = binding.parameterGradients[0].map { memory[$0] }
    let dBias = binding.parameterGradients[1].map { memory[$0] }
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

/// The cost of one layer's forward pass; the backward pass costs twice as much.
struct LayerEffort {
  /// Operations for one sample.
  let sample: Quantity
  /// Passes over the layer and its parts for one batch.
  let calls: Quantity

  /// - Parameter rows: Samples of a batch.
  init(of layer: AnyLayer, rows: Quantity) {
    let output = layer.output.quantity
    let products = Quantity(layer.multiplyAdds) * Effort.product
    var (sample, calls) = (products + output * Effort.element, Quantity(1))
    switch layer.kind {
    case .recurrent(let cell):
      // The gates are computed one by one.
      sample += Quantity(cell.steps) * Quantity(cell.cell.gates) * Quantity(cell.units) * 380
      calls = Quantity(cell.steps) * 3
    case .attention(let attention):
      let (heads, steps) = (Quantity(attention.heads), Quantity(attention.steps))
      sample += heads * steps * steps * 12
      calls = 8 + rows * heads * 12
    case .batchNorm: sample += output * 170
    case .sampleNorm: sample += output * 215
    case .dropout, .randomizedReLU, .positionEncoding: sample += output * 80
    case .convolution: sample += output * 15
    case .transposedConvolution: sample += output * 110
    case .pool(let pool):
      // Windows with gaps or beyond the edge have no kernel.
      sample += Quantity(pool.multiplyAdds) * (pool.geometry == nil ? 40 : 3)
    case .globalAveragePool(let pool): sample += Quantity(pool.multiplyAdds) * 40
    case .embedding: sample += output * 180
    case .softmax: sample += output * (layer.output.rank == 3 ? 60 : 10)
    case .trainedActivation: sample += output * 700
    case .vectorActivation(let activation): sample += output * Self.effort(of: activation.form)
    default: break
    }
    self.sample = sample
    self.calls = calls
  }

  /// Operations for each output.
  private static func effort(of form: VectorActivation.Form) -> Quantity {
    switch form {
    case .sparsemax: 180
    case .gated: 400
    case .maxout, .crelu, .bipolarReLU: 50
    }
  }
}

internal import Tensors

/// The maximum or the mean of each window of each channel.
///
/// - Shapes: x (C, H, W) → y (C, H′, W′), with H′ and W′ as for a convolution, rounded up if asked.
struct Pool: Layer {
  enum Form: Hashable, Sendable {
    case maximum
    case average(countsPadding: Bool)
  }

  let form: Form
  let channels: Int
  let height: Int
  let width: Int
  let size: (height: Int, width: Int)
  let stride: (y: Int, x: Int)
  let padding: (y: Int, x: Int)
  let dilation: (y: Int, x: Int)
  let outHeight: Int
  let outWidth: Int

  /// - Parameter ceil: Whether to keep a window that begins inside the image or its upper or left
  ///   padding and ends outside, as PyTorch does.
  /// - Returns: nil for a window that does not fit, or padding of more than half of it.
  init?(
    _ form: Form, input: Shape, size: (height: Int, width: Int), stride: (y: Int, x: Int),
    padding: (y: Int, x: Int), dilation: (y: Int, x: Int) = (1, 1), ceil: Bool
  ) {
    self.form = form
    (channels, height, width) = (input.extents[0], input.extents[1], input.extents[2])
    self.size = size
    self.stride = stride
    self.padding = padding
    self.dilation = dilation
    func extent(_ image: Int, _ size: Int, _ stride: Int, _ padding: Int, _ dilation: Int) -> Int? {
      let span = image + 2 * padding - dilation * (size - 1) - 1
      guard span >= 0, 2 * padding <= size else { return nil }
      guard ceil else { return span / stride + 1 }
      let count = (span + stride - 1) / stride + 1
      return (count - 1) * stride >= image + padding ? count - 1 : count
    }
    guard let rows = extent(height, size.height, stride.y, padding.y, dilation.y),
      let columns = extent(width, size.width, stride.x, padding.x, dilation.x)
    else { return nil }
    (outHeight, outWidth) = (rows, columns)
  }

  var output: Shape { Shape(channels, outHeight, outWidth) }
  var multiplyAdds: Int { saturatingProduct(output.count, size.height, size.width) }

  /// The kernels' geometry; nil for windows with gaps or beyond the edge, which they do not
  /// support.
  var geometry: Pooling? {
    let kind: Pooling.Kind =
      switch form {
      case .maximum: .maximum
      case .average(let countsPadding): .average(countingPadding: countsPadding)
      }
    guard dilation == (1, 1),
      let geometry = Pooling(
        kind, channels: channels, height: height, width: width, kernelHeight: size.height,
        kernelWidth: size.width, strideY: stride.y, strideX: stride.x, padY: padding.y,
        padX: padding.x), geometry.outHeight == outHeight, geometry.outWidth == outWidth
    else { return nil }
    return geometry
  }

  var kind: AnyLayer.Kind { .pool(self) }

  func operation<S: Scalar>(with binding: inout LayerBinding<S>) -> AnyOperation<S> {
    let indices = PoolIndices()
    if let geometry {
      if form == .maximum { indices.places = .init(repeating: 0, count: binding.output.count) }
      return AnyOperation(
        KernelPoolOperation<S>(
          geometry: geometry, x: binding.inputs[0], y: binding.output,
          dx: binding.inputGradients[0],
          dy: binding.outputGradient, indices: indices))
    }
    indices.places = .init(repeating: 0, count: binding.output.count)
    return AnyOperation(
      PoolOperation<S>(
        pool: self, x: binding.inputs[0], y: binding.output, dx: binding.inputGradients[0],
        dy: binding.outputGradient, indices: indices))
  }
}

/// The index of each maximum within its channel: integers, which a workspace does not hold.
private final class PoolIndices {
  var places: [Int32] = []
}

private struct KernelPoolOperation<S: Scalar>: Operation {
  let geometry: Pooling
  let x: View
  let y: View
  let dx: View?
  let dy: View?
  let indices: PoolIndices

  @specialized(where S == Float)
  @specialized(where S == Double)
  func forward(_ memory: Workspace<S>, _ step: StepContext) {
    var places: [Int32] = []
    swap(&places, &indices.places)
    defer { swap(&places, &indices.places) }
    var span = places.mutableSpan
    memory.pool(geometry, x.first(step.rows), into: y.first(step.rows), indices: &span)
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func backward(_ memory: Workspace<S>, _ step: StepContext) {
    guard let dx, let dy else { return }
    let places = indices.places
    memory.poolGradient(
      geometry, dy: dy.first(step.rows), indices: places.span, into: dx.first(step.rows))
  }
}

/// Windows with gaps or beyond the edge, computed element by element.
private struct PoolOperation<S: Scalar>: Operation {
  let pool: Pool
  let x: View
  let y: View
  let dx: View?
  let dy: View?
  let indices: PoolIndices

  /// Calls `body` for each window, with its index in the output and its first row and column.
  private func forEachWindow(
    _ rows: Int, _ body: (_ plane: Int, _ at: Int, _ y: Int, _ x: Int) -> Void
  ) {
    for plane in 0..<rows * pool.channels {
      for row in 0..<pool.outHeight {
        for column in 0..<pool.outWidth {
          body(
            plane, (plane * pool.outHeight + row) * pool.outWidth + column,
            row * pool.stride.y - pool.padding.y, column * pool.stride.x - pool.padding.x)
        }
      }
    }
  }

  /// The divisor of an average: PyTorch counts padding, but no pixels outside of it.
  private func divisor(_ top: Int, _ left: Int) -> Int {
    guard case .average(let countsPadding) = pool.form else { return 1 }
    func extent(_ start: Int, _ size: Int, _ image: Int, _ padding: Int) -> Int {
      let (low, high) = countsPadding ? (-padding, image + padding) : (0, image)
      return min(start + size, high) - max(start, low)
    }
    return extent(top, pool.size.height, pool.height, pool.padding.y)
      * extent(left, pool.size.width, pool.width, pool.padding.x)
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func forward(_ memory: Workspace<S>, _ step: StepContext) {
    let (input, output) = (memory[x.first(step.rows)], memory[y.first(step.rows)])
    forEachWindow(step.rows) { plane, at, top, left in
      var best = -S.infinity
      var place: Int32 = -1
      var sum: S = 0
      for i in 0..<pool.size.height {
        for j in 0..<pool.size.width {
          let (row, column) = (top + i * pool.dilation.y, left + j * pool.dilation.x)
          guard row >= 0, column >= 0, row < pool.height, column < pool.width else { continue }
          let index = (plane * pool.height + row) * pool.width + column
          let value = input[index]
          if place < 0 || value > best || value.isNaN {
            best = value
            place = Int32(index)
          }
          sum += value
        }
      }
      indices.places[at] = place
      output[at] = pool.form == .maximum ? best : sum / S(Double(divisor(top, left)))
    }
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func backward(_ memory: Workspace<S>, _ step: StepContext) {
    guard let dx, let dy else { return }
    memory.fill(dx.first(step.rows), with: 0)
    let (gradient, upstream) = (memory[dx.first(step.rows)], memory[dy.first(step.rows)])
    forEachWindow(step.rows) { plane, at, top, left in
      if pool.form == .maximum {
        if indices.places[at] >= 0 { gradient[Int(indices.places[at])] += upstream[at] }
        return
      }
      let share = upstream[at] / S(Double(divisor(top, left)))
      for row in max(0, top)..<max(max(0, top), min(pool.height, top + pool.size.height)) {
        for column in max(0, left)..<max(max(0, left), min(pool.width, left + pool.size.width)) {
          gradient[(plane * pool.height + row) * pool.width + column] += share
        }
      }
    }
  }
}

internal import Tensors

/// The largest value or the mean of each window of each channel.
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

  /// nil where the window does not fit, or padding is more than half of it.
  ///
  /// - Parameter ceil: A window that begins inside the image or its padding at the upper left
  ///   counts although it ends outside, as in PyTorch.
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
      let room = image + 2 * padding - dilation * (size - 1) - 1
      guard room >= 0, 2 * padding <= size else { return nil }
      guard ceil else { return room / stride + 1 }
      let count = (room + stride - 1) / stride + 1
      return (count - 1) * stride >= image + padding ? count - 1 : count
    }
    guard let rows = extent(height, size.height, stride.y, padding.y, dilation.y),
      let columns = extent(width, size.width, stride.x, padding.x, dilation.x)
    else { return nil }
    (outHeight, outWidth) = (rows, columns)
  }

  var output: Shape { Shape(channels, outHeight, outWidth) }
  var multiplyAdds: Int { saturatingProduct(output.count, size.height, size.width) }

  /// nil where windows have gaps or reach beyond the edge, which the kernels do not know.
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

  func operation<S: Scalar>(at site: inout LayerBinding<S>) -> AnyOperation<S> {
    let indices = PoolIndices()
    if let geometry {
      if form == .maximum { indices.places = .init(repeating: 0, count: site.output.count) }
      return AnyOperation(
        KernelPoolOperation<S>(
          geometry: geometry, x: site.inputs[0], y: site.output, dx: site.inputGradients[0],
          dy: site.outputGradient, indices: indices))
    }
    indices.places = .init(repeating: 0, count: site.output.count)
    return AnyOperation(
      PoolOperation<S>(
        pool: self, x: site.inputs[0], y: site.output, dx: site.inputGradients[0],
        dy: site.outputGradient, indices: indices))
  }
}

/// Where each maximum was found: whole numbers, which have no place in a workspace.
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

/// Windows with gaps or beyond the edge: every window by hand.
private struct PoolOperation<S: Scalar>: Operation {
  let pool: Pool
  let x: View
  let y: View
  let dx: View?
  let dy: View?
  let indices: PoolIndices

  /// Calls `body` for each window: its place in the output and the first row and column.
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

  /// What an average divides by: PyTorch counts padding, but not what lies beyond it.
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

/// The mean of each channel of an image, or of each feature over a sequence's steps.
struct GlobalAveragePool: Layer {
  /// How many rows are averaged: a channel's pixels, or a sequence's steps.
  enum Form: Hashable, Sendable { case pixels, steps }
  let form: Form
  let input: Shape

  var groups: Int { form == .pixels ? input.extents[0] : input.extents[1] }
  var length: Int { input.count / groups }
  var output: Shape { Shape(groups) }
  var multiplyAdds: Int { input.count }

  var kind: AnyLayer.Kind { .mean(self) }

  func operation<S: Scalar>(at site: inout LayerBinding<S>) -> AnyOperation<S> {
    AnyOperation(
      MeanOverOperation<S>(
        layer: self, x: site.inputs[0], y: site.output, dx: site.inputGradients[0],
        dy: site.outputGradient))
  }
}

private struct MeanOverOperation<S: Scalar>: Operation {
  let layer: GlobalAveragePool
  let x: View
  let y: View
  let dx: View?
  let dy: View?

  private func index(_ row: Int, _ group: Int, _ place: Int) -> Int {
    layer.form == .pixels
      ? (row * layer.groups + group) * layer.length + place
      : (row * layer.length + place) * layer.groups + group
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func forward(_ memory: Workspace<S>, _ step: StepContext) {
    let (input, output) = (memory[x.first(step.rows)], memory[y.first(step.rows)])
    for row in 0..<step.rows {
      for group in 0..<layer.groups {
        var sum: S = 0
        for place in 0..<layer.length { sum += input[index(row, group, place)] }
        output[row * layer.groups + group] = sum / S(Double(layer.length))
      }
    }
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func backward(_ memory: Workspace<S>, _ step: StepContext) {
    guard let dx, let dy else { return }
    let (gradient, upstream) = (memory[dx.first(step.rows)], memory[dy.first(step.rows)])
    for row in 0..<step.rows {
      for group in 0..<layer.groups {
        let share = upstream[row * layer.groups + group] / S(Double(layer.length))
        for place in 0..<layer.length { gradient[index(row, group, place)] = share }
      }
    }
  }
}

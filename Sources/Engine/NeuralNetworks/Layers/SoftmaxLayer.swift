internal import Tensors

/// Softmax, its logarithm, or softmax of the negated input (softmin), along the channels of an
/// image, else along the last axis.
///
/// - Shapes: (C, H, W) over C, (T, F) over F, or (I) → the same.
struct SoftmaxLayer: Layer {
  enum Form: Hashable, Sendable { case softmax, logSoftmax, softmin }

  var output: Shape
  var form: Form
  var temperature = 1.0

  var kind: AnyLayer.Kind { .softmax(self) }

  func operation<S: Scalar>(with binding: inout LayerBinding<S>) -> AnyOperation<S> {
    // The channels of a pixel are not contiguous: images are transposed and back.
    let planes = output.rank == 3 ? output.extents[1] * output.extents[2] : 1
    let length = output.rank == 3 ? output.extents[0] : output.extents[output.rank - 1]
    let buffers = planes > 1 ? (0..<3).map { _ in binding.reserve(columns: output.count) } : []
    return AnyOperation(
      SoftmaxOperation<S>(
        x: binding.inputs[0], y: binding.output, dx: binding.inputGradients[0],
        dy: binding.outputGradient,
        form: form, scale: (form == .softmin ? -1 : 1) / temperature, length: length,
        planes: planes, buffers: buffers))
  }
}

private struct SoftmaxOperation<S: Scalar>: Operation {
  let x: View
  let y: View
  let dx: View?
  let dy: View?
  let form: SoftmaxLayer.Form
  let scale: Double
  let length: Int
  let planes: Int
  let buffers: [View]

  private func rows(_ view: View, _ count: Int) -> View {
    view.first(count).reshaped(rows: view.columns / length * count, columns: length)
  }

  /// Transposes (C, H·W) to (H·W, C) in every sample, or back.
  private func transpose(_ memory: Workspace<S>, _ from: View, _ to: View, _ count: Int, back: Bool)
  {
    let (rows, columns) = back ? (planes, length) : (length, planes)
    for sample in 0..<count {
      memory.transpose(
        from.row(sample).reshaped(rows: rows, columns: columns),
        into: to.row(sample).reshaped(rows: columns, columns: rows))
    }
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func forward(_ memory: Workspace<S>, _ step: StepContext) {
    let count = step.rows
    var (source, target) = (x, y)
    if planes > 1 {
      transpose(memory, x, buffers[0], count, back: false)
      (source, target) = (buffers[0], buffers[1])
    }
    let (input, output) = (rows(source, count), rows(target, count))
    if scale != 1 {
      memory.scale(input, by: scale, into: output)
      memory.softmax(output, into: output, logarithm: form == .logSoftmax)
    } else {
      memory.softmax(input, into: output, logarithm: form == .logSoftmax)
    }
    if planes > 1 { transpose(memory, buffers[1], y, count, back: true) }
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func backward(_ memory: Workspace<S>, _ step: StepContext) {
    guard let dx, let dy else { return }
    let count = step.rows
    var (upstream, output, result) = (dy, y, dx)
    if planes > 1 {
      transpose(memory, dy, buffers[0], count, back: false)
      (upstream, output, result) = (buffers[0], buffers[1], buffers[2])
    }
    memory.softmaxGradient(
      dy: rows(upstream, count), y: rows(output, count), into: rows(result, count),
      logarithm: form == .logSoftmax)
    if scale != 1 { memory.scale(rows(result, count), by: scale, into: rows(result, count)) }
    if planes > 1 { transpose(memory, buffers[2], dx, count, back: true) }
  }
}

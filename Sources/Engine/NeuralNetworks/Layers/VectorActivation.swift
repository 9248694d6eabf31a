internal import Tensors

/// Functions of a whole row, or of each step of a sequence: sparsemax, maxout, the gated units,
/// crelu and the bipolar rectifier.
///
/// - Shapes: (I) → (O) or (T, F) → (T, F′): the same for sparsemax and bipolar_relu, I/pieces for
///   maxout, I/2 for gated units, 2·I for crelu. An image is one row.
/// - Source: Martins, Astudillo, *From softmax to sparsemax* (2016); Goodfellow et al., *Maxout
///   networks* (2013); Shazeer, *GLU variants improve transformer* (2020); Shang et al.,
///   *Understanding and improving convolutional neural networks via concatenated rectified linear
///   units* (2016); Eidnes, Nøkland, *Shifting mean activation towards zero with bipolar activation
///   functions* (2017).
struct VectorActivation: Layer {
  enum Form: Sendable {
    case sparsemax
    case maxout(pieces: Int)
    /// The first half times a function of the second.
    case gated(ScalarFunction)
    case crelu
    case bipolarReLU
  }

  let form: Form
  let output: Shape
  /// Numbers of a row, in the input and in the output.
  let width: Int
  let outputWidth: Int

  var isSparsemax: Bool {
    if case .sparsemax = form { true } else { false }
  }

  /// - Returns: nil for a row that does not divide into equal parts.
  init?(_ form: Form, input: Shape) {
    self.form = form
    let last = input.rank == 3 ? input.count : input.extents[input.rank - 1]
    width = last
    switch form {
    case .sparsemax, .bipolarReLU: outputWidth = last
    case .maxout(let pieces):
      guard last % pieces == 0 else { return nil }
      outputWidth = last / pieces
    case .gated:
      guard last % 2 == 0 else { return nil }
      outputWidth = last / 2
    case .crelu: outputWidth = 2 * last
    }
    if outputWidth == last {
      output = input
    } else if input.rank == 3 {
      output = Shape(outputWidth)
    } else {
      output = Shape(input.extents.dropLast() + [outputWidth])
    }
  }

  var kind: AnyLayer.Kind { .vectorActivation(self) }

  func operation<S: Scalar>(with binding: inout LayerBinding<S>) -> AnyOperation<S> {
    AnyOperation(
      VectorActivationOperation<S>(
        layer: self, x: binding.inputs[0], y: binding.output, dx: binding.inputGradients[0],
        dy: binding.outputGradient))
  }
}

private struct VectorActivationOperation<S: Scalar>: Operation {
  let layer: VectorActivation
  let x: View
  let y: View
  let dx: View?
  let dy: View?

  @specialized(where S == Float)
  @specialized(where S == Double)
  func forward(_ memory: Workspace<S>, _ step: StepContext) {
    let (input, output) = (memory[x.first(step.rows)], memory[y.first(step.rows)])
    for row in 0..<input.count / layer.width {
      forward(
        input.slice(row * layer.width, layer.width),
        output.slice(row * layer.outputWidth, layer.outputWidth))
    }
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func backward(_ memory: Workspace<S>, _ step: StepContext) {
    guard let dx, let dy else { return }
    let (input, output) = (memory[x.first(step.rows)], memory[y.first(step.rows)])
    let (gradient, upstream) = (memory[dx.first(step.rows)], memory[dy.first(step.rows)])
    for row in 0..<input.count / layer.width {
      backward(
        input.slice(row * layer.width, layer.width),
        output.slice(row * layer.outputWidth, layer.outputWidth),
        upstream.slice(row * layer.outputWidth, layer.outputWidth),
        gradient.slice(row * layer.width, layer.width))
    }
  }

  private func forward(_ x: Elements<S>, _ y: Elements<S>) {
    switch layer.form {
    case .sparsemax:
      // Elements at or below the threshold leave the support, which raises the threshold, until
      // none does.
      var threshold = -S.infinity
      var members = x.count + 1
      while true {
        var sum: S = 0
        var count = 0
        for index in 0..<x.count where x[index] > threshold {
          sum += x[index]
          count += 1
        }
        if count == members || count == 0 { break }
        members = count
        threshold = (sum - 1) / S(Double(count))
      }
      for index in 0..<x.count { y[index] = S.maximum(x[index] - threshold, 0) }
    case .maxout(let pieces):
      for index in 0..<y.count {
        var largest = x[index * pieces]
        for piece in 1..<pieces { largest = S.maximum(largest, x[index * pieces + piece]) }
        y[index] = largest
      }
    case .gated(let function):
      function.map().apply(x.slice(y.count, y.count), y)
      for index in 0..<y.count { y[index] = x[index] * y[index] }
    case .crelu:
      for index in 0..<x.count {
        y[index] = x[index] > 0 ? x[index] : 0
        y[x.count + index] = x[index] < 0 ? -x[index] : 0
      }
    case .bipolarReLU:
      for index in 0..<x.count {
        let isOut = index % 2 == 0 ? x[index] > 0 : x[index] < 0
        y[index] = isOut ? x[index] : 0
      }
    }
  }

  private func backward(
    _ x: Elements<S>, _ y: Elements<S>, _ dy: Elements<S>, _ dx: Elements<S>
  ) {
    switch layer.form {
    case .sparsemax:
      var sum: S = 0
      var support = 0
      for index in 0..<y.count where y[index] > 0 {
        sum += dy[index]
        support += 1
      }
      let mean = sum / S(Double(max(support, 1)))
      for index in 0..<y.count { dx[index] = y[index] > 0 ? dy[index] - mean : 0 }
    case .maxout(let pieces):
      for index in 0..<y.count {
        // The first of equal maxima.
        var best = 0
        while best < pieces, x[index * pieces + best] != y[index] { best += 1 }
        if best == pieces { best = 0 }
        for piece in 0..<pieces { dx[index * pieces + piece] = piece == best ? dy[index] : 0 }
      }
    case .gated(let function):
      let (count, map) = (y.count, function.map(of: S.self))
      let gates = x.slice(count, count)
      let (dValues, dGates) = (dx.slice(0, count), dx.slice(count, count))
      map.apply(gates, dValues)
      for index in 0..<count {
        dValues[index] = dy[index] * dValues[index]
        dGates[index] = dy[index] * x[index]
      }
      map.applyDerivative(gates, dGates, dGates)
    case .crelu:
      for index in 0..<x.count {
        dx[index] = (x[index] > 0 ? dy[index] : 0) - (x[index] < 0 ? dy[x.count + index] : 0)
      }
    case .bipolarReLU:
      for index in 0..<x.count {
        let isOut = index % 2 == 0 ? x[index] > 0 : x[index] < 0
        dx[index] = isOut ? dy[index] : 0
      }
    }
  }
}

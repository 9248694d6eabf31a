internal import CKernels

extension Workspace {
  /// `y = f(x ∗ w + bias)` (cross-correlation, as everywhere in the field).
  ///
  /// - Parameter scratch: At least `scratchCount` elements, or nil where that is 0.
  /// - Shapes: x (N, C·H·W), w (filters, C/groups·kH·kW), bias (1, filters) →
  ///   y (N, filters·outH·outW), all contiguous.
  package func convolve(
    _ shape: Convolution, _ x: View, weights w: View, bias: View?,
    function: Function = .identity, into y: View, scratch: View?
  ) {
    check(shape, images: x, weights: w, outputs: y, scratch: scratch)
    if let bias {
      precondition(
        bias.count == shape.filters && bias.isContiguous, "a bias of \(bias) does not fit \(shape)")
    }
    var foreign = shape.foreign(batch: x.rows)
    var function = function.foreign
    unsafe table.pointee.convolve(
      &foreign, pointer(x), pointer(w), bias.map { unsafe pointer($0) }, &function, pointer(y), 0,
      x.rows, scratch.map { unsafe pointer($0) })
  }

  /// The gradient of a convolution's input: `dx` is overwritten.
  package func convolveGradient(
    _ shape: Convolution, dy: View, weights w: View, dx: View, scratch: View?
  ) {
    check(shape, images: dx, weights: w, outputs: dy, scratch: scratch)
    var foreign = shape.foreign(batch: dx.rows)
    unsafe table.pointee.convolve_gradient_input(
      &foreign, pointer(dy), pointer(w), pointer(dx), 0, dx.rows,
      scratch.map { unsafe pointer($0) })
  }

  /// The gradients of a convolution's weights and bias.
  package func convolveGradient(
    _ shape: Convolution, x: View, dy: View, dw: View, dbias: View?, accumulating: Bool = false,
    scratch: View?
  ) {
    check(shape, images: x, weights: dw, outputs: dy, scratch: scratch)
    if let dbias {
      precondition(
        dbias.count == shape.filters && dbias.isContiguous,
        "a bias of \(dbias) does not fit \(shape)")
    }
    var foreign = shape.foreign(batch: x.rows)
    unsafe table.pointee.convolve_gradient_weights(
      &foreign, pointer(x), pointer(dy), pointer(dw), dbias.map { unsafe pointer($0) },
      accumulating ? 1 : 0, 0, shape.filters, scratch.map { unsafe pointer($0) })
  }

  /// Pools each channel.
  ///
  /// - Parameter indices: Gets the place of each maximum within its channel, N·C·outH·outW of
  ///   them; empty for averages, or where no gradient follows.
  /// - Shapes: x (N, C·H·W) → y (N, C·outH·outW), contiguous.
  package func pool(
    _ shape: Pooling, _ x: View, into y: View, indices: inout MutableSpan<Int32>
  ) {
    check(shape, images: x, outputs: y)
    precondition(
      indices.isEmpty || indices.count >= y.count, "\(indices.count) indices do not fit \(y)")
    var foreign = shape.foreign(batch: x.rows)
    unsafe indices.withUnsafeMutableBufferPointer { indices in
      unsafe table.pointee.pool(
        &foreign, pointer(x), pointer(y), indices.isEmpty ? nil : indices.baseAddress, 0, x.rows)
    }
  }

  /// The gradient of a pooling layer's input: `dx` is overwritten.
  package func poolGradient(
    _ shape: Pooling, dy: View, indices: Span<Int32>, into dx: View
  ) {
    check(shape, images: dx, outputs: dy)
    if shape.kind == .maximum {
      precondition(indices.count >= dy.count, "\(indices.count) indices do not fit \(dy)")
      for index in 0..<dy.count {
        precondition(
          indices[index] < Int32(shape.height * shape.width), "index \(indices[index]) is outside")
      }
    }
    var foreign = shape.foreign(batch: dx.rows)
    unsafe indices.withUnsafeBufferPointer { indices in
      unsafe table.pointee.pool_gradient(
        &foreign, pointer(dy), indices.baseAddress, pointer(dx), 0, dx.rows)
    }
  }

  private func check(
    _ shape: Convolution, images: View, weights: View, outputs: View, scratch: View?
  ) {
    precondition(
      images.columns == shape.inputCount && outputs.columns == shape.outputCount
        && images.rows == outputs.rows && images.isContiguous && outputs.isContiguous,
      "\(shape) does not take \(images) to \(outputs)")
    precondition(
      weights.rows == shape.filters && weights.columns == shape.weightsPerFilter
        && weights.isContiguous,
      "weights \(weights) are not those of \(shape)")
    let needed = shape.scratchCount(for: Workspace<Element>.self, batch: images.rows)
    precondition(
      scratch.map { $0.isContiguous && $0.count >= needed } ?? (needed == 0),
      "\(shape) needs \(needed) elements of scratch, not \(scratch?.count ?? 0)")
  }

  private func check(_ shape: Pooling, images: View, outputs: View) {
    precondition(
      images.columns == shape.inputCount && outputs.columns == shape.outputCount
        && images.rows == outputs.rows && images.isContiguous && outputs.isContiguous,
      "pooling of \(shape.channels)×\(shape.height)×\(shape.width) does not take \(images) to "
        + "\(outputs)")
  }
}

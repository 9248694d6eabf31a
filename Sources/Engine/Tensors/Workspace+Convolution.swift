internal import CKernels

extension Workspace {
  /// `y = f(x ∗ w + bias)` (cross-correlation, as everywhere in the field).
  ///
  /// - Parameter scratch: At least `scratchCount` elements, or nil where that is 0.
  /// - Shapes: x (N, C·H·W), w (O, C/G·kH·kW), bias (1, O) → y (N, O·H′·W′), all
  ///   contiguous.
  package func convolve(
    _ shape: Convolution, _ x: View, weights w: View, bias: View?,
    function: Function = .identity, into y: View, scratch: View?
  ) {
    check(shape, images: x, weights: w, outputs: y, scratch: scratch)
    if let bias {
      precondition(
        bias.count == shape.filters && bias.isContiguous, "a bias of \(bias) does not fit \(shape)")
    }
    let foreign = shape.foreign(batch: x.rows)
    let function = function.foreign
    let job = unsafe ConvolutionJob(
      table: table, x: uncapturedPointer(x), w: uncapturedPointer(w),
      bias: bias.map { unsafe uncapturedPointer($0) },
      y: uncapturedPointer(y), scratch: scratch.map { unsafe uncapturedPointer($0) })
    split(
      shape, batch: x.rows, over: x.rows,
      scratch: shape.scratchPerThread(Element.tables, batch: x.rows)
    ) { first, last, offset in
      var foreign = foreign
      var function = function
      unsafe job.table.pointee.convolve(
        &foreign, job.x, job.w, job.bias, &function, job.y, first, last,
        job.scratch.map { unsafe $0 + offset })
    }
  }

  /// The gradient of a convolution's input: `dx` is overwritten.
  ///
  /// - Shapes: dy (N, O·H′·W′), w (O, C/G·kH·kW) → dx (N, C·H·W).
  package func convolveGradient(
    _ shape: Convolution, dy: View, weights w: View, dx: View, scratch: View?
  ) {
    check(shape, images: dx, weights: w, outputs: dy, scratch: scratch)
    let foreign = shape.foreign(batch: dx.rows)
    let job = unsafe ConvolutionJob(
      table: table, x: uncapturedPointer(dy), w: uncapturedPointer(w), bias: nil,
      y: uncapturedPointer(dx),
      scratch: scratch.map { unsafe uncapturedPointer($0) })
    split(
      shape, batch: dx.rows, over: dx.rows,
      scratch: shape.scratchPerThread(Element.tables, batch: dx.rows)
    ) { first, last, offset in
      var foreign = foreign
      unsafe job.table.pointee.convolve_gradient_input(
        &foreign, job.x, job.w, job.y, first, last, job.scratch.map { unsafe $0 + offset })
    }
  }

  /// The gradients of a convolution's weights and bias, overwritten unless `accumulating`.
  ///
  /// - Shapes: x (N, C·H·W), dy (N, O·H′·W′) → dw (O, C/G·kH·kW), dbias (1, O).
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
    let foreign = shape.foreign(batch: x.rows)
    let job = unsafe ConvolutionJob(
      table: table, x: uncapturedPointer(x), w: uncapturedPointer(dy),
      bias: dbias.map { unsafe uncapturedPointer($0) },
      y: uncapturedPointer(dw), scratch: scratch.map { unsafe uncapturedPointer($0) })
    split(
      shape, batch: x.rows, over: shape.filters,
      scratch: shape.scratchPerThread(Element.tables, batch: x.rows)
    ) { first, last, offset in
      var foreign = foreign
      unsafe job.table.pointee.convolve_gradient_weights(
        &foreign, job.x, job.w, job.y, job.bias, accumulating ? 1 : 0, first, last,
        job.scratch.map { unsafe $0 + offset })
    }
  }

  /// Pools each channel.
  ///
  /// - Parameter indices: Set to the place of each maximum within its channel, N·C·H′·W′ of them;
  ///   empty for averages, or if no gradient follows.
  /// - Shapes: x (N, C·H·W) → y (N, C·H′·W′), contiguous.
  package func pool(
    _ shape: Pooling, _ x: View, into y: View, indices: inout MutableSpan<Int32>
  ) {
    check(shape, images: x, outputs: y)
    precondition(
      indices.isEmpty || indices.count >= y.count, "\(indices.count) indices do not fit \(y)")
    let foreign = shape.foreign(batch: x.rows)
    unsafe indices.withUnsafeMutableBufferPointer { indices in
      let job = unsafe PoolingJob(
        table: table, x: uncapturedPointer(x), y: uncapturedPointer(y),
        indices: indices.isEmpty ? nil : indices.baseAddress)
      split(images: x.rows, elements: x.count) { first, last in
        var foreign = foreign
        unsafe job.table.pointee.pool(&foreign, job.x, job.y, job.indices, first, last)
      }
    }
  }

  /// The gradient of a pooling layer's input: `dx` is overwritten.
  ///
  /// - Shapes: dy (N, C·H′·W′) → dx (N, C·H·W).
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
    let foreign = shape.foreign(batch: dx.rows)
    unsafe indices.withUnsafeBufferPointer { indices in
      let job = unsafe PoolingJob(
        table: table, x: uncapturedPointer(dy), y: uncapturedPointer(dx),
        indices: indices.baseAddress.map { unsafe UnsafeMutablePointer(mutating: $0) })
      split(images: dx.rows, elements: dx.count) { first, last in
        var foreign = foreign
        unsafe job.table.pointee.pool_gradient(
          &foreign, job.x, job.indices, job.y, first, last)
      }
    }
  }

  private func split(
    images: Int, elements: Int, _ body: @Sendable (_ first: Int, _ last: Int) -> Void
  ) {
    let parts = min(threadLimit, ThreadPool.width, images)
    guard parts > 1, elements >= Parallelism.smallestCount else { return body(0, images) }
    ThreadPool.shared.run(parts: parts) { part in
      body(images * part / parts, images * (part + 1) / parts)
    }
  }

  /// Splits `count` images, filters or eighths of the batch over threads where the work is large;
  /// each part gets its own scratch memory, `offset` bytes into the whole.
  ///
  /// - Parameter scratch: Elements of one part.
  func split(
    _ shape: Convolution, batch: Int, over count: Int, scratch: @autoclosure () -> Int,
    _ body: @Sendable (_ first: Int, _ last: Int, _ offset: Int) -> Void
  ) {
    let work = 2 * Int64(batch) * Int64(shape.outputCount) * Int64(shape.weightsPerFilter)
    let parts =
      work >= Parallelism.smallestProduct ? min(threadLimit, ThreadPool.width, count) : 1
    guard parts > 1 else { return body(0, count, 0) }
    let bytes = scratch() * MemoryLayout<Element>.stride
    ThreadPool.shared.run(parts: parts) { part in
      body(count * part / parts, count * (part + 1) / parts, bytes * part)
    }
  }

  /// - Parameter count: Outputs of one image.
  func check(
    _ shape: some CustomStringConvertible, _ convolution: Convolution, outputs count: Int,
    images: View, weights: View, outputs: View
  ) {
    precondition(
      images.columns == convolution.inputCount && outputs.columns == count
        && images.rows == outputs.rows && images.isContiguous && outputs.isContiguous,
      "\(shape) does not take \(images) to \(outputs)")
    precondition(
      weights.rows == convolution.filters && weights.columns == convolution.weightsPerFilter
        && weights.isContiguous,
      "weights \(weights) are not those of \(shape)")
  }

  private func check(
    _ shape: Convolution, images: View, weights: View, outputs: View, scratch: View?
  ) {
    check(
      shape, shape, outputs: shape.outputCount, images: images, weights: weights, outputs: outputs)
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

/// The operands that all parts of a convolution share; the caller keeps them alive until all parts
/// are done.
@safe private struct ConvolutionJob: @unchecked Sendable {
  let table: UnsafePointer<ck_table>
  let x: UnsafeMutableRawPointer
  let w: UnsafeMutableRawPointer
  let bias: UnsafeMutableRawPointer?
  let y: UnsafeMutableRawPointer
  let scratch: UnsafeMutableRawPointer?
}

/// The operands that all parts of a pooling share.
@safe private struct PoolingJob: @unchecked Sendable {
  let table: UnsafePointer<ck_table>
  let x: UnsafeMutableRawPointer
  let y: UnsafeMutableRawPointer
  let indices: UnsafeMutablePointer<Int32>?
}

internal import CKernels

extension Workspace {
  /// `y = max over windows of f(x ∗ w + bias)`; of equal elements the first, NaN if there is one.
  ///
  /// - Parameters:
  ///   - places: Set to the position of each maximum, for the gradient.
  ///   - scratch: At least `scratchCount` elements.
  /// - Shapes: x (N, C·H·W), w (O, C/G·kH·kW), bias (1, O) → y (N, O·H′·W′), with
  ///   H′×W′ windows, all contiguous.
  package func convolve(
    _ shape: PooledConvolution, _ x: View, weights w: View, bias: View?, function: Function,
    into y: View, places: PooledPlaces, scratch: View
  ) {
    check(shape, images: x, weights: w, bias: bias, outputs: y, places: places, scratch: scratch)
    let (convolution, pooling) = shape.foreign(batch: x.rows)
    let function = function.foreign
    let job = unsafe PooledJob(
      table: table, x: uncapturedPointer(x), w: uncapturedPointer(w),
      bias: bias.map { unsafe uncapturedPointer($0) },
      y: uncapturedPointer(y), dy: nil, places: places.places, scratch: uncapturedPointer(scratch),
      sums: nil, dx: nil)
    split(
      shape.convolution, batch: x.rows, over: x.rows,
      scratch: shape.scratchPerThread(Element.tables)
    ) { first, last, offset in
      var (convolution, pooling, function) = (convolution, pooling, function)
      unsafe job.table.pointee.convolve_pooled(
        &convolution, &pooling, job.x, job.w, job.bias, &function, job.y, job.places, first, last,
        job.scratch + offset)
    }
  }

  /// The gradients of a pooled convolution: `dx`, `dw` and `dbias` are overwritten, or nil if not
  /// needed.
  ///
  /// - Parameters:
  ///   - y: The output of the forward pass; the function must be one whose `derivativeNeedsOutput`.
  ///   - places: As the forward pass left them.
  package func convolveGradient(
    _ shape: PooledConvolution, x: View, weights w: View, y: View, function: Function, dy: View,
    places: PooledPlaces, dw: View?, dbias: View?, dx: View?, scratch: View
  ) {
    check(
      shape, images: x, weights: dw ?? w, bias: dbias, outputs: dy, places: places,
      scratch: scratch)
    check(
      shape, images: dx ?? x, weights: w, bias: nil, outputs: y, places: places, scratch: scratch)
    precondition(
      function.kind == .identity || function.derivativeNeedsOutput,
      "the derivative of \(function.kind) is not a function of its value")
    let tables = Element.tables
    let stride = MemoryLayout<Element>.stride
    let (convolution, pooling) = shape.foreign(batch: x.rows)
    let function = function.foreign
    let sums = shape.scratchPerThread(tables) * ThreadPool.width * stride
    let job = unsafe PooledJob(
      table: table, x: uncapturedPointer(x), w: uncapturedPointer(w), bias: nil,
      y: uncapturedPointer(y), dy: uncapturedPointer(dy),
      places: places.places, scratch: uncapturedPointer(scratch),
      sums: dw == nil ? nil : uncapturedPointer(scratch) + sums,
      dx: dx.map { unsafe uncapturedPointer($0) })
    split(
      shape.convolution, batch: x.rows, over: Int(CK_EIGHTHS),
      scratch: shape.scratchPerThread(tables)
    ) { first, last, offset in
      var (convolution, pooling, function) = (convolution, pooling, function)
      unsafe job.table.pointee.convolve_pooled_gradient(
        &convolution, &pooling, job.x, job.w, job.y, &function, job.dy, job.places, job.dx,
        job.sums, first, last, job.scratch + offset)
    }
    if let dw, let sums = unsafe job.sums {
      var convolution = convolution
      unsafe table.pointee.add_pooled_sums(
        &convolution, sums, uncapturedPointer(dw), dbias.map { unsafe uncapturedPointer($0) }, 0)
    }
  }

  private func check(
    _ shape: PooledConvolution, images: View, weights: View, bias: View?, outputs: View,
    places: PooledPlaces, scratch: View
  ) {
    check(
      shape, shape.convolution, outputs: shape.outputCount, images: images, weights: weights,
      outputs: outputs)
    precondition(
      bias.map { $0.count == shape.convolution.filters && $0.isContiguous } ?? true,
      "a bias of \(bias.map { $0.description } ?? "") does not fit \(shape)")
    precondition(
      places.shape == shape && images.rows <= places.batch,
      "the places of \(places.batch) times \(places.shape) are not those of \(images) by \(shape)")
    let needed = shape.scratchCount(for: Workspace<Element>.self)
    precondition(
      scratch.isContiguous && scratch.count >= needed,
      "\(shape) needs \(needed) elements of scratch, not \(scratch.count)")
  }
}

/// The operands that all parts share; the caller keeps them alive until all parts are done.
@safe private struct PooledJob: @unchecked Sendable {
  let table: UnsafePointer<ck_table>
  let x: UnsafeMutableRawPointer
  let w: UnsafeMutableRawPointer
  let bias: UnsafeMutableRawPointer?
  let y: UnsafeMutableRawPointer
  let dy: UnsafeMutableRawPointer?
  let places: UnsafeMutablePointer<Int32>
  let scratch: UnsafeMutableRawPointer
  let sums: UnsafeMutableRawPointer?
  let dx: UnsafeMutableRawPointer?
}

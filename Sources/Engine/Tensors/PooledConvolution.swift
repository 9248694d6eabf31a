internal import CKernels

/// A convolution of whose outputs only the largest of each window is kept.
///
/// Computed together the two cost less than apart: the outputs never lie in memory as a whole, and
/// backward a window has one pixel whose gradient is not zero.
package struct PooledConvolution: Hashable, Sendable, CustomStringConvertible {
  package let convolution: Convolution
  package let pooling: Pooling

  /// - Returns: nil where the two cannot be computed together, or apart cost less: measured with
  ///   kernels of 3×3 and 5×5 over 1 to 64 channels, there have to be four filters to fill a vector
  ///   and half as many windows as pixels at most.
  package init?(_ convolution: Convolution, _ pooling: Pooling) {
    guard
      pooling.kind == .maximum, pooling.channels == convolution.filters,
      pooling.height == convolution.outHeight, pooling.width == convolution.outWidth,
      2 * pooling.outputCount <= convolution.outputCount,
      convolution.filters / convolution.groups >= 4,
      convolution.dilationX == 1, pooling.kernelHeight <= 16
    else { return nil }
    // Places in a padded image are numbers of 32 bits.
    let rows = convolution.height + 2 * convolution.padY
    let row = convolution.width + 2 * convolution.padX
    let (pixels, overflow) = rows.multipliedReportingOverflow(by: row)
    let (elements, overflows) = pixels.multipliedReportingOverflow(by: convolution.channels)
    guard !overflow, !overflows, elements <= Int(Int32.max) else { return nil }
    self.convolution = convolution
    self.pooling = pooling
  }

  package var outputCount: Int { pooling.outputCount }
  package var description: String {
    "\(convolution), the largest of \(pooling.kernelHeight)×\(pooling.kernelWidth)"
  }

  /// Elements of scratch memory that one call needs, for every thread that may take part.
  package func scratchCount<Element: Scalar>(for workspace: Workspace<Element>.Type) -> Int {
    let tables = Element.tables
    return scratchPerThread(tables) * ThreadPool.width + sumsCount(tables)
  }

  /// The most that any of the tables needs.
  func scratchPerThread(_ tables: [KernelTable]) -> Int {
    var (convolution, pooling) = foreign(batch: 1)
    var most = 0
    for table in tables {
      most = max(most, unsafe table.table.pointee.pooled_scratch(&convolution, &pooling))
    }
    return (most + 15) & ~15
  }

  /// For the parts of the weights' gradients.
  func sumsCount(_ tables: [KernelTable]) -> Int {
    var (convolution, _) = foreign(batch: 1)
    var most = 0
    for table in tables {
      most = max(most, unsafe table.table.pointee.pooled_sums(&convolution))
    }
    return most
  }

  func foreign(batch: Int) -> (ck_convolution, ck_pooling) {
    (convolution.foreign(batch: batch), pooling.foreign(batch: batch))
  }
}

/// Where the maxima of a pooled convolution were found, between its passes: written by the one,
/// read by the other, and by nobody else, so they are places inside the image.
@safe package final class PooledPlaces {
  let shape: PooledConvolution
  let batch: Int
  let places: UnsafeMutablePointer<Int32>

  /// Room for batches of up to `batch` images.
  package init(_ shape: PooledConvolution, batch: Int) {
    self.shape = shape
    self.batch = batch
    unsafe places = .allocate(capacity: max(1, batch * shape.outputCount))
    unsafe places.initialize(repeating: 0, count: max(1, batch * shape.outputCount))
  }

  deinit { unsafe places.deallocate() }
}

extension Scalar {
  /// Those that may compute with this type.
  static var tables: [KernelTable] { usesMachineKernels ? KernelTable.available : doubleTables }
}

private let doubleTables = [KernelTable.double]

extension Workspace {
  /// `y = max over windows of f(x ∗ w + bias)`; the first of equals is taken, NaN if there is one.
  ///
  /// - Parameters:
  ///   - places: Remembers which pixel was taken, for the gradient.
  ///   - scratch: At least `scratchCount` elements.
  /// - Shapes: x (N, C·H·W), w (filters, C/groups·kH·kW), bias (1, filters) →
  ///   y (N, filters·outH·outW of the windows), all contiguous.
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

  /// The gradients of a pooled convolution: `dx`, `dw` and `dbias` are overwritten, or nil where
  /// nobody needs them.
  ///
  /// - Parameters:
  ///   - y: What the forward pass gave; the function must be one whose `derivativeNeedsOutput`.
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

/// What the parts share: memory that the caller lends until all parts are done.
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

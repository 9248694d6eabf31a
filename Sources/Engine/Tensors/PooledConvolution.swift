internal import CKernels

/// A convolution followed by the maximum over windows of its output.
///
/// Computed together, the two cost less than one after the other: the outputs are never in memory
/// as a whole, and in the backward pass only one pixel of a window has a gradient.
package struct PooledConvolution: Hashable, Sendable, CustomStringConvertible {
  /// The convolution whose outputs are not kept.
  package let convolution: Convolution
  /// The windows of its outputs.
  package let pooling: Pooling

  /// - Returns: nil if the two cannot be computed together, or cost less separately. Measured with
  ///   kernels of 3×3 and 5×5 over 1 to 64 channels, they pay together for at least four filters in
  ///   a group and at most half as many windows as pixels.
  package init?(_ convolution: Convolution, _ pooling: Pooling) {
    guard
      pooling.kind == .maximum, pooling.channels == convolution.filters,
      pooling.height == convolution.outHeight, pooling.width == convolution.outWidth,
      2 * pooling.outputCount <= convolution.outputCount,
      convolution.filters / convolution.groups >= 4,
      convolution.dilationX == 1, pooling.kernelHeight <= 16
    else { return nil }
    // Positions in a padded image are 32-bit integers.
    let rows = convolution.height + 2 * convolution.padY
    let row = convolution.width + 2 * convolution.padX
    let (pixels, overflow) = rows.multipliedReportingOverflow(by: row)
    let (elements, overflows) = pixels.multipliedReportingOverflow(by: convolution.channels)
    guard !overflow, !overflows, elements <= Int(Int32.max) else { return nil }
    self.convolution = convolution
    self.pooling = pooling
  }

  /// Numbers of one output: O·H′·W′ of the windows.
  package var outputCount: Int { pooling.outputCount }
  package var description: String {
    "\(convolution), the largest of \(pooling.kernelHeight)×\(pooling.kernelWidth)"
  }

  /// Elements of scratch memory that one call needs, for every thread that may compute a part.
  package func scratchCount<Element: Scalar>(for workspace: Workspace<Element>.Type) -> Int {
    let tables = Element.tables
    return scratchPerThread(tables) * ThreadPool.width + sumsCount(tables)
  }

  /// Elements of scratch memory for one thread: the maximum over the tables.
  func scratchPerThread(_ tables: [KernelTable]) -> Int {
    var (convolution, pooling) = foreign(batch: 1)
    var maximum = 0
    for table in tables {
      maximum = max(maximum, unsafe table.table.pointee.pooled_scratch(&convolution, &pooling))
    }
    return (maximum + 15) & ~15
  }

  /// Elements for the partial gradients of the weights.
  func sumsCount(_ tables: [KernelTable]) -> Int {
    var (convolution, _) = foreign(batch: 1)
    var maximum = 0
    for table in tables {
      maximum = max(maximum, unsafe table.table.pointee.pooled_sums(&convolution))
    }
    return maximum
  }

  func foreign(batch: Int) -> (ck_convolution, ck_pooling) {
    (convolution.foreign(batch: batch), pooling.foreign(batch: batch))
  }
}

extension Scalar {
  /// The tables that may compute with this type.
  static var tables: [KernelTable] { usesMachineKernels ? KernelTable.available : doubleTables }
}

private let doubleTables = [KernelTable.double]

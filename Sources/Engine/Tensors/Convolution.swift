internal import CKernels

/// The geometry of a convolution: which pixel is multiplied by which weight.
///
/// - Shapes: images (N, C·H·W), channels first; weights (O, C/G·kH·kW); outputs (N, O·H′·W′), with
///   H′ = ⌊(H + 2·padY - dilationY·(kH - 1) - 1)/strideY⌋ + 1, W′ likewise.
package struct Convolution: Hashable, Sendable, CustomStringConvertible {
  /// C of the images.
  package let channels: Int
  /// H of the images.
  package let height: Int
  /// W of the images.
  package let width: Int
  /// O, the output channels.
  package let filters: Int
  /// kH.
  package let kernelHeight: Int
  /// kW.
  package let kernelWidth: Int
  /// Rows between two outputs.
  package let strideY: Int
  /// Columns between two outputs.
  package let strideX: Int
  /// Rows of zeros above and below.
  package let padY: Int
  /// Columns of zeros left and right.
  package let padX: Int
  /// Rows between two rows of the kernel.
  package let dilationY: Int
  /// Columns between two columns of the kernel.
  package let dilationX: Int
  /// G: the number of independent groups of channels and filters.
  package let groups: Int
  /// H′.
  package let outHeight: Int
  /// W′.
  package let outWidth: Int

  /// - Returns: nil if the kernel does not fit the padded image, a number is not positive, or the
  ///   groups do not divide channels and filters.
  package init?(
    channels: Int, height: Int, width: Int, filters: Int, kernelHeight: Int, kernelWidth: Int,
    strideY: Int = 1, strideX: Int = 1, padY: Int = 0, padX: Int = 0, dilationY: Int = 1,
    dilationX: Int = 1, groups: Int = 1
  ) {
    guard
      min(channels, height, width, filters, kernelHeight, kernelWidth, groups) > 0,
      min(strideY, strideX, dilationY, dilationX) > 0, min(padY, padX) >= 0,
      max(height, width, kernelHeight, kernelWidth, padY, padX) < 1 << 24,
      max(dilationY, dilationX, strideY, strideX) < 1 << 24,
      channels % groups == 0, filters % groups == 0
    else { return nil }
    let spanY = height + 2 * padY - dilationY * (kernelHeight - 1) - 1
    let spanX = width + 2 * padX - dilationX * (kernelWidth - 1) - 1
    guard spanY >= 0, spanX >= 0 else { return nil }
    self.channels = channels
    self.height = height
    self.width = width
    self.filters = filters
    self.kernelHeight = kernelHeight
    self.kernelWidth = kernelWidth
    self.strideY = strideY
    self.strideX = strideX
    self.padY = padY
    self.padX = padX
    self.dilationY = dilationY
    self.dilationX = dilationX
    self.groups = groups
    outHeight = spanY / strideY + 1
    outWidth = spanX / strideX + 1
  }

  /// Numbers of one image: C·H·W.
  package var inputCount: Int { channels * height * width }
  /// Numbers of one output: O·H′·W′.
  package var outputCount: Int { filters * outHeight * outWidth }
  /// C/G·kH·kW.
  package var weightsPerFilter: Int { channels / groups * kernelHeight * kernelWidth }
  package var description: String {
    "\(channels)×\(height)×\(width) by \(filters) filters of \(kernelHeight)×\(kernelWidth)"
  }

  /// Elements of scratch memory that one call needs, for every thread that may compute a part.
  package func scratchCount<Element: Scalar>(for workspace: Workspace<Element>.Type, batch: Int)
    -> Int
  {
    scratchPerThread(Element.tables, batch: batch) * ThreadPool.width
  }

  /// Elements of scratch memory for one thread: the maximum over the tables.
  func scratchPerThread(_ tables: [KernelTable], batch: Int) -> Int {
    var shape = foreign(batch: batch)
    var maximum = 0
    for table in tables {
      maximum = max(maximum, unsafe table.table.pointee.convolution_scratch(&shape))
    }
    return (maximum + 15) & ~15
  }

  func foreign(batch: Int) -> ck_convolution {
    ck_convolution(
      batch: batch, channels: channels, height: height, width: width, filters: filters,
      kernel_height: kernelHeight, kernel_width: kernelWidth, stride_y: strideY,
      stride_x: strideX, pad_y: padY, pad_x: padX, dilation_y: dilationY, dilation_x: dilationX,
      groups: groups, out_height: outHeight, out_width: outWidth)
  }
}

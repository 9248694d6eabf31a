internal import CKernels

/// The geometry of a convolution: which pixel meets which weight.
///
/// Images are rows of a matrix (N, C·H·W), channels first; weights are
/// (filters, C/groups·kernelHeight·kernelWidth); outputs (N, filters·outHeight·outWidth).
package struct Convolution: Hashable, Sendable, CustomStringConvertible {
  package let channels: Int
  package let height: Int
  package let width: Int
  package let filters: Int
  package let kernelHeight: Int
  package let kernelWidth: Int
  package let strideY: Int
  package let strideX: Int
  package let padY: Int
  package let padX: Int
  package let dilationY: Int
  package let dilationX: Int
  package let groups: Int
  package let outHeight: Int
  package let outWidth: Int

  /// - Returns: nil where the kernel does not fit the padded image, a number is not positive, or
  ///   the groups do not divide channels and filters.
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

  package var inputCount: Int { channels * height * width }
  package var outputCount: Int { filters * outHeight * outWidth }
  package var weightsPerFilter: Int { channels / groups * kernelHeight * kernelWidth }
  package var description: String {
    "\(channels)×\(height)×\(width) by \(filters) filters of \(kernelHeight)×\(kernelWidth)"
  }

  /// Elements of scratch memory that one call needs, for every thread that may take part.
  package func scratchCount<Element: Scalar>(for workspace: Workspace<Element>.Type, batch: Int)
    -> Int
  {
    scratchPerThread(Element.tables, batch: batch) * ThreadPool.width
  }

  /// The most that any of the tables needs.
  func scratchPerThread(_ tables: [KernelTable], batch: Int) -> Int {
    var shape = foreign(batch: batch)
    var most = 0
    for table in tables {
      most = max(most, unsafe table.table.pointee.convolution_scratch(&shape))
    }
    return (most + 15) & ~15
  }

  func foreign(batch: Int) -> ck_convolution {
    ck_convolution(
      batch: batch, channels: channels, height: height, width: width, filters: filters,
      kernel_height: kernelHeight, kernel_width: kernelWidth, stride_y: strideY,
      stride_x: strideX, pad_y: padY, pad_x: padX, dilation_y: dilationY, dilation_x: dilationX,
      groups: groups, out_height: outHeight, out_width: outWidth)
  }
}

/// The geometry of a pooling layer over each channel of (N, C·H·W).
package struct Pooling: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// The largest of a window: the first of equals, NaN if there is one.
    case maximum
    /// The mean of a window, of its pixels inside the image unless padding counts as zeros.
    case average(countingPadding: Bool)
  }

  package let kind: Kind
  package let channels: Int
  package let height: Int
  package let width: Int
  package let kernelHeight: Int
  package let kernelWidth: Int
  package let strideY: Int
  package let strideX: Int
  package let padY: Int
  package let padX: Int
  package let outHeight: Int
  package let outWidth: Int

  /// - Returns: nil where the window does not fit the padded image, a number is not positive, or
  ///   padding exceeds half the window.
  package init?(
    _ kind: Kind, channels: Int, height: Int, width: Int, kernelHeight: Int, kernelWidth: Int,
    strideY: Int, strideX: Int, padY: Int = 0, padX: Int = 0
  ) {
    guard
      min(channels, height, width, kernelHeight, kernelWidth) > 0, min(strideY, strideX) > 0,
      max(height, width, kernelHeight, kernelWidth) < 1 << 24, padY >= 0, padX >= 0,
      2 * padY <= kernelHeight, 2 * padX <= kernelWidth,
      height + 2 * padY >= kernelHeight, width + 2 * padX >= kernelWidth
    else { return nil }
    self.kind = kind
    self.channels = channels
    self.height = height
    self.width = width
    self.kernelHeight = kernelHeight
    self.kernelWidth = kernelWidth
    self.strideY = strideY
    self.strideX = strideX
    self.padY = padY
    self.padX = padX
    outHeight = (height + 2 * padY - kernelHeight) / strideY + 1
    outWidth = (width + 2 * padX - kernelWidth) / strideX + 1
  }

  package var inputCount: Int { channels * height * width }
  package var outputCount: Int { channels * outHeight * outWidth }

  func foreign(batch: Int) -> ck_pooling {
    var shape = ck_pooling(
      batch: batch, channels: channels, height: height, width: width,
      kernel_height: kernelHeight, kernel_width: kernelWidth, stride_y: strideY,
      stride_x: strideX, pad_y: padY, pad_x: padX, out_height: outHeight, out_width: outWidth,
      average: 0, count_padding: 0)
    if case .average(let countingPadding) = kind {
      shape.average = 1
      shape.count_padding = countingPadding ? 1 : 0
    }
    return shape
  }
}

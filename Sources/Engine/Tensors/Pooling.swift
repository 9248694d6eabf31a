internal import CKernels

/// The geometry of a pooling layer over each channel.
///
/// - Shapes: images (N, C·H·W) → outputs (N, C·H′·W′).
package struct Pooling: Hashable, Sendable {
  /// The reductions of a window.
  package enum Kind: Hashable, Sendable {
    /// The maximum of a window: of equal elements the first, NaN if there is one.
    case maximum
    /// The mean of a window, of its pixels inside the image unless padding counts as zeros.
    case average(countingPadding: Bool)
  }

  /// The reduction of a window.
  package let kind: Kind
  /// C of the images.
  package let channels: Int
  /// H of the images.
  package let height: Int
  /// W of the images.
  package let width: Int
  /// Rows of a window.
  package let kernelHeight: Int
  /// Columns of a window.
  package let kernelWidth: Int
  /// Rows between two windows.
  package let strideY: Int
  /// Columns between two windows.
  package let strideX: Int
  /// Rows added above and below; they are never a maximum.
  package let padY: Int
  /// Columns added left and right.
  package let padX: Int
  /// H′, the rows of windows.
  package let outHeight: Int
  /// W′, the columns of windows.
  package let outWidth: Int

  /// - Returns: nil if the window does not fit the padded image, a number is not positive, or
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

  /// Numbers of one image: C·H·W.
  package var inputCount: Int { channels * height * width }
  /// Numbers of one output: C·H′·W′.
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

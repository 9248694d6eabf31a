/// The positions of the maxima of a pooled convolution. The forward pass writes them, the backward
/// pass reads them, and nothing else does, so they are inside of the image.
@safe package final class PooledPlaces {
  let shape: PooledConvolution
  let batch: Int
  let places: UnsafeMutablePointer<Int32>

  /// Places for batches of up to `batch` images.
  package init(_ shape: PooledConvolution, batch: Int) {
    self.shape = shape
    self.batch = batch
    unsafe places = .allocate(capacity: max(1, batch * shape.outputCount))
    unsafe places.initialize(repeating: 0, count: max(1, batch * shape.outputCount))
  }

  deinit { unsafe places.deallocate() }
}

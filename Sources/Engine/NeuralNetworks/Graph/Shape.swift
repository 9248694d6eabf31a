/// The shape of one sample, without the batch: `16`, `1×28×28` (C, H, W) or `12×8` (T, F). The
/// elements are stored row-major.
///
/// Comments on layers write shapes in the letters of `View` in `Tensors`, for one sample unless
/// they name N. A parameter's shape is PyTorch's, (out, in, …); in memory some parameters are
/// transposed (`ParameterSpec.isTransposed`).
package struct Shape: Hashable, Sendable, CustomStringConvertible {
  /// The extents from the outermost axis to the innermost.
  package var extents: [Int]

  /// A shape of these extents.
  package init(_ extents: [Int]) { self.extents = extents }
  /// A shape of these extents.
  package init(_ extents: Int...) { self.extents = extents }

  /// The product of the extents; `Int.max` where it would be more.
  package var count: Int { extents.reduce(1, saturatingProduct) }
  /// The number of axes: 1 for a row, 2 for a sequence, 3 for an image.
  package var rank: Int { extents.count }

  package var description: String { extents.map(String.init).joined(separator: "×") }
}

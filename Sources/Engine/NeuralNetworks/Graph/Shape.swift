/// The shape of one sample, without the batch: `16`, `1×28×28` (C, H, W) or `12×8` (T steps of
/// F features). The elements are stored row-major.
package struct Shape: Hashable, Sendable, CustomStringConvertible {
  package var extents: [Int]

  package init(_ extents: [Int]) { self.extents = extents }
  package init(_ extents: Int...) { self.extents = extents }

  /// The product of the extents; the greatest number where it would be more.
  package var count: Int { extents.reduce(1, saturatingProduct) }
  package var rank: Int { extents.count }

  package var description: String { extents.map(String.init).joined(separator: "×") }
}

/// The product of two sizes; `Int.max` where it would be more.
///
/// Sizes come from what an author wrote. Every product is compared with `Sizes.elementLimit` before
/// anything is added to it or allocated for it.
func saturatingProduct(_ a: Int, _ b: Int) -> Int {
  let (product, overflow) = a.multipliedReportingOverflow(by: b)
  return overflow ? .max : product
}

/// The product of several sizes; `Int.max` where it would be more.
func saturatingProduct(_ sizes: Int...) -> Int { sizes.reduce(1, saturatingProduct) }

/// Limits of a network, which keep arithmetic on its sizes from overflowing: what a machine could
/// hold, with a margin for batches and for sums over all layers.
enum Sizes {
  /// The maximum extent of one axis of a shape.
  static let extentLimit = Int(clamping: Int64(1) << 31)
  /// Numbers of a layer's output or parameters, and of all layers together; less where an `Int` has
  /// 32 bits, so that sums of a few of them do not overflow either.
  static let elementLimit = min(Int(clamping: Int64(1) << 40), .max / 16)
  /// Multiply-adds of one sample, all layers together.
  static let multiplyAddLimit = Int(clamping: Int64(1) << 50)

  /// Whether a shape is within the limits.
  static func allow(_ shape: Shape) -> Bool {
    shape.extents.allSatisfy { (1...extentLimit).contains($0) } && shape.count <= elementLimit
  }
}

/// The product of two sizes; the greatest number where it would be more.
///
/// Sizes come out of what an author wrote. Whatever is made of them is compared with `Sizes.most`
/// before anything is added to it or allocated for it.
func saturatingProduct(_ a: Int, _ b: Int) -> Int {
  let (product, overflow) = a.multipliedReportingOverflow(by: b)
  return overflow ? .max : product
}

/// The product of several sizes; the greatest number where it would be more.
func saturatingProduct(_ sizes: Int...) -> Int { sizes.reduce(1, saturatingProduct) }

/// What a network may have at most, so that no arithmetic on its sizes overflows: numbers that a
/// machine could hold, with room for a batch of them and for sums over all layers.
enum Sizes {
  /// Of an axis of a shape.
  static let mostExtent = Int(clamping: Int64(1) << 31)
  /// Numbers that a layer gives, trains or looks at, and all layers together; less where an `Int`
  /// has 32 bits, for there a sum of a few such numbers must not overflow either.
  static let most = min(Int(clamping: Int64(1) << 40), .max / 16)
  /// Multiply-adds of one sample, all layers together.
  static let mostMultiplyAdds = Int(clamping: Int64(1) << 50)

  /// Whether a shape is one that can be computed with.
  static func allow(_ shape: Shape) -> Bool {
    shape.extents.allSatisfy { (1...mostExtent).contains($0) } && shape.count <= most
  }
}

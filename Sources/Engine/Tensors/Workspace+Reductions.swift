internal import CKernels

/// The kinds of reductions.
package enum Reduction: Int32, Hashable, Sendable, CaseIterable {
  case sum = 0
  case sumOfSquares, sumOfMagnitudes
  /// NaN if any element is; -∞ without elements.
  case maximum
  /// NaN if any element is; +∞ without elements.
  case minimum
}

/// Reductions have sixteen partial results, one for the columns of each residue mod 16, and one
/// tree at the end: the same bits on every machine. An element's column decides where it is added,
/// not its address.
extension Workspace {
  /// Reduces all elements to one number.
  package func reduce(_ reduction: Reduction, _ x: View) -> Element {
    Element(
      unsafe table.pointee.reduce(
        reduction.rawValue, x.rows, x.columns, uncapturedPointer(x), x.rowStride))
  }

  /// Σ x.
  package func sum(_ x: View) -> Element { reduce(.sum, x) }
  /// The largest element; NaN if there is one.
  package func maximum(_ x: View) -> Element { reduce(.maximum, x) }
  /// The smallest element; NaN if there is one.
  package func minimum(_ x: View) -> Element { reduce(.minimum, x) }

  /// The mean; NaN without elements.
  package func mean(_ x: View) -> Element { sum(x) / Element(Double(x.count)) }

  /// The mean of squared deviations from the mean (divided by the count, in two passes).
  package func variance(_ x: View) -> Element {
    let mean = mean(x)
    let sum = unsafe table.pointee.sum_of_squared_deviations(
      x.rows, x.columns, mean.double, uncapturedPointer(x), x.rowStride)
    return Element(sum) / Element(Double(x.count))
  }

  /// The Euclidean norm of all elements.
  package func norm(_ x: View) -> Element { reduce(.sumOfSquares, x).squareRoot() }

  /// Σ x ⊙ y.
  package func dot(_ x: View, _ y: View) -> Element {
    requireSameShape(x, y)
    return Element(
      unsafe table.pointee.dot(
        x.rows, x.columns, uncapturedPointer(x), x.rowStride, uncapturedPointer(y), y.rowStride))
  }

  /// The column of each row's largest element: of equal elements the first, the first NaN if there
  /// is one.
  package func argMaxRows(_ x: View) -> [Int32] {
    precondition(x.columns > 0, "rows of \(x) have no largest element")
    return unsafe [Int32](unsafeUninitializedCapacity: x.rows) { buffer, initialized in
      if x.rows > 0 {
        unsafe table.pointee.arg_max_rows(
          x.rows, x.columns, uncapturedPointer(x), x.rowStride, buffer.baseAddress!)
      }
      initialized = x.rows
    }
  }

  /// `y = Σ rows of x`, or `y += …`: four chains over the rows of each residue mod 4, and a tree.
  ///
  /// - Shapes: x (M, N) → y (1, N).
  package func sumColumns(_ x: View, into y: View, accumulating: Bool = false) {
    precondition(y.rows == 1 && y.columns == x.columns, "column sums of \(x) are not \(y)")
    var call = unsafe ck_elementwise()
    unsafe call.rows = x.rows
    unsafe call.columns = x.columns
    unsafe call.operation = accumulating ? 1 : 0
    unsafe call.a = UnsafeRawPointer(pointer(x))
    unsafe call.a_stride = x.rowStride
    unsafe call.y = pointer(y)
    unsafe execute(CK_CALL_SUM_COLUMNS, call)
  }

  /// Mean and variance (divided by M) of each column, in two passes.
  ///
  /// - Shapes: x (M, N) → mean and variance (1, N).
  package func columnMoments(_ x: View, mean: View, variance: View) {
    precondition(
      variance.rows == 1 && variance.columns == x.columns,
      "column variances of \(x) are not \(variance)")
    sumColumns(x, into: mean)
    scale(mean, by: 1 / Double(x.rows), into: mean)
    unsafe table.pointee.sum_columns_of_squared_deviations(
      x.rows, x.columns, uncapturedPointer(x), x.rowStride, uncapturedPointer(mean),
      uncapturedPointer(variance))
    scale(variance, by: 1 / Double(x.rows), into: variance)
  }
}

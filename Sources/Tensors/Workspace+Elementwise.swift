internal import CKernels

/// A function of two variables, element by element.
package enum BinaryOperation: Int32, Hashable, Sendable, CaseIterable {
  case add = 0
  case subtract, multiply, divide, maximum, minimum, power
}

extension Workspace {
  /// `y = f(x)`; in place where y is x.
  ///
  /// - Shapes: x (M, N) → y (M, N).
  package func apply(_ function: Function, _ x: View, into y: View) {
    requireSameShape(x, y)
    var function = function.foreign
    let (x, y) = collapsed(x, y)
    unsafe table.pointee.map(
      &function, x.rows, x.columns, pointer(x), x.rowStride, pointer(y), y.rowStride)
  }

  /// `dx = dy ⊙ f'`; in place where dx is dy.
  ///
  /// - Parameter saved: y where the function's `derivativeNeedsOutput`, else x.
  /// - Shapes: all (M, N).
  package func applyGradient(_ function: Function, dy: View, saved: View, into dx: View) {
    requireSameShape(dy, dx)
    requireSameShape(saved, dx)
    var function = function.foreign
    let contiguous = dy.isContiguous && saved.isContiguous && dx.isContiguous
    let rows = contiguous ? 1 : dx.rows
    let columns = contiguous ? dx.count : dx.columns
    unsafe table.pointee.map_gradient(
      &function, rows, columns, pointer(dy), dy.rowStride, pointer(saved), saved.rowStride,
      pointer(dx), dx.rowStride)
  }

  /// `c = a ∘ b`, where either operand may be one row, repeated; in place where c is a or b.
  ///
  /// - Shapes: a and b (M, N) or (1, N) → c (M, N).
  package func combine(_ operation: BinaryOperation, _ a: View, _ b: View, into c: View) {
    precondition(
      a.columns == c.columns && b.columns == c.columns && (a.rows == c.rows || a.rows == 1)
        && (b.rows == c.rows || b.rows == 1),
      "\(operation) of \(a) and \(b) is not \(c)")
    let contiguous =
      a.rows == c.rows && b.rows == c.rows && a.isContiguous && b.isContiguous && c.isContiguous
    let rows = contiguous ? 1 : c.rows
    let columns = contiguous ? c.count : c.columns
    unsafe table.pointee.combine(
      operation.rawValue, rows, columns, pointer(a), a.rows == c.rows ? a.rowStride : 0,
      pointer(b), b.rows == c.rows ? b.rowStride : 0, pointer(c), c.rowStride)
  }

  /// `c[i, j] = a[i, j] ∘ b[i]`; in place where c is a.
  ///
  /// - Shapes: a (M, N), b (M, 1) → c (M, N).
  package func combineWithColumn(_ operation: BinaryOperation, _ a: View, _ b: View, into c: View) {
    requireSameShape(a, c)
    precondition(
      b.columns == 1 && b.rows == c.rows, "a column of \(b) does not fit the rows of \(c)")
    unsafe table.pointee.combine_column(
      operation.rawValue, c.rows, c.columns, pointer(a), a.rowStride, pointer(b), b.rowStride,
      pointer(c), c.rowStride)
  }

  package func add(_ a: View, _ b: View, into c: View) { combine(.add, a, b, into: c) }
  package func subtract(_ a: View, _ b: View, into c: View) { combine(.subtract, a, b, into: c) }
  /// `c = a ⊙ b`, not the matrix product.
  package func multiplyElements(_ a: View, _ b: View, into c: View) {
    combine(.multiply, a, b, into: c)
  }
  package func divide(_ a: View, _ b: View, into c: View) { combine(.divide, a, b, into: c) }

  /// `y += alpha·x`, or `y = alpha·x + beta·y` (y is not read where beta is 0).
  ///
  /// - Shapes: x (M, N), y (M, N).
  package func addScaled(_ x: View, by alpha: Double = 1, to y: View, scaledBy beta: Double = 1) {
    requireSameShape(x, y)
    let (x, y) = collapsed(x, y)
    unsafe table.pointee.accumulate(
      x.rows, x.columns, alpha, pointer(x), x.rowStride, beta, pointer(y), y.rowStride)
  }

  /// `y = scale·x + offset`; in place where y is x.
  ///
  /// - Shapes: x (M, N) → y (M, N).
  package func scale(_ x: View, by scale: Double, adding offset: Double = 0, into y: View) {
    requireSameShape(x, y)
    let (x, y) = collapsed(x, y)
    unsafe table.pointee.affine(
      x.rows, x.columns, scale, offset, pointer(x), x.rowStride, pointer(y), y.rowStride)
  }

  package func fill(_ x: View, with value: Double) {
    let x = x.collapsed
    unsafe table.pointee.fill(x.rows, x.columns, value, pointer(x), x.rowStride)
  }

  /// `y = x`.
  package func copy(_ x: View, into y: View) { apply(.identity, x, into: y) }

  func requireSameShape(_ a: View, _ b: View) {
    precondition(a.rows == b.rows && a.columns == b.columns, "\(a) and \(b) differ in shape")
  }

  /// Both as one long row where both are contiguous.
  private func collapsed(_ x: View, _ y: View) -> (View, View) {
    x.isContiguous && y.isContiguous ? (x.collapsed, y.collapsed) : (x, y)
  }
}

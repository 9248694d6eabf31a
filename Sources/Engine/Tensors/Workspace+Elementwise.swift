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
    let (x, y) = collapsed(x, y)
    var call = unsafe elementwise(y)
    unsafe call.function = function.foreign
    unsafe call.a = UnsafeRawPointer(pointer(x))
    unsafe call.a_stride = x.rowStride
    unsafe execute(CK_CALL_MAP, call)
  }

  /// `dx = dy ⊙ f'`; in place where dx is dy.
  ///
  /// - Parameter saved: y where the function's `derivativeNeedsOutput`, else x.
  /// - Shapes: all (M, N).
  package func applyGradient(_ function: Function, dy: View, saved: View, into dx: View) {
    requireSameShape(dy, dx)
    requireSameShape(saved, dx)
    let contiguous = dy.isContiguous && saved.isContiguous && dx.isContiguous
    var call = unsafe elementwise(dx)
    if contiguous {
      unsafe call.rows = 1
      unsafe call.columns = dx.count
    }
    unsafe call.function = function.foreign
    unsafe call.a = UnsafeRawPointer(pointer(dy))
    unsafe call.a_stride = dy.rowStride
    unsafe call.b = UnsafeRawPointer(pointer(saved))
    unsafe call.b_stride = saved.rowStride
    unsafe execute(CK_CALL_MAP_GRADIENT, call)
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
    var call = unsafe elementwise(c)
    if contiguous {
      unsafe call.rows = 1
      unsafe call.columns = c.count
    }
    unsafe call.operation = operation.rawValue
    unsafe call.a = UnsafeRawPointer(pointer(a))
    unsafe call.a_stride = a.rows == c.rows ? a.rowStride : 0
    unsafe call.b = UnsafeRawPointer(pointer(b))
    unsafe call.b_stride = b.rows == c.rows ? b.rowStride : 0
    unsafe execute(CK_CALL_COMBINE, call)
  }

  /// `c = a + b`; shapes as for `combine`.
  package func add(_ a: View, _ b: View, into c: View) { combine(.add, a, b, into: c) }
  /// `c = a - b`; shapes as for `combine`.
  package func subtract(_ a: View, _ b: View, into c: View) { combine(.subtract, a, b, into: c) }
  /// `c = a ⊙ b`, not the matrix product.
  package func multiplyElements(_ a: View, _ b: View, into c: View) {
    combine(.multiply, a, b, into: c)
  }
  /// `c = a / b`, element by element; shapes as for `combine`.
  package func divide(_ a: View, _ b: View, into c: View) { combine(.divide, a, b, into: c) }

  /// `y += alpha·x`, or `y = alpha·x + beta·y` (y is not read if beta is 0).
  ///
  /// - Shapes: x (M, N), y (M, N).
  package func addScaled(_ x: View, by alpha: Double = 1, to y: View, scaledBy beta: Double = 1) {
    requireSameShape(x, y)
    let (x, y) = collapsed(x, y)
    var call = unsafe elementwise(y)
    unsafe call.scale = alpha
    unsafe call.offset = beta
    unsafe call.a = UnsafeRawPointer(pointer(x))
    unsafe call.a_stride = x.rowStride
    unsafe execute(CK_CALL_ACCUMULATE, call)
  }

  /// `y = scale·x + offset`; in place where y is x.
  ///
  /// - Shapes: x (M, N) → y (M, N).
  package func scale(_ x: View, by scale: Double, adding offset: Double = 0, into y: View) {
    requireSameShape(x, y)
    let (x, y) = collapsed(x, y)
    var call = unsafe elementwise(y)
    unsafe call.scale = scale
    unsafe call.offset = offset
    unsafe call.a = UnsafeRawPointer(pointer(x))
    unsafe call.a_stride = x.rowStride
    unsafe execute(CK_CALL_AFFINE, call)
  }

  /// `x = value` for every element.
  package func fill(_ x: View, with value: Double) {
    let x = x.collapsed
    var call = unsafe elementwise(x)
    unsafe call.offset = value
    unsafe execute(CK_CALL_FILL, call)
  }

  /// `y = x`.
  package func copy(_ x: View, into y: View) { apply(.identity, x, into: y) }

  func requireSameShape(_ a: View, _ b: View) {
    precondition(a.rows == b.rows && a.columns == b.columns, "\(a) and \(b) differ in shape")
  }

  /// A call that writes to `y`.
  private func elementwise(_ y: View) -> ck_elementwise {
    var call = unsafe ck_elementwise()
    unsafe call.rows = y.rows
    unsafe call.columns = y.columns
    unsafe call.y = pointer(y)
    unsafe call.y_stride = y.rowStride
    return unsafe call
  }

  /// Both as one row if both are contiguous.
  private func collapsed(_ x: View, _ y: View) -> (View, View) {
    x.isContiguous && y.isContiguous ? (x.collapsed, y.collapsed) : (x, y)
  }
}

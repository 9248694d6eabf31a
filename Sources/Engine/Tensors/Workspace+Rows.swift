internal import CKernels

extension Workspace {
  /// `y[i] = x[indices[i]]`, rows of another workspace: a data set's.
  ///
  /// - Precondition: The first `y.rows` indices are rows of x, also when the call is replayed.
  package func gather(
    _ indices: IndexBuffer, of x: View, in source: Workspace<Element>, into y: View
  ) {
    precondition(
      x.columns == y.columns && indices.count >= y.rows,
      "\(indices.count) rows of \(x) do not make \(y)")
    var gather = unsafe rows(y.rows, y.columns, indices, below: x.rows)
    unsafe gather.x = UnsafeRawPointer(source.pointer(x))
    unsafe gather.x_stride = x.rowStride
    unsafe gather.y = pointer(y)
    unsafe gather.y_stride = y.rowStride
    callCapture.keep(indices)
    callCapture.keep(source)
    unsafe execute(ck_call(kind: Int32(CK_CALL_GATHER), with: ck_operands(gather: gather)))
  }

  /// `y[i] = x[indices[i]]` for the first `count` rows of as many integers each.
  ///
  /// - Precondition: The first `count` indices are rows of x, also when the call is replayed.
  package func gather(
    _ count: Int, _ indices: IndexBuffer, of x: IndexBuffer, columns: Int, into y: IndexBuffer
  ) {
    precondition(
      indices.count >= count && y.count >= count * columns,
      "\(count) rows of \(columns) integers do not fit among \(y.count)")
    var gather = unsafe rows(count, columns, indices, below: x.count / max(columns, 1))
    unsafe gather.x = UnsafeRawPointer(x.base)
    unsafe gather.x_stride = columns
    unsafe gather.y = UnsafeMutableRawPointer(y.base)
    unsafe gather.y_stride = columns
    callCapture.keep(indices)
    callCapture.keep(x)
    callCapture.keep(y)
    unsafe execute(ck_call(kind: Int32(CK_CALL_GATHER_INTEGERS), with: ck_operands(gather: gather)))
  }

  private func rows(
    _ rows: Int, _ columns: Int, _ indices: IndexBuffer, below count: Int
  ) -> ck_gather {
    for place in 0..<rows {
      precondition(
        indices[place] >= 0 && Int(indices[place]) < count,
        "row \(indices[place]) is not among \(count)")
    }
    var gather = unsafe ck_gather()
    unsafe gather.rows = rows
    unsafe gather.columns = columns
    unsafe gather.indices = UnsafePointer(indices.base)
    return unsafe gather
  }
}

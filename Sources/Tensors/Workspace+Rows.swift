internal import CKernels

extension Workspace {
  /// `y[i] = x[indices[i]]`, rows of another workspace: a data set's.
  package func gather(
    _ indices: Span<Int32>, of x: View, in source: Workspace<Element>, into y: View
  ) {
    precondition(
      x.columns == y.columns && indices.count == y.rows,
      "\(indices.count) rows of \(x) do not make \(y)")
    check(indices, below: x.rows)
    guard y.rows > 0 else { return }
    unsafe indices.withUnsafeBufferPointer { indices in
      unsafe table.pointee.gather(
        y.rows, y.columns, indices.baseAddress!, source.pointer(x), x.rowStride, pointer(y),
        y.rowStride)
    }
  }

  /// `y[indices[i]] += x[i]`, in the order of i.
  ///
  /// - Shapes: x (M, N), indices M, y (R, N).
  package func scatterAdd(_ x: View, to indices: Span<Int32>, of y: View) {
    precondition(
      x.columns == y.columns && indices.count == x.rows,
      "\(x) cannot be added to \(indices.count) rows of \(y)")
    check(indices, below: y.rows)
    guard x.rows > 0 else { return }
    unsafe indices.withUnsafeBufferPointer { indices in
      unsafe table.pointee.scatter_add(
        x.rows, x.columns, indices.baseAddress!, pointer(x), x.rowStride, pointer(y), y.rowStride)
    }
  }

  private func check(_ indices: Span<Int32>, below count: Int) {
    for index in 0..<indices.count {
      precondition(
        indices[index] >= 0 && Int(indices[index]) < count,
        "row \(indices[index]) is not among \(count)")
    }
  }
}

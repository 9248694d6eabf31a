/// A matrix inside a workspace: where it begins, its extents, and how far its rows are apart.
///
/// A view is a value without a pointer. It means something together with the workspace it was
/// planned for; every operation checks it against that workspace once.
package struct View: Hashable, Sendable, CustomStringConvertible {
  package var offset: Int
  package var rows: Int
  package var columns: Int
  package var rowStride: Int

  /// A contiguous matrix.
  package init(offset: Int, rows: Int, columns: Int) {
    self.init(offset: offset, rows: rows, columns: columns, rowStride: columns)
  }

  package init(offset: Int, rows: Int, columns: Int, rowStride: Int) {
    precondition(
      offset >= 0 && rows >= 0 && columns >= 0 && rowStride >= columns,
      "a view of \(rows)×\(columns) cannot start at \(offset) with rows \(rowStride) apart")
    self.offset = offset
    self.rows = rows
    self.columns = columns
    self.rowStride = rowStride
  }

  package var count: Int { rows * columns }
  package var isEmpty: Bool { rows == 0 || columns == 0 }
  package var isContiguous: Bool { rowStride == columns || rows <= 1 }
  package var description: String { "\(rows)×\(columns)" }

  /// One past the last element.
  var end: Int { isEmpty ? offset : offset + (rows - 1) * rowStride + columns }

  package func row(_ index: Int) -> View { self.rows(index..<index + 1) }

  package func rows(_ range: Range<Int>) -> View {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) are not in \(self)")
    return View(
      offset: offset + range.lowerBound * rowStride, rows: range.count, columns: columns,
      rowStride: rowStride)
  }

  package func columns(_ range: Range<Int>) -> View {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= columns, "columns \(range) are not in \(self)")
    return View(
      offset: offset + range.lowerBound, rows: rows, columns: range.count, rowStride: rowStride)
  }

  /// The same elements in rows of another length.
  package func reshaped(rows: Int, columns: Int) -> View {
    precondition(
      isContiguous && rows * columns == count, "\(self) cannot be read as \(rows)×\(columns)")
    return View(offset: offset, rows: rows, columns: columns)
  }

  /// All elements as one row.
  package var flattened: View { reshaped(rows: 1, columns: count) }

  /// The same elements as one row where they are contiguous: longer rows are faster.
  var collapsed: View {
    isContiguous ? View(offset: offset, rows: 1, columns: count) : self
  }
}

/// The places of all matrices of a workspace, planned before anything is allocated.
package struct WorkspacePlan: Sendable {
  /// Elements reserved so far.
  package private(set) var count = 0
  private var overflows = false

  package init() {}

  /// A place for a matrix, 64-byte aligned, apart from all others.
  ///
  /// Extents whose product overflows are remembered; `Workspace.init` throws for them.
  package mutating func reserve(rows: Int, columns: Int) -> View {
    let (elements, over) = rows.multipliedReportingOverflow(by: columns)
    let (end, overEnd) = count.addingReportingOverflow(elements)
    let (padded, overPadded) = end.addingReportingOverflow(15)
    guard rows >= 0, columns >= 0, !over, !overEnd, !overPadded, Int64(padded) < WorkspacePlan.limit
    else {
      overflows = true
      return View(offset: 0, rows: 0, columns: 0)
    }
    let view = View(offset: count, rows: rows, columns: columns)
    count = padded & ~15
    return view
  }

  /// A place for one row.
  package mutating func reserve(_ columns: Int) -> View { reserve(rows: 1, columns: columns) }

  /// Nothing is reserved beyond this many elements.
  static let limit = Int64(1) << 40

  var isTooLarge: Bool { overflows }

  /// Bytes of a workspace of this plan; nil for one that there cannot be.
  package func bytes<Element: Scalar>(of type: Element.Type) -> Int? {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
    return overflows || overflow ? nil : bytes
  }
}

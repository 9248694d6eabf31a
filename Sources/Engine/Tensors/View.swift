/// A matrix inside a workspace: where it begins, its extents and its row stride.
///
/// A view is a value without a pointer. It belongs to the workspace that it was planned for; every
/// operation checks it against its workspace once.
///
/// Comments throughout the engine write shapes in these letters, which are defined only here:
///
/// | letter | extent |
/// |---|---|
/// | M, N | rows and columns of a matrix; in layers and losses N is the samples of a batch |
/// | K | inner extent of a matrix product; in losses classes or outputs of a row |
/// | C, H, W | channels, height and width of an image |
/// | kH, kW | height and width of a kernel or a window |
/// | T, F | steps of a sequence, features of a step |
/// | I, O | inputs and outputs of a dense layer, a cell or a convolution (its filters) |
/// | G | groups of channels |
///
/// A prime marks an output: H′×W′.
package struct View: Hashable, Sendable, CustomStringConvertible {
  /// The index of the first element in the workspace.
  package var offset: Int
  /// M, the number of rows.
  package var rows: Int
  /// N, the number of columns.
  package var columns: Int
  /// Elements between the starts of two rows; at least N.
  package var rowStride: Int

  /// A contiguous matrix.
  package init(offset: Int, rows: Int, columns: Int) {
    self.init(offset: offset, rows: rows, columns: columns, rowStride: columns)
  }

  /// A matrix whose rows may have gaps between them.
  package init(offset: Int, rows: Int, columns: Int, rowStride: Int) {
    precondition(
      offset >= 0 && rows >= 0 && columns >= 0 && rowStride >= columns,
      "a view of \(rows)×\(columns) cannot start at \(offset) with rows \(rowStride) apart")
    self.offset = offset
    self.rows = rows
    self.columns = columns
    self.rowStride = rowStride
  }

  /// M·N.
  package var count: Int { rows * columns }
  /// Whether there are no elements.
  package var isEmpty: Bool { rows == 0 || columns == 0 }
  /// Whether the rows follow each other without gaps.
  package var isContiguous: Bool { rowStride == columns || rows <= 1 }
  package var description: String { "\(rows)×\(columns)" }

  /// One past the last element.
  var end: Int { isEmpty ? offset : offset + (rows - 1) * rowStride + columns }

  /// One row, as a matrix.
  package func row(_ index: Int) -> View { self.rows(index..<index + 1) }

  /// Some rows.
  package func rows(_ range: Range<Int>) -> View {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) are not in \(self)")
    return View(
      offset: offset + range.lowerBound * rowStride, rows: range.count, columns: columns,
      rowStride: rowStride)
  }

  /// Some columns of all rows.
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

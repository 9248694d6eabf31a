/// Numbers at the points of a regular grid, row by row from the minimum of y upwards.
package struct Field: Sendable {
  /// Number of grid points in a row.
  package let columns: Int
  /// Number of rows.
  package let rows: Int
  /// From the first column to the last.
  package let x: ClosedRange<Double>
  /// From the first row to the last.
  package let y: ClosedRange<Double>
  /// `values[row * columns + column]`.
  package let values: [Double]

  /// - Precondition: `values` has `columns` × `rows` numbers, row by row from the minimum of y
  ///   upwards.
  package init(
    columns: Int, rows: Int, x: ClosedRange<Double>, y: ClosedRange<Double>, values: [Double]
  ) {
    precondition(
      values.count == columns * rows, "\(values.count) values for \(columns) × \(rows) crossings")
    self.columns = columns
    self.rows = rows
    self.x = x
    self.y = y
    self.values = values
  }
}

/// Columns of equal length: the data of a chart, as a table and as CSV.
package struct DataTable: Sendable {
  /// Numbers, or texts.
  package enum Values: Sendable {
    case numbers([Double])
    case texts([String])
  }

  /// A column with its heading.
  package struct Column: Sendable {
    /// The heading, as plain text or with mathematics.
    package var name: String
    /// From the first row to the last; shorter columns are padded with empty cells.
    package var values: Values

    /// - Parameters:
    ///   - name: The heading.
    ///   - values: From the first row to the last.
    package init(_ name: String, _ values: Values) {
      self.name = name
      self.values = values
    }
  }

  /// From the left.
  package var columns: [Column]
  /// Whether NaN means a missing number, as where lines have different x.
  package var isSparse = false

  /// - Parameter isSparse: Whether NaN means a missing number.
  package init(_ columns: [Column], isSparse: Bool = false) {
    self.columns = columns
    self.isSparse = isSparse
  }

  /// Length of the longest column.
  package var rowCount: Int {
    columns.map { column in
      switch column.values {
      case .numbers(let numbers): numbers.count
      case .texts(let texts): texts.count
      }
    }.max() ?? 0
  }
}

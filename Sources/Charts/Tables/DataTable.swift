/// Columns of equal length: what a chart shows, as a table and as CSV.
package struct DataTable: Sendable {
  package enum Values: Sendable {
    case numbers([Double])
    case texts([String])
  }

  package struct Column: Sendable {
    package var name: String
    package var values: Values

    package init(_ name: String, _ values: Values) {
      self.name = name
      self.values = values
    }
  }

  package var columns: [Column]
  /// Whether NaN stands for a number that is not there, as where lines have different x.
  package var isSparse = false

  package init(_ columns: [Column], isSparse: Bool = false) {
    self.columns = columns
    self.isSparse = isSparse
  }

  package var rowCount: Int {
    columns.map { column in
      switch column.values {
      case .numbers(let numbers): numbers.count
      case .texts(let texts): texts.count
      }
    }.max() ?? 0
  }
}

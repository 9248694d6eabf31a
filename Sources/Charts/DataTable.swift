/// Columns of equal length: what a chart shows, as a table and as CSV.
package struct DataTable: Sendable {
  package enum Values: Sendable {
    /// NaN stands for a missing number where `isSparse` says so; else it is one.
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

  package init(_ columns: [Column]) { self.columns = columns }

  package var rowCount: Int {
    columns.map { column in
      switch column.values {
      case .numbers(let numbers): numbers.count
      case .texts(let texts): texts.count
      }
    }.max() ?? 0
  }
}

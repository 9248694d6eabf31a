/// A matrix in shades: weights, a confusion matrix, a filter.
package struct HeatMap: Chart {
  package enum Shades: Sendable {
    /// From nothing to much.
    case sequential
    /// Two colors on either side of zero.
    case diverging
  }

  package var title: String
  package let rows: Int
  package let columns: Int
  /// Row by row from the top.
  package var values: [Double]
  package var rowNames: [String]
  package var columnNames: [String]
  package var rowLabel: String
  package var columnLabel: String
  package var shades: Shades
  /// What full color means; `nil` takes it from the data, evenly about zero for diverging shades.
  package var range: ClosedRange<Double>?
  /// Whether cells hold their numbers; `nil` decides by the room there is.
  package var showsValues: Bool?
  package var format: Axis.Format
  package var alternative: String?

  package init(
    _ title: String = "", rows: Int, columns: Int, values: [Double], rowNames: [String] = [],
    columnNames: [String] = [], rowLabel: String = "", columnLabel: String = "",
    shades: Shades = .sequential, range: ClosedRange<Double>? = nil, showsValues: Bool? = nil,
    format: Axis.Format = .automatic, alternative: String? = nil
  ) {
    precondition(values.count == rows * columns, "\(values.count) values for \(rows) × \(columns)")
    self.title = title
    self.rows = rows
    self.columns = columns
    self.values = values
    self.rowNames = rowNames
    self.columnNames = columnNames
    self.rowLabel = rowLabel
    self.columnLabel = columnLabel
    self.shades = shades
    self.range = range
    self.showsValues = showsValues
    self.format = format
    self.alternative = alternative
  }
}

/// A matrix as shaded cells: weights, a confusion matrix, a filter.
package struct HeatMap: Chart {
  /// How numbers map to colors.
  package enum Shades: Sendable {
    /// From transparent to full color.
    case sequential
    /// Two colors, one for each side of zero.
    case diverging
  }

  /// The heading above the panel; empty for none.
  package var title: String
  /// Rows of the matrix.
  package let rows: Int
  /// Columns of the matrix.
  package let columns: Int
  /// Row by row from the top.
  package var values: [Double]
  /// Names at the left, from the top; empty for none.
  package var rowNames: [String]
  /// Names below, from the left; empty for none.
  package var columnNames: [String]
  /// The meaning of the rows: "true class".
  package var rowLabel: String
  /// The meaning of the columns: "predicted class".
  package var columnLabel: String
  /// How numbers map to colors.
  package var shades: Shades
  /// The numbers at the ends of the color scale; `nil` takes them from the data, symmetric about
  /// zero for diverging shades.
  package var range: ClosedRange<Double>?
  /// Whether cells show their numbers; `nil` decides by the available space.
  package var showsValues: Bool?
  /// How the numbers in cells are written.
  package var format: Axis.Format
  /// Text that replaces the description generated from the data.
  package var alternative: String?

  /// - Precondition: `values` has `rows` × `columns` numbers.
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

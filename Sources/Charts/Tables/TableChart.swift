import Localization

/// A table of results: aligned numbers, the best in bold, with sparklines.
package struct TableChart: Chart {
  /// The content of one cell.
  package enum Cell: Sendable {
    case text(String)
    /// HTML made and escaped by the caller, and the same as plain text.
    case markup(String, plain: String)
    case number(Double)
    /// Mean ± standard deviation.
    case spread(Double, Double)
    /// A sparkline through the numbers.
    case line([Double])
    /// A sparkline through points, for functions.
    case curve(x: [Double], y: [Double])
    case empty
  }

  /// Which number of a column is the best.
  package enum Best: Sendable { case none, minimum, maximum }

  /// The heading and number format of a column.
  package struct Column: Sendable {
    /// The heading; may contain mathematics.
    package var name: String
    /// How the numbers are written.
    package var format: Axis.Format
    /// Digits after the point, the same for the whole column; `nil` gives each number four
    /// significant digits.
    package var decimals: Int?
    /// Whether the minimum or the maximum of the column is bold.
    package var best: Best

    /// A column; its numbers have four significant digits where `decimals` is `nil`.
    package init(
      _ name: String, format: Axis.Format = .automatic, decimals: Int? = nil, best: Best = .none
    ) {
      self.name = name
      self.format = format
      self.decimals = decimals
      self.best = best
    }
  }

  /// The heading above the panel; empty for none.
  package var title: String
  /// From the left.
  package var columns: [Column]
  /// From the top; each has a cell for every column.
  package var rows: [[Cell]]
  /// Text that replaces the description generated from the data.
  package var alternative: String?

  /// - Precondition: every row has as many cells as there are columns.
  package init(
    _ title: String = "", columns: [Column], rows: [[Cell]], alternative: String? = nil
  ) {
    precondition(
      rows.allSatisfy { $0.count == columns.count }, "a row without \(columns.count) cells")
    self.title = title
    self.columns = columns
    self.rows = rows
    self.alternative = alternative
  }
}

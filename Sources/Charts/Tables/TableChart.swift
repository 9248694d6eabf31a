import Localization

/// A table worth printing: numbers aligned, the best in bold, small lines among them.
package struct TableChart: Chart {
  package enum Cell: Sendable {
    case text(String)
    /// Markup that the caller has made and answers for, and the same in plain words.
    case markup(String, plain: String)
    case number(Double)
    /// Mean ± standard deviation.
    case spread(Double, Double)
    /// A small line through the numbers.
    case line([Double])
    /// A small line through points, for functions.
    case curve(x: [Double], y: [Double])
    case empty
  }

  package enum Best: Sendable { case none, least, greatest }

  package struct Column: Sendable {
    package var name: String
    package var format: Axis.Format
    /// Digits behind the point, the same for the whole column; `nil` gives each number four
    /// significant digits.
    package var decimals: Int?
    /// Which number of the column is set in bold.
    package var best: Best

    package init(
      _ name: String, format: Axis.Format = .automatic, decimals: Int? = nil, best: Best = .none
    ) {
      self.name = name
      self.format = format
      self.decimals = decimals
      self.best = best
    }
  }

  package var title: String
  package var columns: [Column]
  package var rows: [[Cell]]
  package var alternative: String?

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

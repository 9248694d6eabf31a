/// Numbers on the crossings of a regular grid, row by row from the least y upwards.
package struct Field: Sendable {
  package let columns: Int
  package let rows: Int
  package let x: ClosedRange<Double>
  package let y: ClosedRange<Double>
  /// `values[row * columns + column]`.
  package let values: [Double]

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

/// What a classifier says all over the plane, with the points it learned from on top.
package struct BoundaryChart: Chart {
  package var title: String
  /// One field: the probability of the second class, 0 to 1, drawn in shades with the line where it
  /// is one half. Several: a score for each class, and the greatest wins.
  package var fields: [Field]
  package var classNames: [String]
  package var points: [PointSet]
  package var x: Axis
  package var y: Axis
  package var alternative: String?

  package init(
    _ title: String = "", fields: [Field], classNames: [String] = [], points: [PointSet] = [],
    x: Axis = Axis("$x_1$"), y: Axis = Axis("$x_2$"), alternative: String? = nil
  ) {
    self.title = title
    self.fields = fields
    self.classNames = classNames
    self.points = points
    self.x = x
    self.y = y
    self.alternative = alternative
  }
}

/// Lines of equal height of a function of two variables, filled in steps of shade, with paths on top.
package struct ContourChart: Chart {
  package var title: String
  package var field: Field
  /// The heights of the lines; `nil` chooses about ten.
  package var levels: [Double]?
  package var isFilled: Bool
  /// Ways over the surface, such as an optimizer's.
  package var paths: [LineChart.Series]
  package var x: Axis
  package var y: Axis
  package var valueName: String
  package var alternative: String?

  package init(
    _ title: String = "", field: Field, levels: [Double]? = nil, isFilled: Bool = true,
    paths: [LineChart.Series] = [], x: Axis = Axis("$x_1$"), y: Axis = Axis("$x_2$"),
    valueName: String = "value", alternative: String? = nil
  ) {
    self.title = title
    self.field = field
    self.levels = levels
    self.isFilled = isFilled
    self.paths = paths
    self.x = x
    self.y = y
    self.valueName = valueName
    self.alternative = alternative
  }
}

/// A classifier's output over the plane, with the training points on top.
package struct BoundaryChart: Chart {
  /// The heading above the panel; empty for none.
  package var title: String
  /// One field: the probability of the second class, 0 to 1, drawn in shades with a line at one
  /// half. Several: a score for each class, of which the maximum wins.
  package var fields: [Field]
  /// Names of the classes; if empty, those of the points.
  package var classNames: [String]
  /// The data: one set per class, in the order of the fields.
  package var points: [PointSet]
  /// Horizontal axis, in the fields' coordinates.
  package var x: Axis
  /// Vertical axis.
  package var y: Axis
  /// Text that replaces the description generated from the data.
  package var alternative: String?

  /// A chart of the winning class at each point.
  ///
  /// - Parameter fields: One (two classes) or one for each class, all over the same grid.
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

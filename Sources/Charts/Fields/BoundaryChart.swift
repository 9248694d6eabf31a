/// What a classifier says all over the plane, with the points it learned from on top.
package struct BoundaryChart: Chart {
  /// The heading above the panel; empty for none.
  package var title: String
  /// One field: the probability of the second class, 0 to 1, drawn in shades with the line where it
  /// is one half. Several: a score for each class, and the maximum wins.
  package var fields: [Field]
  /// Names of the classes; empty takes those of the points.
  package var classNames: [String]
  /// The data: one set a class, in the order of the fields.
  package var points: [PointSet]
  /// Horizontal axis; its numbers are those of the fields.
  package var x: Axis
  /// Vertical axis.
  package var y: Axis
  /// Words in place of the description made from the data.
  package var alternative: String?

  /// A chart of the class that wins at each place.
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

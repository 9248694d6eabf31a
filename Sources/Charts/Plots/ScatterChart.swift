/// Points in the plane, each set with its own color and shape.
package struct ScatterChart: Chart {
  /// The heading above the panel; empty for none.
  package var title: String
  /// In the order of the legend; later sets are drawn on top.
  package var sets: [PointSet]
  /// Horizontal axis.
  package var x: Axis
  /// Vertical axis.
  package var y: Axis
  /// Whether one unit has the same length on both axes.
  package var hasEqualUnits: Bool
  /// Text that replaces the description generated from the data.
  package var alternative: String?

  /// Points of several sets on common axes.
  package init(
    _ title: String = "", sets: [PointSet], x: Axis = Axis(), y: Axis = Axis(),
    hasEqualUnits: Bool = false, alternative: String? = nil
  ) {
    self.title = title
    self.sets = sets
    self.x = x
    self.y = y
    self.hasEqualUnits = hasEqualUnits
    self.alternative = alternative
  }
}

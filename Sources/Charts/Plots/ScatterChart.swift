/// Points in the plane, each set with its own color and shape.
package struct ScatterChart: Chart {
  /// The heading above the panel; empty for none.
  package var title: String
  /// In the order of the legend; later ones are on top.
  package var sets: [PointSet]
  /// Horizontal axis.
  package var x: Axis
  /// Vertical axis.
  package var y: Axis
  /// Whether a unit is as long across as upwards.
  package var hasEqualUnits: Bool
  /// Words in place of the description made from the data.
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

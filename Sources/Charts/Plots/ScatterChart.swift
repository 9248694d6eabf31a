/// Points in the plane, each set with its own color and shape.
package struct ScatterChart: Chart {
  package var title: String
  package var sets: [PointSet]
  package var x: Axis
  package var y: Axis
  /// Whether a unit is as long across as upwards.
  package var hasEqualUnits: Bool
  package var alternative: String?

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

/// Contour lines of a function of two variables, filled in steps of shade, with paths on top.
package struct ContourChart: Chart {
  /// The heading above the panel; empty for none.
  package var title: String
  /// The heights, on a regular grid.
  package var field: Field
  /// The heights of the lines; `nil` chooses about ten.
  package var levels: [Double]?
  /// Whether the areas between the lines have shades.
  package var isFilled: Bool
  /// Trajectories over the surface, such as an optimizer's.
  package var paths: [LineChart.Series]
  /// Horizontal axis.
  package var x: Axis
  /// Vertical axis.
  package var y: Axis
  /// The quantity that the heights measure: "loss".
  package var valueName: String
  /// Text that replaces the description generated from the data.
  package var alternative: String?

  /// A chart that chooses its levels where `levels` is `nil`.
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

/// A number for each category, side by side for several series.
package struct BarChart: Chart {
  package struct Series: Sendable {
    package var name: String
    package var values: [Double]
    /// How far the whisker reaches to each side of the value.
    package var errors: [Double]?
    package var style: Style

    package init(
      _ name: String, _ values: [Double], errors: [Double]? = nil, style: Style = Style()
    ) {
      self.name = name
      self.values = values
      self.errors = errors
      self.style = style
    }
  }

  package var title: String
  package var categories: [String]
  package var series: [Series]
  /// What the categories are: "layer".
  package var categoryLabel: String
  package var value: Axis
  /// Lying bars leave room for long names; `nil` decides by the names.
  package var isHorizontal: Bool?
  package var alternative: String?

  package init(
    _ title: String = "", categories: [String], series: [Series], categoryLabel: String = "",
    value: Axis = Axis(includesZero: true), isHorizontal: Bool? = nil, alternative: String? = nil
  ) {
    self.title = title
    self.categories = categories
    self.series = series
    self.categoryLabel = categoryLabel
    self.value = value
    self.isHorizontal = isHorizontal
    self.alternative = alternative
  }
}

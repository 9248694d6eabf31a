/// A number for each category, side by side for several series.
package struct BarChart: Chart {
  /// Bars of one color: a number for each category.
  package struct Series: Sendable {
    /// The entry of the legend; may be empty where there is one series.
    package var name: String
    /// One value for each category.
    package var values: [Double]
    /// Length of the whisker on each side of the value.
    package var errors: [Double]?
    /// Only the color is used.
    package var style: Style

    /// - Parameter errors: Length of the whisker on each side, in the order of `values`.
    package init(
      _ name: String, _ values: [Double], errors: [Double]? = nil, style: Style = Style()
    ) {
      self.name = name
      self.values = values
      self.errors = errors
      self.style = style
    }
  }

  /// The heading above the panel; empty for none.
  package var title: String
  /// Category names from the left, or from the top.
  package var categories: [String]
  /// Side by side within a category.
  package var series: [Series]
  /// A name for the categories: "layer".
  package var categoryLabel: String
  /// The axis of numbers.
  package var value: Axis
  /// Whether bars are horizontal, with space for long names; `nil` decides by the names.
  package var isHorizontal: Bool?
  /// Text that replaces the description generated from the data.
  package var alternative: String?

  /// Bars that begin at zero unless `value` says otherwise.
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

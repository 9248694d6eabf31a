/// Distributions as adjacent bars; several are drawn as overlaid outlines.
package struct Histogram: Chart {
  /// One distribution.
  package struct Series: Sendable {
    /// The entry of the legend; may be empty where there is one series.
    package var name: String
    /// Series may have bins of their own.
    package var bins: Bins
    /// Only color and dash are used.
    package var style: Style

    /// - Parameters:
    ///   - name: The entry of the legend.
    ///   - bins: Edges and counts.
    package init(_ name: String, _ bins: Bins, style: Style = Style()) {
      self.name = name
      self.bins = bins
      self.style = style
    }
  }

  /// The heading above the panel; empty for none.
  package var title: String
  /// Drawn over each other, the first at the bottom.
  package var series: [Series]
  /// The axis of the values.
  package var x: Axis
  /// The axis of the counts; it includes zero.
  package var y: Axis
  /// Text that replaces the description generated from the data.
  package var alternative: String?

  /// Distributions over a common axis.
  package init(
    _ title: String = "", series: [Series], x: Axis = Axis(),
    y: Axis = Axis("count", format: .whole),
    alternative: String? = nil
  ) {
    self.title = title
    self.series = series
    self.x = x
    self.y = y
    self.alternative = alternative
  }
}

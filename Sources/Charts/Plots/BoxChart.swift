/// Boxes of quartiles, whiskers to the farthest samples within 1.5 times the box, points beyond.
package struct BoxChart: Chart {
  /// A sample with its name.
  package struct Group: Sendable {
    /// The text at the left.
    package var name: String
    /// In any order; numbers that are not finite are counted and left out.
    package var samples: [Double]
    /// Only the color is used.
    package var style: Style

    /// - Parameters:
    ///   - name: The text at the left.
    ///   - samples: In any order.
    package init(_ name: String, _ samples: [Double], style: Style = Style()) {
      self.name = name
      self.samples = samples
      self.style = style
    }
  }

  /// The heading above the panel; empty for none.
  package var title: String
  /// From the top down.
  package var groups: [Group]
  /// What the groups are: "optimizer".
  package var groupLabel: String
  /// The axis of numbers.
  package var value: Axis
  /// Text that replaces the description generated from the data.
  package var alternative: String?

  /// Boxes on one axis.
  package init(
    _ title: String = "", groups: [Group], groupLabel: String = "", value: Axis = Axis(),
    alternative: String? = nil
  ) {
    self.title = title
    self.groups = groups
    self.groupLabel = groupLabel
    self.value = value
    self.alternative = alternative
  }
}

/// Distributions in successive rows, such as a layer's activations through depth.
package struct RidgelineChart: Chart {
  package struct Ridge: Sendable {
    /// The text at the left.
    package var name: String
    /// Ridges may have bins of their own.
    package var bins: Bins

    /// - Parameters:
    ///   - name: The text at the left.
    ///   - bins: Edges and counts.
    package init(_ name: String, _ bins: Bins) {
      self.name = name
      self.bins = bins
    }
  }

  /// The heading above the panel; empty for none.
  package var title: String
  /// From the top down.
  package var ridges: [Ridge]
  /// A name for the ridges: "layer".
  package var ridgeLabel: String
  /// The axis of the values.
  package var x: Axis
  /// Text that replaces the description generated from the data.
  package var alternative: String?

  /// Ridges on one axis.
  package init(
    _ title: String = "", ridges: [Ridge], ridgeLabel: String = "", x: Axis = Axis(),
    alternative: String? = nil
  ) {
    self.title = title
    self.ridges = ridges
    self.ridgeLabel = ridgeLabel
    self.x = x
    self.alternative = alternative
  }
}

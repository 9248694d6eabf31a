/// Points that belong together: one class of a data set, one group of runs.
package struct PointSet: Sendable {
  /// The entry of the legend; may be empty.
  package var name: String
  /// One for each point.
  package var x: [Double]
  /// One for each point.
  package var y: [Double]
  /// `nil` values follow from the set's index.
  package var style: Style

  /// - Precondition: `x` and `y` are equally long.
  package init(_ name: String, x: [Double], y: [Double], style: Style = Style()) {
    precondition(x.count == y.count, "\(x.count) x for \(y.count) y")
    self.name = name
    self.x = x
    self.y = y
    self.style = style
  }
}

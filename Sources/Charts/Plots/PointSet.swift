/// Points that belong together: one class of a data set, one group of runs.
package struct PointSet: Sendable {
  package var name: String
  package var x: [Double]
  package var y: [Double]
  package var style: Style

  package init(_ name: String, x: [Double], y: [Double], style: Style = Style()) {
    precondition(x.count == y.count, "\(x.count) x for \(y.count) y")
    self.name = name
    self.x = x
    self.y = y
    self.style = style
  }
}

/// Patterns of a line, so that no meaning hangs on color alone.
package enum Dash: Int, Sendable, Hashable, CaseIterable {
  case solid, long, short, dotted, dashDotted
}

/// Shapes of a point.
package enum Marker: Int, Sendable, Hashable, CaseIterable {
  case circle, square, triangle, diamond, cross, plus
}

/// How a series looks; what is `nil` follows from its place in the chart.
package struct Style: Sendable, Hashable {
  /// A place in the palette, 0 to 7; larger numbers start again.
  package var color: Int?
  /// The pattern of the line.
  package var dash: Dash?
  /// The shape of the points.
  package var marker: Marker?

  /// A style; what is left out follows from the series' place in the chart.
  package init(color: Int? = nil, dash: Dash? = nil, marker: Marker? = nil) {
    self.color = color
    self.dash = dash
    self.marker = marker
  }
}

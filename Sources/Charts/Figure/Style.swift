/// Patterns of a line, so that lines can be distinguished without color.
package enum Dash: Int, Sendable, Hashable, CaseIterable {
  case solid, long, short, dotted, dashDotted
}

/// Shapes of a point.
package enum Marker: Int, Sendable, Hashable, CaseIterable {
  case circle, square, triangle, diamond, cross, plus
}

/// The look of a series; `nil` values follow from the series' index in the chart.
package struct Style: Sendable, Hashable {
  /// An index into the palette, modulo 8.
  package var color: Int?
  /// The pattern of the line.
  package var dash: Dash?
  /// The shape of the points.
  package var marker: Marker?

  /// A style; omitted values follow from the series' index in the chart.
  package init(color: Int? = nil, dash: Dash? = nil, marker: Marker? = nil) {
    self.color = color
    self.dash = dash
    self.marker = marker
  }
}

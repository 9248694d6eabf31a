/// Lines over a common axis: curves of functions, of a training, of many trainings.
package struct LineChart: Chart {
  /// Numbers in pairs, joined in the order of x.
  package struct Series: Sendable {
    /// The line's name; may contain mathematics.
    package var name: String
    /// In any order; the line is drawn in order of x.
    package var x: [Double]
    /// As many as `x`; a number that is not finite leaves a gap.
    package var y: [Double]
    /// The edges of a band around the line (mean ± deviation, minimum to maximum), as long as `y`.
    package var band: Band?
    /// `nil` values follow from the series' index.
    package var style: Style
    /// Whether the value holds until the next x, as a learning rate does.
    package var isStep: Bool
    /// Whether each number gets a marker.
    package var showsPoints: Bool

    /// - Parameters:
    ///   - band: Edges of a band around the line, as long as `y`.
    ///   - isStep: Whether the value holds until the next x.
    package init(
      _ name: String, x: [Double], y: [Double], band: Band? = nil, style: Style = Style(),
      isStep: Bool = false, showsPoints: Bool = false
    ) {
      self.name = name
      self.x = x
      self.y = y
      self.band = band
      self.style = style
      self.isStep = isStep
      self.showsPoints = showsPoints
    }

    /// A series of y values at x = `first`, `first` + 1, …
    package init(_ name: String, _ y: [Double], first: Int = 0, style: Style = Style()) {
      self.init(name, x: y.indices.map { Double($0 + first) }, y: y, style: style)
    }
  }

  /// The edges of a band around a line.
  package struct Band: Sendable {
    /// As many as the line has numbers.
    package var lower: [Double]
    /// As many as the line has numbers.
    package var upper: [Double]

    /// - Precondition: both are as long as the line; the drawing ignores a band that is shorter.
    package init(lower: [Double], upper: [Double]) {
      self.lower = lower
      self.upper = upper
    }
  }

  /// A line across the chart at one number, with a label beside it.
  package struct Rule: Sendable {
    /// The direction of the rule.
    package enum Direction: Sendable { case vertical, horizontal }
    /// A vertical rule is at an x, a horizontal one at a y.
    package var direction: Direction
    /// Position in the numbers of the axis that the rule crosses.
    package var value: Double
    /// Omitted where it would overlap another rule's label.
    package var label: String

    /// - Parameters:
    ///   - value: Position in the numbers of the axis that the rule crosses.
    ///   - label: The text beside the rule.
    package init(_ direction: Direction, at value: Double, _ label: String) {
      self.direction = direction
      self.value = value
      self.label = label
    }
  }

  /// How lines are named.
  package enum Naming: Sendable {
    /// At the lines' ends where that fits, otherwise in a legend.
    case automatic
    case legend
    case none
  }

  /// The heading above the panel; empty for none.
  package var title: String
  /// In the order of the legend.
  package var series: [Series]
  package var x: Axis
  package var y: Axis
  /// Points under the lines: the data to which a curve was fitted.
  package var points: [PointSet]
  /// Drawn over the lines.
  package var rules: [Rule]
  /// How lines are named.
  package var naming: Naming
  /// Height of the plot itself in pixels; `nil` chooses.
  package var height: Int?
  /// Text that replaces the description generated from the data.
  package var alternative: String?

  /// A line chart; properties that its axes leave `nil` are derived from the data.
  package init(
    _ title: String = "", series: [Series], x: Axis = Axis(), y: Axis = Axis(),
    points: [PointSet] = [], rules: [Rule] = [], naming: Naming = .automatic, height: Int? = nil,
    alternative: String? = nil
  ) {
    self.title = title
    self.series = series
    self.x = x
    self.y = y
    self.points = points
    self.rules = rules
    self.naming = naming
    self.height = height
    self.alternative = alternative
  }
}

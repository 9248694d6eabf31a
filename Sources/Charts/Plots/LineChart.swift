/// Lines over a common axis: curves of functions, of a training, of many trainings.
package struct LineChart: Chart {
  /// Numbers in pairs, joined in the order of x.
  package struct Series: Sendable {
    package var name: String
    package var x: [Double]
    package var y: [Double]
    /// The edges of a band around the line (mean ± deviation, least to most), as long as `y`.
    package var band: Band?
    package var style: Style
    /// Whether the value holds until the next x, as a learning rate does.
    package var isStep: Bool
    /// Whether each number gets a marker.
    package var showsPoints: Bool

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

    /// Numbers at 0, 1, 2, … or from `first` on.
    package init(_ name: String, _ y: [Double], first: Int = 0, style: Style = Style()) {
      self.init(name, x: y.indices.map { Double($0 + first) }, y: y, style: style)
    }
  }

  package struct Band: Sendable {
    package var lower: [Double]
    package var upper: [Double]

    package init(lower: [Double], upper: [Double]) {
      self.lower = lower
      self.upper = upper
    }
  }

  /// A line across the chart at one number, with a word beside it.
  package struct Rule: Sendable {
    package enum Direction: Sendable { case vertical, horizontal }
    package var direction: Direction
    package var value: Double
    package var label: String

    package init(_ direction: Direction, at value: Double, _ label: String) {
      self.direction = direction
      self.value = value
      self.label = label
    }
  }

  /// How the reader learns which line is which.
  package enum Naming: Sendable {
    /// At the lines' ends where that fits, else in a legend.
    case automatic
    case legend
    case none
  }

  package var title: String
  package var series: [Series]
  package var x: Axis
  package var y: Axis
  /// Points under the lines: the data that a curve was fitted to.
  package var points: [PointSet]
  package var rules: [Rule]
  package var naming: Naming
  /// Height of the plot itself in pixels; `nil` chooses.
  package var height: Int?
  package var alternative: String?

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

/// How often numbers fall between edges.
package struct Bins: Sendable {
  /// One more than `counts`, growing.
  package var edges: [Double]
  package var counts: [Double]

  package init(edges: [Double], counts: [Double]) {
    precondition(
      counts.isEmpty || edges.count == counts.count + 1,
      "\(edges.count) edges for \(counts.count) counts")
    self.edges = edges
    self.counts = counts
  }
}

/// Distributions as bars that touch; several are drawn as outlines over each other.
package struct Histogram: Chart {
  package struct Series: Sendable {
    package var name: String
    package var bins: Bins
    package var style: Style

    package init(_ name: String, _ bins: Bins, style: Style = Style()) {
      self.name = name
      self.bins = bins
      self.style = style
    }
  }

  package var title: String
  package var series: [Series]
  package var x: Axis
  package var y: Axis
  package var alternative: String?

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

/// One distribution behind the other: a layer's activations through depth.
package struct RidgelineChart: Chart {
  package struct Ridge: Sendable {
    package var name: String
    package var bins: Bins

    package init(_ name: String, _ bins: Bins) {
      self.name = name
      self.bins = bins
    }
  }

  package var title: String
  /// From the top down.
  package var ridges: [Ridge]
  /// What the ridges are: "layer".
  package var ridgeLabel: String
  package var x: Axis
  package var alternative: String?

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

/// Quartiles in boxes, whiskers to the farthest numbers within 1.5 times the box, points beyond.
package struct BoxChart: Chart {
  package struct Group: Sendable {
    package var name: String
    package var samples: [Double]
    package var style: Style

    package init(_ name: String, _ samples: [Double], style: Style = Style()) {
      self.name = name
      self.samples = samples
      self.style = style
    }
  }

  package var title: String
  package var groups: [Group]
  package var groupLabel: String
  package var value: Axis
  package var alternative: String?

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

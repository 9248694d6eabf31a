/// A directed graph without cycles, in layers from its sources to its sinks, with edges of straight
/// runs: a computation with the values that flow forward and the gradients that flow back.
package struct LayeredGraph: Chart {
  package struct Node: Sendable {
    package enum Kind: Int, Sendable { case variable, constant, operation, result }
    package var name: String
    package var kind: Kind

    package init(_ name: String, _ kind: Kind) {
      self.name = name
      self.kind = kind
    }
  }

  /// An arrow between two nodes, with a number in each direction.
  package struct Edge: Sendable {
    package var from: Int
    /// `nil` for the arrow that leaves the graph with its result.
    package var to: Int?
    package var value: Double?
    package var gradient: Double?

    package init(from: Int, to: Int?, value: Double? = nil, gradient: Double? = nil) {
      self.from = from
      self.to = to
      self.value = value
      self.gradient = gradient
    }
  }

  package var title: String
  package var nodes: [Node]
  package var edges: [Edge]
  package var alternative: String?

  package init(
    _ title: String = "", nodes: [Node], edges: [Edge], alternative: String? = nil
  ) {
    self.title = title
    self.nodes = nodes
    self.edges = edges
    self.alternative = alternative
  }
}

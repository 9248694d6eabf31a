/// A directed acyclic graph in layers from its sources to its sinks, with edges of straight
/// segments: a computation with the values that flow forward and the gradients that flow back.
package struct LayeredGraph: Chart {
  /// A variable, or an operation on its inputs.
  package struct Node: Sendable {
    /// The kind of a node; each has its own outline.
    package enum Kind: Int, Sendable { case variable, constant, operation, result }
    /// The text in the node; may contain mathematics.
    package var name: String
    /// Determines the outline.
    package var kind: Kind

    /// - Parameters:
    ///   - name: The text in the node.
    ///   - kind: Determines the outline.
    package init(_ name: String, _ kind: Kind) {
      self.name = name
      self.kind = kind
    }
  }

  /// An arrow between two nodes, with a number in each direction.
  package struct Edge: Sendable {
    /// Index of the node that the edge leaves.
    package var from: Int
    /// `nil` for the arrow that leaves the graph with its result.
    package var to: Int?
    /// The number that flows forward; `nil` writes none.
    package var value: Double?
    /// The number that flows back; `nil` writes none.
    package var gradient: Double?

    /// - Parameters:
    ///   - from: Index of the node that the edge leaves.
    ///   - to: Index of the node that the edge enters; `nil` leaves the graph.
    package init(from: Int, to: Int?, value: Double? = nil, gradient: Double? = nil) {
      self.from = from
      self.to = to
      self.value = value
      self.gradient = gradient
    }
  }

  /// The heading above the panel; empty for none.
  package var title: String
  /// In any order.
  package var nodes: [Node]
  /// In any order; edges that enter the same node are ordered by where they come from.
  package var edges: [Edge]
  /// Text that replaces the description generated from the data.
  package var alternative: String?

  /// A graph; cycles, if any, are drawn as far as layers allow.
  package init(
    _ title: String = "", nodes: [Node], edges: [Edge], alternative: String? = nil
  ) {
    self.title = title
    self.nodes = nodes
    self.edges = edges
    self.alternative = alternative
  }
}

/// How often numbers fall between edges.
package struct Bins: Sendable {
  /// One more than `counts`, growing.
  package var edges: [Double]
  /// How many numbers fall into each bin; weights and densities are allowed.
  package var counts: [Double]

  /// - Precondition: one more edge than counts, unless there are no counts.
  package init(edges: [Double], counts: [Double]) {
    precondition(
      counts.isEmpty || edges.count == counts.count + 1,
      "\(edges.count) edges for \(counts.count) counts")
    self.edges = edges
    self.counts = counts
  }
}

/// Counts of numbers between edges.
package struct Bins: Sendable {
  /// In ascending order, one more than `counts`.
  package var edges: [Double]
  /// The count of each bin; weights and densities are allowed.
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

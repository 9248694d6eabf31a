/// What differs between two sets of result files.
package struct ResultComparison: Hashable, Sendable {
  package struct Change: Hashable, Sendable {
    /// `page/id`.
    package var result: String
    /// The metric with its selectors, and the run's variables before it.
    package var metric: String
    /// `nil` where there was none.
    package var before: Double?
    package var after: Double?
  }

  /// Ordered by result, then as the metrics stand in the files.
  package var changes: [Change]

  /// - Parameters: The bytes of result files by `page/id`.
  package init(before: [String: [UInt8]], after: [String: [UInt8]]) { changes = [] }
}

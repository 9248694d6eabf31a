import JSON

/// The differences between two sets of result files.
package struct ResultComparison: Hashable, Sendable {
  package struct Change: Hashable, Sendable {
    /// `page/id`.
    package var result: String
    /// The metric with its selectors, those of the run first: `loss[act=relu, depth=8]`.
    package var metric: String
    /// `nil` if the metric did not exist.
    package var before: Double?
    package var after: Double?
  }

  /// Sorted by result, then in the order of the files.
  package var changes: [Change]

  /// - Parameters: The bytes of result files by `page/id`. An invalid file counts as one without
  ///   metrics.
  package init(before: [String: [UInt8]], after: [String: [UInt8]]) {
    changes = []
    for result in Set(before.keys).union(after.keys).sorted() {
      let old = before[result].map(Self.metrics) ?? []
      let new = after[result].map(Self.metrics) ?? []
      let oldValues = Dictionary(old, uniquingKeysWith: { first, _ in first })
      let newValues = Dictionary(new, uniquingKeysWith: { first, _ in first })
      for (metric, value) in new where oldValues[metric].map({ !Self.isSame($0, value) }) ?? true {
        changes.append(
          Change(result: result, metric: metric, before: oldValues[metric], after: value))
      }
      for (metric, value) in old where newValues[metric] == nil {
        changes.append(Change(result: result, metric: metric, before: value, after: nil))
      }
    }
  }

  private static func isSame(_ a: Double, _ b: Double) -> Bool { a == b || (a.isNaN && b.isNaN) }

  private static func metrics(_ file: [UInt8]) -> [(String, Double)] {
    guard let runs = JSON(file)?["runs"]?.items else { return [] }
    return runs.flatMap { json -> [(String, Double)] in
      guard let run = Run(json: json) else { return [] }
      var chosen = (json["variables"]?.members ?? []).map {
        NamedValue($0.name, $0.value.string ?? "")
      }
      if let seed = json["seed"]?.integer { chosen.append(NamedValue("seed", "\(seed)")) }
      return run.metrics.map { metric in
        (Run.Metric(metric.name, chosen + metric.selectors, metric.value).label, metric.value)
      }
    }
  }
}

import JSON

/// A named value as text: a selector of a metric (`layer=1`), a variable's value, a setting, a fact
/// of a run.
package struct NamedValue: Hashable, Sendable {
  package var name: String
  package var value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

extension JSON {
  /// An object with a string for each name, in order.
  static func object(_ values: [NamedValue]) -> JSON {
    .object(values.map { JSON.Member($0.name, .string($0.value)) })
  }
}

/// A data file that runs read, with its digest: a result computed from other bytes is stale.
struct FileDigest: Hashable, Sendable {
  var path: String
  var digest: String
}

/// A mistake in what an author wrote: where it is, what it is and what to do about it.
///
/// The message says what is wrong in the author's words, in lower case and without a full stop; the
/// hint is something to do. A constructor for each id stands beside the code that reports it.
package struct Diagnostic: Hashable, Sendable, Error {
  /// A stable dotted name, `nn.unknown-name`, by which a mistake can be looked up.
  package struct ID: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
    package init(stringLiteral value: String) { rawValue = value }
  }

  package enum Severity: String, Hashable, Sendable, Comparable {
    case warning, error

    package static func < (a: Severity, b: Severity) -> Bool { a == .warning && b == .error }
  }

  /// Another place that has to do with the mistake.
  package struct Note: Hashable, Sendable {
    package var message: String
    package var path: String
    /// UTF-8 offsets into the file at `path`; `nil` for the file as a whole.
    package var range: Range<Int>?

    package init(_ message: String, path: String, range: Range<Int>? = nil) {
      self.message = message
      self.path = path
      self.range = range
    }
  }

  package var id: ID
  package var severity: Severity
  package var path: String
  /// UTF-8 offsets into the file at `path`; `nil` for the file as a whole.
  package var range: Range<Int>?
  package var message: String
  package var hint: String?
  package var notes: [Note]

  package init(
    _ id: ID, _ severity: Severity = .error, path: String, range: Range<Int>? = nil,
    message: String, hint: String? = nil, notes: [Note] = []
  ) {
    self.id = id
    self.severity = severity
    self.path = path
    self.range = range
    self.message = message
    self.hint = hint
    self.notes = notes
  }
}

extension Diagnostic: Comparable {
  /// By file, then place, then id and words: the order in which a build prints, whatever the order
  /// in which its parts ran.
  package static func < (a: Diagnostic, b: Diagnostic) -> Bool {
    if a.path != b.path { return a.path < b.path }
    let aStart = a.range?.lowerBound ?? -1
    let bStart = b.range?.lowerBound ?? -1
    if aStart != bStart { return aStart < bStart }
    let aEnd = a.range?.upperBound ?? -1
    let bEnd = b.range?.upperBound ?? -1
    if aEnd != bEnd { return aEnd < bEnd }
    if a.id != b.id { return a.id.rawValue < b.id.rawValue }
    return a.message < b.message
  }
}

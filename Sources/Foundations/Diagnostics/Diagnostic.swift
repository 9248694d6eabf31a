/// A mistake in an author's file: where it is, what it is and what to do about it.
///
/// The message describes the problem in the author's terms, in lower case and without a full stop;
/// the hint suggests a fix. The constructor for each id is next to the code that reports it.
package struct Diagnostic: Hashable, Sendable, Error {
  /// A stable dotted name such as `nn.unknown-name`, by which a mistake can be looked up.
  package struct ID: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
    /// The name as text.
    package let rawValue: String
    /// A name assembled at run time.
    package init(rawValue: String) { self.rawValue = rawValue }
    package init(stringLiteral value: String) { rawValue = value }
  }

  /// How severe a diagnostic is: an error fails a build, a warning only where warnings are treated
  /// as errors.
  package enum Severity: String, Hashable, Sendable, Comparable {
    case warning, error

    package static func < (a: Severity, b: Severity) -> Bool { a == .warning && b == .error }
  }

  /// Another location that is related to the mistake.
  package struct Note: Hashable, Sendable {
    /// How the location is related to the diagnostic, in the style of ``Diagnostic/message``.
    package var message: String
    /// The file's path from the site's root.
    package var path: String
    /// UTF-8 offsets into the file at `path`; `nil` for the file as a whole.
    package var range: Range<Int>?

    package init(_ message: String, path: String, range: Range<Int>? = nil) {
      self.message = message
      self.path = path
      self.range = range
    }
  }

  /// The name by which the mistake can be looked up.
  package var id: ID
  /// Whether the mistake fails a build.
  package var severity: Severity
  /// The file's path from the site's root.
  package var path: String
  /// UTF-8 offsets into the file at `path`; `nil` for the file as a whole.
  package var range: Range<Int>?
  /// What is wrong, in lower case and without a full stop.
  package var message: String
  /// What to do about it.
  package var hint: String?
  /// Related locations, in the order in which they are shown.
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
  /// Orders diagnostics by file, then position, then id and message. A build prints them in this
  /// order, which does not depend on the order in which its parts ran.
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

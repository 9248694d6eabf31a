package import Diagnostics

/// A number in prose that cannot go stale: `` `nn moons.test.accuracy %.1f%%` ``.
package struct InlineValue: Hashable, Sendable {
  /// Whether a code span is one: `nn` and a space at its start.
  package static func isOne(_ code: some Sequence<UInt8>) -> Bool { code.starts(with: "nn ".utf8) }

  /// Reads a code span, `nn` included.
  ///
  /// - Throws: What is wrong with it, at its place.
  package init(_ code: ExtractedText, in file: SourceFile) throws(Diagnostic) {}
}

/// All results of a site, to look numbers up in.
package struct ResultIndex: Sendable {
  package init(_ results: [ExperimentResult]) {}

  /// The number that an inline value stands for, formatted, as plain text.
  ///
  /// - Parameter page: The page that the value stands on.
  /// - Throws: What it names that is not there, at its place.
  package func text(of value: InlineValue, on page: String) throws(Diagnostic) -> String { "" }
}

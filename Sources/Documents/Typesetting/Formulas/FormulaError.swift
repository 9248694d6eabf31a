package import Diagnostics

/// Why a formula could not be typeset, and where in it.
package struct FormulaError: Error, Hashable, Sendable {
  /// UTF-8 offsets into the formula's TeX; empty at its end when something is missing there.
  package var range: Range<Int>
  /// What is wrong, in lower case and without a full stop.
  package var message: String
  /// What to do about it.
  package var hint: String?

  package init(range: Range<Int>, message: String, hint: String? = nil) {
    self.range = range
    self.message = message
    self.hint = hint
  }

  /// The mistake at its place in the article.
  ///
  /// - Parameters:
  ///   - path: The article's.
  ///   - fileRange: The article's range of a range in the TeX.
  package func diagnostic(
    path: String, fileRange: (_ texRange: Range<Int>) -> Range<Int>
  ) -> Diagnostic {
    Diagnostic("math.syntax", path: path, range: fileRange(range), message: message, hint: hint)
  }
}

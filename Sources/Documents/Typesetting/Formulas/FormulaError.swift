package import Diagnostics

/// Why a formula could not be typeset, with the range of the error.
package struct FormulaError: Error, Hashable, Sendable {
  /// The range in UTF-8 offsets into the formula's TeX; empty at its end if something is missing
  /// there.
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

  /// The error as a diagnostic at its position in the article.
  ///
  /// - Parameters:
  ///   - path: The path of the article.
  ///   - fileRange: Returns the range in the article of a range in the TeX.
  package func diagnostic(
    path: String, fileRange: (_ texRange: Range<Int>) -> Range<Int>
  ) -> Diagnostic {
    Diagnostic("math.syntax", path: path, range: fileRange(range), message: message, hint: hint)
  }
}

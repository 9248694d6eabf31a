/// A formula as an author wrote it.
package struct Formula: Hashable, Sendable {
  /// The text between the delimiters.
  package var tex: String
  /// Whether the formula has a block for itself. One that needs it (`\tag`, `align`) gets one
  /// even within a line.
  package var isDisplay: Bool
  /// What `\ref` and `\eqref` show: the text of the equation's tag, without parentheses, by label.
  package var references: [String: String]

  package init(_ tex: String, isDisplay: Bool, references: [String: String] = [:]) {
    self.tex = tex
    self.isDisplay = isDisplay
    self.references = references
  }
}

/// A formula as the page shows it: HTML to look at, MathML for screen readers and for copying.
package struct TypesetFormula: Hashable, Sendable {
  /// One `span`, good within a paragraph, also for display (`katex-display` is a block by style).
  package var html: String
  /// Whether the formula was typeset as a display, as asked for or by its commands.
  package var isDisplay: Bool

  package init(html: String, isDisplay: Bool) {
    self.html = html
    self.isDisplay = isDisplay
  }
}

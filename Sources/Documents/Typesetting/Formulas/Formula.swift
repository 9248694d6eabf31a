/// A formula as an author wrote it.
package struct Formula: Hashable, Sendable {
  /// The text between the delimiters.
  package var tex: String
  /// Whether the formula is a block of its own. A formula that needs display style (`\tag`,
  /// `align`) is typeset that way even within a line.
  package var isDisplay: Bool
  /// The text of an equation's tag without parentheses, by label: what `\ref` and `\eqref` show.
  package var references: [String: String]

  package init(_ tex: String, isDisplay: Bool, references: [String: String] = [:]) {
    self.tex = tex
    self.isDisplay = isDisplay
    self.references = references
  }
}

/// A typeset formula: HTML for viewing, MathML for screen readers and for copying.
package struct TypesetFormula: Hashable, Sendable {
  /// One `span`, valid within a paragraph even in display style (CSS makes `katex-display` a
  /// block).
  package var html: String
  /// Whether the formula is in display style, as requested or because its commands need it.
  package var isDisplay: Bool

  package init(html: String, isDisplay: Bool) {
    self.html = html
    self.isDisplay = isDisplay
  }
}

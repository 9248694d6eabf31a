/// Code as an author wrote it.
package struct Code: Hashable, Sendable {
  /// The code, lines separated by line feeds.
  package var text: String
  /// The first word after the fence; `nil` when there is none.
  package var language: String?

  package init(_ text: String, language: String?) {
    self.text = text
    self.language = language
  }
}

/// Code as the page shows it.
package struct HighlightedCode: Hashable, Sendable {
  /// Escaped text with `<span class="hljs-…">` around its parts; what goes inside `<code>`.
  package var html: String
  /// The name by which highlight.js knows the language; `nil` when the text is left plain.
  package var language: String?
  /// Whether the language named is one that is colored, or one that is known to be plain (`text`,
  /// `console`, `mermaid`, none at all). An unknown name deserves a warning.
  package var isLanguageKnown: Bool

  package init(html: String, language: String?, isLanguageKnown: Bool) {
    self.html = html
    self.language = language
    self.isLanguageKnown = isLanguageKnown
  }
}

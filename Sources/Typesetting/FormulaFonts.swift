/// A set of KaTeX's fonts, by the names of their files: `KaTeX_Main-Regular`.
package struct FormulaFonts: Hashable, Sendable {
  /// In the order of their names.
  package private(set) var names: [String] = []

  package init(_ names: some Sequence<String> = []) { self.names = Set(names).sorted() }

  package var isEmpty: Bool { names.isEmpty }

  package mutating func formUnion(_ other: FormulaFonts) {
    if other.names != names { self = FormulaFonts(names + other.names) }
  }
}

/// What a site with formulas must carry.
package struct FormulaAssets: Sendable {
  package struct File: Hashable, Sendable {
    /// Relative to the style sheet: `fonts/KaTeX_Main-Regular.woff2`.
    package var path: String
    package var bytes: [UInt8]
  }

  /// KaTeX's style sheet with `@font-face` only for the fonts beside it.
  package var styleSheet: [UInt8]
  package var fonts: [File]
}

import Storage
import Testing

@testable import Typesetting

struct FormulaFontTests {
  @Test(arguments: [
    ("x", ["Math-Italic"]),
    ("1+2", ["Main-Regular"]),
    ("x+1", ["Main-Regular", "Math-Italic"]),
    (#"\mathbb{R}"#, ["AMS-Regular"]),
    (#"\mathbf{x}"#, ["Main-Bold"]),
    (#"\mathcal{L}"#, ["Caligraphic-Regular"]),
    (#"\mathfrak{g}"#, ["Fraktur-Regular"]),
    (#"\mathscr{L}"#, ["Script-Regular"]),
    (#"\mathsf{x}"#, ["SansSerif-Regular"]),
    (#"\mathtt{x}"#, ["Typewriter-Regular"]),
    (#"\boldsymbol{x}"#, ["Math-BoldItalic"]),
    (#"\text{a}"#, ["Main-Regular"]),
    (#"\textbf{\textit{a}}"#, ["Main-BoldItalic"]),
    (#"\sum"#, ["Size2-Regular"]),
    (#"\textstyle\sum"#, ["Size1-Regular"]),
    (#"\Bigg("#, ["Size4-Regular"]),
    (#"\bigl("#, ["Size1-Regular"]),
    (#"\begin{bmatrix}1\\2\end{bmatrix}"#, ["Main-Regular", "Size3-Regular"]),
    (#"\sqrt{1}"#, ["Main-Regular"]),
    (#"\frac{}{}"#, []),
  ])
  func onlyFontsThatDrawSomethingAreNeeded(tex: String, fonts: [String]) throws {
    #expect(try typeset(tex).fonts.names == fonts.map { "KaTeX_" + $0 })
  }

  @Test func theStyleSheetNamesTheFontsBesideItAndNoOthers() throws {
    let fonts = FormulaFonts(["KaTeX_Math-Italic", "KaTeX_Main-Regular"])
    let assets = try sharedTypesetter.formulaAssets(for: fonts)
    #expect(
      assets.fonts.map(\.path) == [
        "fonts/KaTeX_Main-Regular.woff2", "fonts/KaTeX_Math-Italic.woff2",
      ])
    #expect(assets.fonts.allSatisfy { $0.bytes.starts(with: "wOF2".utf8) })
    let css = String(decoding: assets.styleSheet, as: UTF8.self)
    #expect(css.split(separator: "url(").count - 1 == 2)
    #expect(css.contains("url(fonts/KaTeX_Math-Italic.woff2)"))
    #expect(css.contains(".katex .mathbb") && css.contains(".katex-display"))
    #expect(!css.contains("KaTeX_Fraktur-Bold"))
  }

  @Test func everyFontOfTheStyleSheetIsAFile() throws {
    let css = String(
      decoding: try Disc.read(Typesetter.Settings().katexFolder + "/katex.min.css"), as: UTF8.self)
    let sheet = FormulaStyleSheet(css)
    #expect(sheet.faces.count == 20)
    _ = try sharedTypesetter.formulaAssets(for: FormulaFonts(sheet.faces.keys))
  }
}

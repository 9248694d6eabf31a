import Storage
import Testing

@testable import Typesetting

struct FormulaAssetsTests {
  @Test func theStyleSheetNamesTheFontsBesideItAndNoOthers() throws {
    let assets = try sharedTypesetter.formulaAssets()
    #expect(assets.fonts.count == 20)
    #expect(assets.fonts.allSatisfy { $0.bytes.starts(with: "wOF2".utf8) })
    let css = String(decoding: assets.styleSheet, as: UTF8.self)
    let named = css.split(separator: "url(").dropFirst().map { String($0.prefix { $0 != ")" }) }
    #expect(named == assets.fonts.map(\.path))
    #expect(css.contains(".katex .mathbb") && css.contains(".katex-display"))
  }

  @Test func aRuleKeepsAllButItsOtherSources() {
    let sheet = FormulaStyleSheet(
      "@font-face{font-family:A;src:url(fonts/A.woff2) format('woff2'),url(fonts/A.ttf)"
        + " format('truetype');font-weight:400}@font-face{src:url(fonts/B.woff2)}.katex{color:red}")
    #expect(sheet.fonts == ["fonts/A.woff2", "fonts/B.woff2"])
    #expect(
      sheet.css.hasPrefix(
        "@font-face{font-family:A;src:url(fonts/A.woff2) format('woff2');font-display:swap;"
          + "font-weight:400}@font-face{src:url(fonts/B.woff2) format('woff2');font-display:swap}"
          + ".katex{color:red}"))
  }
}

import Foundation
import TestSupport
import Testing

@testable import Charts

/// Tests the values in the style sheets, not those in the code.
struct PaletteTests {
  static let themes = ["light", "dark"]

  /// The colors of the style sheet's variables in a theme.
  private func variables(_ theme: String) throws -> [String: String] {
    var result: [String: String] = [:]
    let rule = /--figure-([a-z0-9]+): light-dark\((#[0-9a-f]+), (#[0-9a-f]+)\);/
    for match in FigureAssets.styleSheet.matches(of: rule) {
      result[String(match.1)] = String(theme == "light" ? match.2 : match.3)
    }
    return result
  }

  @Test(arguments: themes)
  func theStyleSheetHasTheColorsOfTheCode(theme: String) throws {
    let found = try variables(theme)
    let palette = theme == "dark" ? Palette.dark : .light
    #expect(found.count == palette.variables.count)
    for (name, color) in palette.variables { #expect(found[name] == color, "\(name)") }
  }

  @Test(arguments: [FigureAssets.styleSheet, FigureAssets.drawingStyle])
  func everyVariableThatAStyleSheetUsesIsDeclaredInIt(css: String) {
    let declared = Set(css.matches(of: /(--[a-z0-9-]+):/).map { String($0.1) })
    // Variables set by a picture's own style attribute.
    let own: Set = ["--l", "--r", "--wide-right"]
    for match in css.matches(of: /var\((--[a-z0-9-]+)\)/) {
      #expect(declared.union(own).contains(String(match.1)), "\(match.1)")
    }
  }

  /// The colors follow `color-scheme`, so these rules suffice for a chosen theme and for print.
  @Test func aChosenThemeAndPaperSetTheColorScheme() throws {
    let css = FigureAssets.styleSheet
    for (selector, scheme) in [
      ("\n:root {", "light dark"), ("\n[data-theme=\"light\"] {", "light"),
      ("\n[data-theme=\"dark\"] {", "dark"), ("@media print {", "light"),
    ] {
      let start = try #require(("\n" + css).range(of: selector), "\(selector)").upperBound
      let end = try #require(("\n" + css).range(of: "}", range: start..<("\n" + css).endIndex))
      #expect(("\n" + css)[start..<end.lowerBound].contains("color-scheme: \(scheme);"))
    }
  }

  @Test func theStyleOfASVGFileHasNoCommentsAndIsSafeInXML() {
    let css = FigureAssets.drawingStyle
    #expect(!css.contains("/*") && !css.contains("*/") && !css.contains("\n"))
    #expect(!css.contains { $0 == "<" || $0 == "&" })
    #expect(FigureAssets.compact("a {\n  /* one\n     two */ b: c,\n    d;\n}\n") == "a {b: c,d;}")
  }

  @Test(arguments: themes)
  func marksStandOutFromTheGroundAndTextCanBeRead(theme: String) throws {
    let found = try variables(theme)
    let ground = try color(found["ground"])
    for name in (0..<8).map(String.init) + ["axis"] {
      let contrast = contrast(try color(found[name]), ground)
      #expect(contrast >= 3, "\(name) has a contrast of \(contrast)")
    }
    for name in ["text", "muted", "value", "gradient", "cell"] {
      let contrast = contrast(try color(found[name]), ground)
      #expect(contrast >= 4.5, "\(name) has a contrast of \(contrast)")
    }
  }

  @Test(arguments: themes)
  func numbersInCellsCanBeReadOnEveryShade(theme: String) throws {
    let found = try variables(theme)
    let ground = try color(found["ground"])
    let text = try color(found["cell"])
    for (series, full) in [
      ("0", HeatMap.fullSequential), ("0", HeatMap.fullDiverging), ("1", HeatMap.fullDiverging),
    ] {
      let shade = try color(found[series])
      for step in 0...100 {
        let opacity = full * Double(step) / 100
        let mixed = zip(ground, shade).map { $0 * (1 - opacity) + $1 * opacity }
        #expect(contrast(text, mixed) >= 4.5, "color \(series) at \(opacity)")
      }
    }
  }

  /// Simulations of Machado, Oliveira and Fernandes (2009) at full severity, distances in OKLab.
  @Test(arguments: themes)
  func colorsStayApartForEveryKindOfSight(theme: String) throws {
    let found = try variables(theme)
    let colors = try (0..<8).map { try color(found[String($0)]).map(linear) }
    for (sight, matrix) in sights {
      let seen = colors.map { oklab(multiply(matrix, $0)) }
      for a in 0..<8 {
        for b in 0..<a {
          let distance = zip(seen[a], seen[b]).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
            .squareRoot()
          #expect(distance >= 0.09, "\(sight): \(a) and \(b) are \(distance) apart")
        }
      }
    }
  }

  /// Text of the site's style sheets on every background on which it appears.
  @Test(arguments: ["light", "dark", "print"])
  func textsOfTheSiteCanBeRead(theme: String) throws {
    let page = try siteVariables("style.css", theme)
    let ground = try color(page["ground"])
    let raised = try color(page["raised"])
    for name in ["text", "muted", "accent"] {
      for behind in [ground, raised] {
        let contrast = contrast(try color(page[name]), behind)
        #expect(contrast >= 4.5, "\(name) has a contrast of \(contrast)")
      }
    }
    #expect(contrast(try color(page["text"]), try color(page["mark"])) >= 4.5)
    // Alerts tint their background with 7 % of their tone.
    for name in ["note", "tip", "important", "warning", "caution"] {
      let tone = try color(page[name])
      let tinted = zip(ground, tone).map { $0 * 0.93 + $1 * 0.07 }
      for behind in [ground, tinted] {
        let contrast = contrast(tone, behind)
        #expect(contrast >= 4.5, "\(name) has a contrast of \(contrast)")
      }
      #expect(contrast(try color(page["text"]), tinted) >= 4.5)
    }
    let code = try siteVariables("code.css", theme)
    for name in ["comment", "keyword", "string", "number", "title", "type", "meta"] {
      for behind in [raised, try color(page["mark"])] {
        let contrast = contrast(try color(code["code-\(name)"]), behind)
        #expect(contrast >= 4.5, "\(name) of code has a contrast of \(contrast)")
      }
    }
    for name in ["added", "removed"] {
      #expect(contrast(try color(page["text"]), try color(code["code-\(name)"])) >= 4.5)
    }
  }

  /// The colors of a site style sheet's variables in a theme; print uses the light theme with its
  /// own colors.
  private func siteVariables(_ sheet: String, _ theme: String) throws -> [String: String] {
    let css = try String(
      contentsOfFile: Repository.root + "/templates/assets/" + sheet, encoding: .utf8)
    var result: [String: String] = [:]
    for match in css.matches(of: /--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/) {
      result[String(match.1)] = String(theme == "dark" ? match.3 : match.2)
    }
    if theme == "print", let block = css.range(of: "@media print {") {
      for match in css[block.upperBound...].matches(of: /--([a-z-]+): (#[0-9a-f]{6});/) {
        result[String(match.1)] = String(match.2)
      }
    }
    return result
  }

  // MARK: Colors

  private func color(_ text: String?) throws -> [Double] {
    let digits = try #require(text).dropFirst()
    let value = try #require(Int(digits, radix: 16))
    return [16, 8, 0].map { Double((value >> $0) & 255) / 255 }
  }

  private func linear(_ v: Double) -> Double {
    v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4)
  }

  /// The contrast ratio of WCAG 2.2.
  private func contrast(_ a: [Double], _ b: [Double]) -> Double {
    let luminances = [a, b].map { color in
      zip([0.2126, 0.7152, 0.0722], color).reduce(0) { $0 + $1.0 * linear($1.1) }
    }.sorted()
    return (luminances[1] + 0.05) / (luminances[0] + 0.05)
  }

  private func multiply(_ m: [[Double]], _ v: [Double]) -> [Double] {
    m.map { row in zip(row, v).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  private func oklab(_ rgb: [Double]) -> [Double] {
    let lms = multiply(
      [
        [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
        [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
        [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
      ], rgb.map { min(max($0, 0), 1) })
    return multiply(
      [
        [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
        [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
        [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
      ], lms.map { cbrt($0) })
  }

  private let sights: [(String, [[Double]])] = [
    ("normal", [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
    (
      "protanopia",
      [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
      ]
    ),
    (
      "deuteranopia",
      [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
      ]
    ),
    (
      "tritanopia",
      [
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
      ]
    ),
  ]
}

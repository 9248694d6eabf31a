import Storage
import TestSupport
import Testing

/// The colors in `templates/assets/code.css` on the backgrounds that the site's style sheet gives
/// code.
struct CodeColorTests {
  /// The backgrounds of code and of highlighted lines: `--raised` and `--mark` in the style sheet.
  @Test(arguments: [(0, ["#f5f6f8", "#fdf1b8"]), (1, ["#1f2229", "#5a4b10"])])
  func everyColorStandsOutFromItsGround(scheme: Int, grounds: [String]) throws {
    let css = String(
      decoding: try FileSystem.read(Repository.root + "/templates/assets/code.css"), as: UTF8.self)
    let colors = css.matches(of: /--code-(\w+): light-dark\((#\w{6}), (#\w{6})\)/).map {
      (String($0.1), String(scheme == 0 ? $0.2 : $0.3))
    }
    #expect(colors.count == 9)
    for (name, color) in colors where name != "added" && name != "removed" {
      for ground in grounds {
        let ratio = contrast(color, ground)
        #expect(ratio >= 4.5, "\(name) has \(ratio) on \(ground)")
      }
    }
  }

  @Test func everyClassOfTheFixturesHasAColor() throws {
    let css = String(
      decoding: try FileSystem.read(Repository.root + "/templates/assets/code.css"), as: UTF8.self)
    // Those of the 38 classes that highlight.js documents that carry meaning.
    for name in [
      "keyword", "built_in", "type", "literal", "number", "regexp", "string", "subst", "symbol",
      "class", "function", "title", "params", "comment", "doctag", "meta", "section", "tag", "name",
      "builtin-name", "attr", "attribute", "variable", "bullet", "emphasis", "strong", "link",
      "quote", "selector-tag", "selector-id", "selector-class", "selector-attr", "selector-pseudo",
      "template-tag", "template-variable", "addition", "deletion",
    ] where name != "tag" {
      #expect(css.contains(".hljs-\(name)"), "\(name)")
    }
  }

  /// - Source: WCAG 2.1, relative luminance and contrast ratio.
  private func contrast(_ a: String, _ b: String) -> Double {
    let (x, y) = (luminance(a), luminance(b))
    return (max(x, y) + 0.05) / (min(x, y) + 0.05)
  }

  private func luminance(_ color: String) -> Double {
    let value = Int(color.dropFirst(), radix: 16)!
    let channels = [16, 8, 0].map { shift -> Double in
      let channel = Double(value >> shift & 0xFF) / 255
      return channel <= 0.03928 ? channel / 12.92 : power((channel + 0.055) / 1.055)
    }
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
  }

  /// x^2.4 as x² · x^(2/5), with the root by Newton's method.
  private func power(_ x: Double) -> Double {
    var root = 1.0
    for _ in 0..<60 {
      root -= (root * root * root * root * root - x * x) / (5 * root * root * root * root)
    }
    return x * x * root
  }
}

import Diagnostics
import Testing

@testable import Typesetting

struct FormulaMistakeTests {
  /// The formula with `«…»` around the error, and the expected message.
  @Test(arguments: [
    (#"x+«\foo» y"#, #"`\foo` is not a command that formulas know"#),
    (#"深度 + «\foo»"#, #"`\foo` is not a command that formulas know"#),
    (#"\begin{align}a\end{align}\text{a_b}«\foo»"#, #"`\foo` is not a command that formulas know"#),
    (#"\frac{a}{b«»"#, "an argument is missing, or the `}` that ends it"),
    ("{x«»", "a `}` is missing"),
    ("x«}»", "this `}` closes nothing"),
    ("a «&» b", "this `&` is outside an alignment"),
    ("x^2«^»3", "there are two `^` on one base"),
    (#"\left( x«»"#, #"a `\left` is without its `\right`"#),
    (#"\begin«{»foo} x \end{foo}"#, "there is no environment `foo`"),
    (#"\mbox{a}\mbox{«\foo»}"#, #"`\foo` is not a command that formulas know"#),
  ])
  func mistakesStandAtTheirPlace(marked: String, message: String) throws {
    let tex = marked.replacing("«", with: "").replacing("»", with: "")
    let start = marked.prefix { $0 != "«" }.utf8.count
    let end = marked.prefix { $0 != "»" }.utf8.count - "«".utf8.count
    let mistake = try #require(try mistake(in: tex))
    #expect(mistake.message == message)
    #expect(mistake.range.lowerBound == start)
    if end > start { #expect(mistake.range.contains(start)) }
    #expect(mistake.range.upperBound <= tex.utf8.count)
  }

  @Test func aNearNameIsGiven() throws {
    #expect(try mistake(in: #"\aplha"#)?.hint == #"did you mean `\alpha`?"#)
    #expect(try mistake(in: #"\begin{bmatirx}\end{bmatirx}"#)?.hint == "did you mean `bmatrix`?")
  }

  @Test func messagesReadAsOneSentence() throws {
    for tex in ["x^", "_", "}", #"\right)"#, #"\middle|"#, #"\hline"#, #"\sqrt"#, "$", #"\end{a}"#]
    {
      let message = try mistake(in: tex)?.message ?? ""
      #expect(!message.isEmpty, "\(tex)")
      #expect(message.first?.isUppercase != true && message.last != ".", "\(message)")
      #expect(!message.contains("KaTeX parse error"), "\(message)")
    }
  }

  @Test func diagnosticsPointIntoTheArticle() throws {
    let mistake = FormulaError(range: 2..<4, message: "m", hint: "h")
    let diagnostic = mistake.diagnostic(path: "a.md") { $0.lowerBound + 10..<$0.upperBound + 10 }
    #expect(diagnostic.range == 12..<14)
    #expect(diagnostic.id == "math.syntax")
    #expect(diagnostic.hint == "h")
  }
}

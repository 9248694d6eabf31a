import Testing

@testable import Typesetting

struct FormulaTests {
  @Test(arguments: ["deep-learning-2", "commands", "mathjax"], [true, false])
  func everyFormulaOfTheFixturesIsSet(file: String, isDisplay: Bool) throws {
    let formulas = FixtureFormula.all(in: file).map {
      Formula($0.tex, isDisplay: isDisplay, references: ["eq:first": "1", "eq_2": "7"])
    }
    #expect(formulas.count >= 29)
    for (formula, result) in zip(formulas, try sharedTypesetter.typeset(formulas)) {
      switch result {
      case .success(let set):
        #expect(set.html.contains("<math "), "\(formula.tex)")
        #expect(set.html.contains("class=\"katex-html\" aria-hidden=\"true\""), "\(formula.tex)")
        #expect(!set.html.contains("color:#cc0000"), "an error is shown in \(formula.tex)")
      case .failure(let mistake):
        Issue.record("\(formula.tex): \(mistake.message)")
      }
    }
  }

  @Test func theAuthorsTeXGoesWithTheMathML() throws {
    let html = try typeset(#"\text{a_b} < c\label{x}"#).html
    #expect(
      html.contains(
        #"<annotation encoding="application/x-tex">\text{a_b} &lt; c\label{x}</annotation>"#))
  }

  @Test(arguments: [
    #"x\tag{1}"#, #"\begin{align}a\end{align}"#, #"\begin{equation}a\end{equation}"#,
    #"\begin{eqnarray}a&=&b\end{eqnarray}"#,
  ])
  func whatOnlyWorksInADisplayGetsOne(tex: String) throws {
    let set = try typeset(tex, isDisplay: false)
    #expect(set.isDisplay)
    #expect(set.html.hasPrefix("<span class=\"katex-display\">"))
    #expect(try !typeset("x", isDisplay: false).isDisplay)
  }

  @Test func numbersShowOnlyWhereATagAsksForThem() throws {
    let plain = try typeset(#"\begin{align} a \\ b \end{align}"#).html
    #expect(!plain.contains("eqn-num"))
    #expect(!plain.contains("class=\"tag\""))
    let tagged = try typeset(#"\begin{align} a \\ b \tag{2} \end{align}"#).html
    #expect(tagged.contains("class=\"tag\""))
  }

  @Test func referencesShowTheTagOfTheirEquation() throws {
    let references = ["eq:loss": "3"]
    let set = try typeset(#"\eqref{eq:loss}"#, references: references)
    #expect(set.html.contains("<mtext>(3)</mtext>"))
    #expect(
      try typeset(#"\ref{eq:loss}"#, references: references).html.contains("<mn>3</mn>")
        || typeset(#"\ref{eq:loss}"#, references: references).html.contains("<mtext>3</mtext>"))
    #expect(try typeset(#"\ref{none}"#).html.contains("??"))
  }

  @Test func aColorWithABracedArgumentColorsThatAlone() throws {
    #expect(
      CompatibleTeX(Formula(#"\color{red}{x}+y"#, isDisplay: false)).text
        == #"\textcolor{red}{x}+y"#)
    #expect(
      CompatibleTeX(Formula(#"{\color{red} x+y}"#, isDisplay: false)).text
        == #"{\color{red} x+y}"#)
  }

  @Test(arguments: [
    (#"\begin{array}\\ a & b \end{array}"#, #"\begin{array}{c} a & b \end{array}"#),
    (#"\begin{array}{*{3}{c|}@{x}l}a\end{array}"#, #"\begin{array}{c|c|c|l}a\end{array}"#),
    (#"\begin{align}a\end{align}"#, #"\begin{align*}a\end{align*}"#),
    (#"\begin{eqnarray*}a\end{eqnarray*}"#, #"\begin{darray}{rcl}a\end{darray}"#),
    (#"x\label{a_b}"#, "x"),
    (#"\text{a_b$c_d$}"#, #"\text{a\_b$c_d$}"#),
    (#"\ce{A_2^3}\%_a"#, #"\ce{A_2^3}\%_a"#),
    ("% \\label{x}\ny", "% \\label{x}\ny"),
    (#"\labels{x}\begin"#, #"\labels{x}\begin"#),
  ])
  func rewritingTouchesOnlyWhatItMust(tex: String, expected: String) {
    #expect(CompatibleTeX(Formula(tex, isDisplay: true)).text == expected)
  }

  @Test func nothingInAFormulaReachesThePageAsMarkup() throws {
    for tex in [
      #"\href{javascript:alert(1)}{x}"#, #"\includegraphics{https://example.com/a.png}"#,
      #"\htmlClass{a}{x}"#, #"\htmlData{a=b}{x}"#, #"\url{https://example.com}"#,
    ] {
      let html = (try? typeset(tex))?.html ?? ""
      let page = html.replacing(#/<annotation(?s:.)*?<\/annotation>/#, with: "")
      #expect(!page.contains("javascript:") && !page.contains("href=") && !page.contains("<img"))
      #expect(!page.contains("class=\"a\"") && !page.contains("data-a="))
    }
    #expect(try typeset(#"\text{<script>}"#).html.contains("&lt;script&gt;"))
  }

  @Test func definitionsEndWithTheirFormula() throws {
    _ = try typeset(#"\gdef\mine{x}\mine"#)
    #expect(try mistake(in: #"\mine"#) != nil)
    let settings = { () -> Typesetter.Settings in
      var settings = Typesetter.Settings()
      settings.macros = [#"\R"#: #"\mathbb{R}"#, #"\pair"#: "(#1,#2)"]
      return settings
    }()
    let results = try Typesetter(settings, cache: nil)
      .typeset([Formula(#"\R"#, isDisplay: false), Formula(#"\pair{a}{b}"#, isDisplay: false)])
    #expect(try results[0].get().html.contains("<span class=\"mord mathbb\">R</span>"))
    #expect(try results[1].get().html.contains("<mo separator=\"true\">,</mo>"))
  }

  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      String(repeating: "{", count: 9000), String(repeating: #"\text{"#, count: 3000),
      String(repeating: #"\frac{1}{"#, count: 2000), String(repeating: "x", count: 30_000),
      #"\def\a{\a\a}\a"#, "\\", "\\begin", "\\begin{", "\\text", "\\verb", "\0", "\u{332}",
      #"\begin{array}{*{99999999}{*{99999999}{c}}}"#, #"\color{red}"#, #"\tag*"#,
    ])
  func hostileFormulasEndInAnAnswer(tex: String) throws {
    _ = try sharedTypesetter.typeset([Formula(tex, isDisplay: true)])
  }
}

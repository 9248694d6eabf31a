import Testing

@testable import Typesetting

struct CodeTests {
  @Test(arguments: [
    ("bash", "bash", "if [ $x ]; then echo \"a\"; fi"), ("cpp", "cpp", "int main() { return 0; }"),
    ("c", "cpp", "int main() { return 0; }"), ("python", "python", "def f(x): return x < 1"),
    ("lisp", "lisp", "(defun f (x) \"s\")"), ("java", "java", "public class A {}"),
    ("xml", "xml", "<a b=\"c\">d</a>"), ("html", "xml", "<p>x</p>"),
    ("R", "r", "f <- function(x) TRUE"),
    ("json", "json", "{\"a\": 1}"), ("swift", "swift", "let a = 1"), ("yaml", "yaml", "a: 1"),
    ("diff", "diff", "- a\n+ b"), ("nn", "yaml", "train: true"), ("toml", "ini", "a = 1"),
    ("JavaScript", "javascript", "var a = 1;"), ("rust", "rust", "fn main() {}"),
    ("go", "go", "func main() {}"), ("sql", "sql", "SELECT 1"), ("cuda", "cpp", "int a;"),
    ("dockerfile", "dockerfile", "FROM debian"), ("makefile", "makefile", "a: b\n\tc $(D)"),
    ("latex", "tex", "\\frac{1}{2}"), ("matlab", "matlab", "x = 'a';"),
  ])
  func languagesOfRealNotesAreColored(word: String, language: String, text: String) throws {
    let code = try sharedTypesetter.highlight([Code(text, language: word)])[0]
    #expect(code.language == language || code.language == word)
    #expect(code.isLanguageKnown)
    #expect(code.html.contains("<span class=\"hljs-"))
    #expect(!code.html.contains("style="))
    #expect(plainText(code.html) == text)
  }

  @Test func unknownLanguagesStayPlainAndAreTold() throws {
    let code = try sharedTypesetter.highlight([
      Code("a < b && \"c\"", language: "klingon"), Code("<x>", language: "text"),
      Code("<x>", language: nil), Code("graph TD", language: "mermaid"),
    ])
    #expect(code[0].html == "a &lt; b &amp;&amp; &quot;c&quot;")
    #expect(code.map(\.isLanguageKnown) == [false, true, true, true])
    #expect(code.map(\.language) == [nil, nil, nil, nil])
    #expect(code[1].html == "&lt;x&gt;")
  }

  @Test func linesAreHTMLEachOfItsOwn() throws {
    let text = "a = \"\"\"one\ntwo\"\"\"\n\n# end"
    let code = try sharedTypesetter.highlight([Code(text, language: "python")])[0]
    let lines = code.lines
    #expect(lines.count == 4)
    #expect(lines.map(plainText).joined(separator: "\n") == text)
    for line in lines {
      #expect(
        line.split(separator: "<span").count == line.split(separator: "</span>").count
          || line.ranges(of: "<span").count == line.ranges(of: "</span>").count)
    }
    #expect(lines[1].hasPrefix("<span class=\"hljs-string\">two"))
  }

  @Test(arguments: [("", [""]), ("a", ["a"]), ("a\n", ["a"]), ("a\n\n", ["a", ""]), ("\n", [""])])
  func aLineFeedAtTheEndMakesNoFurtherLine(html: String, lines: [String]) {
    #expect(HighlightedCode(html: html, language: nil, isLanguageKnown: true).lines == lines)
  }

  private func plainText(_ html: String) -> String {
    html.replacing(#/<[^>]*>/#, with: "").replacing("&lt;", with: "<").replacing("&gt;", with: ">")
      .replacing("&quot;", with: "\"").replacing("&#x27;", with: "'").replacing("&amp;", with: "&")
  }
}

import Diagnostics
import Markdown
import TestSupport
import Testing

/// Every mistake that an author can make in an article, as the author is told of it.
@Suite struct MarkdownMistakes {
  static let articles: [(name: String, text: String)] = [
    ("unclosed-formula", "Text with $$a + b and no end.\n\nNext.\n"),
    ("duplicate-label", "$$a\\label{x}$$\n\n$$b\\label{x}$$\n"),
    ("unknown-label", "$$a\\label{energy}$$\n\nSee \\eqref{enargy}.\n"),
    ("bad-attribute", "Text.\n{: .a =b}\n"),
    ("stray-attributes", "Text.\n\n{: .a}\n\nMore.\n"),
    ("contents-without-list", "Contents\n{:toc}\n"),
    ("unknown-extension", "{::coment}\nx\n{:/}\n"),
    ("unclosed-extension", "{::comment}\nx\n"),
    ("ignored-options", "{::options toc_levels=\"2\" /}\n"),
    ("unknown-alert", "> [!NOTICE]\n> Text.\n"),
    ("unknown-tag", "git clone <your name>\n"),
    ("unclosed-element", "<div markdown=\"1\">\ntext\n"),
    ("duplicate-footnote", "A[^a].\n\n[^a]: one\n[^a]: two\n"),
    ("undefined-footnote", "A[^not].\n\n[^note]: one\n\nB[^note].\n"),
    ("unused-footnote", "[^a]: one\n"),
    ("duplicate-id", "# A {#x}\n\n# B {#x}\n"),
    ("unresolved-reference", "![A](a.png){: #cat}\n\nSee [](#cats).\n"),
    ("bad-fence-attributes", "```python {title=\"a.py\nx\n```\n"),
    ("bad-lines", "```python {lines=\"3-1\"}\nx\n```\n"),
    ("unknown-fence-attribute", "```python {titel=\"a.py\"}\nx\n```\n"),
    ("bad-experiment-id", "```nn My_Moons\nplot: tanh\n```\n"),
    ("include-outside", "```c {file=\"../secret.c\"}\n```\n"),
  ]

  @Test func messagesAreThoseThatWereLookedAt() throws {
    var report = ""
    for (name, text) in Self.articles {
      let file = SourceFile(path: name + ".md", text: text)
      let document = Document(parsing: file)
      let diagnostics = document.diagnostics + document.unresolvedReferences()
      #expect(diagnostics.contains { $0.id.rawValue == "markdown." + name }, "\(name)")
      for diagnostic in diagnostics { report += diagnostic.rendered { _ in file } }
      report += "\n"
    }
    try expectGolden(report, "markdown/diagnostics.txt")
  }
}

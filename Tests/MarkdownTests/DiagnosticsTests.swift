import Diagnostics
import Markdown
import TestSupport
import Testing

/// Every mistake that an author can make in an article, with its messages.
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
    ("bad-first-line", "```python {numbers=9223372036854775807}\nx\ny\n```\n"),
    ("unknown-fence-attribute", "```python {titel=\"a.py\"}\nx\n```\n"),
    ("bad-experiment-id", "```nn My_Moons\nplot: tanh\n```\n"),
    ("include-outside", "```c {file=\"../secret.c\"}\n```\n"),
    ("unclosed-fence", "Text.\n\n- ~~~~ python\n  x\n  ~~~\n\nNext.\n"),
    ("nested-too-deeply", "a\n\n" + String(repeating: "> ", count: 260) + "deep\n"),
    ("unknown-attributes", "{:wide: .w}\n\nText.\n{: .a wied}\n\nA *b*{: other}.\n"),
    ("unclosed-formula", "A formula $$a +\n\nb$$ over two paragraphs.\n\n$$\nc\n\nd\n"),
    ("unclosed-extension", "Text {::nomarkdown}<b>.\n"),
    ("unresolved-reference", "# Costs {#costs}\n\n$$a\\label{energy}$$\n\n见 [](#enrgy)\n"),
  ]

  /// Bytes that are not UTF-8 cannot be written as a string.
  @Test func bytesThatAreNoTextAreToldWithTheirOffset() {
    let bytes = Array("一二\nab".utf8) + [0xC3, 0x28, 0xE4, 0xB8] + Array("z\n".utf8)
    let file = SourceFile(path: "a.md", bytes: bytes)
    let told = Document(parsing: file, options: .init(html: .pass)).diagnostics.map { diagnostic in
      let place = file.position(of: diagnostic.range?.lowerBound ?? -1)
      return "\(place.line):\(place.column) \(diagnostic.id.rawValue) \(diagnostic.message)"
    }
    #expect(
      told == [
        "2:3 markdown.invalid-utf8 these bytes at offset 9 are not UTF-8",
        "2:5 markdown.invalid-utf8 these bytes at offset 11 are not UTF-8",
      ])
  }

  @Test func idsOfFiguresEquationsAndExperimentsCountAsDefined() {
    let text = """
      ![A](a.png){: #cat}

      ```nn moons
      train: [dense 1]
      ```

      $$a\\label{energy}$$

      <p id="raw">x</p>

      [](#cat) [](#moons) [](#energy) [](#raw) [](#of-the-site)
      """
    let document = Document(
      parsing: SourceFile(path: "a.md", text: text), options: .init(html: .pass))
    #expect(document.unresolvedReferences(alsoDefined: ["of-the-site"]).isEmpty)
    #expect(document.unresolvedReferences().count == 1)
  }

  /// Correct articles have no diagnostics.
  @Test(arguments: [
    "~~~\nx\n~~~\n", "- ```\n  x\n  ```\n", "{:toc}\n* contents\n", "* contents\n{:toc}\n",
    "{:a: .b}\n\nText.\n{: a}\n", "{::comment}\nx\n{:/comment}\n", "costs $$ and $$ too\n",
    "echo $$\n", "{:auto_ids}\nterm\n: text\n",
  ])
  func whatIsRightIsNotTold(text: String) {
    let document = Document(
      parsing: SourceFile(path: "a.md", text: text), options: .init(html: .pass))
    #expect(document.diagnostics.map(\.message) == [])
  }

  @Test func messagesAreThoseThatWereLookedAt() throws {
    var report = ""
    for (name, text) in Self.articles {
      let file = SourceFile(path: name + ".md", text: text)
      let document = Document(parsing: file, options: .init(html: .pass))
      let diagnostics = document.diagnostics + document.unresolvedReferences()
      #expect(diagnostics.contains { $0.id.rawValue == "markdown." + name }, "\(name)")
      for diagnostic in diagnostics { report += diagnostic.rendered { _ in file } }
      report += "\n"
    }
    try expectGolden(report, "markdown/diagnostics.txt")
  }
}

import Diagnostics
import Foundation
import Markdown
import TestSupport
import Testing

private func read(_ text: String, _ options: MarkdownOptions = .init(html: .pass)) -> Document {
  Document(parsing: SourceFile(path: "a.md", text: text), options: options)
}

private func html(_ text: String, _ options: MarkdownOptions = .init(html: .pass)) -> String {
  String(decoding: HTMLRenderer(markup: .plain).render(read(text, options)).body, as: UTF8.self)
}

@Suite struct Dialect {
  // MARK: Formulas

  @Test func aFormulaKeepsWhatMarkdownWouldChange() {
    let document = read("文$$a_1 < b*c*|d|\\\\\n+ 中$$字，`$$x$$` 和 \\$\\$ <!-- $$y$$ -->\n")
    #expect(document.formulas.map(\.tex.text) == ["a_1 < b*c*|d|\\\\\n+ 中"])
    #expect(document.formulas.map(\.isDisplay) == [false])
    #expect(document.diagnostics.isEmpty)
  }

  @Test func aFormulaAloneInItsBlockIsDisplayed() {
    let document = read("$$a$$\n\n- $$b$$\n\n> $$\n> c\n>\n> d\n> $$\n\n# $$e$$\n")
    #expect(document.formulas.map(\.isDisplay) == [true, true, true, false])
    #expect(document.formulas.map(\.tex.text) == ["a", "b", "c\n\nd\n", "e"])
  }

  @Test func formulasStandInCellsLinksAndFootnotes() {
    let document = read(
      "| a | b |\n|---|---|\n| $$|x|$$ | [$$y$$](/z) |\n\n[^1]: $$z$$ text\n\nText[^1].\n")
    #expect(document.formulas.map(\.tex.text) == ["|x|", "y", "z"])
    #expect(document.nodes.count { $0.kind == .tableCell } == 4)
  }

  @Test func dollarsAloneAreMathOnlyWhereTheConfigurationSaysSo() {
    var options = MarkdownOptions(html: .pass)
    #expect(read("costs $5 and $x$", options).formulas.isEmpty)
    options.singleDollarMath = true
    #expect(read("costs $5 and $x$ and $20,000", options).formulas.map(\.tex.text) == ["x"])
  }

  @Test func labelsAreNumberedAndReferredTo() {
    let document = read(
      "$$a\\label{one}$$\n\n$$b\\tag{x}\\label{two}$$\n\n见 \\eqref{one} [](#two)\n")
    #expect(document.formulas.map(\.tex.text) == ["a\\tag{1}", "b\\tag{x}"])
    let page = String(decoding: HTMLRenderer(markup: .plain).render(document).body, as: UTF8.self)
    #expect(page.contains("<a href=\"#one\">(1)</a>"))
    #expect(page.contains("<a href=\"#two\">Equation (x)</a>"))
  }

  // MARK: CJK

  @Test(arguments: [
    ("**粗体。**后文", "<strong>粗体。</strong>后文"), ("前文**“引用”**后文", "前文<strong>“引用”</strong>后文"),
    ("**甲**乙**丙（丁）**戊", "<strong>甲</strong>乙<strong>丙（丁）</strong>戊"),
    ("中文**bold (x)**中文", "中文<strong>bold (x)</strong>中文"), ("2 ** 3 ** 4", "2 ** 3 ** 4"),
  ])
  func emphasisWorksBesideFullWidthPunctuation(source: String, wanted: String) {
    #expect(html(source) == "<p>\(wanted)</p>\n")
  }

  @Test func aLineBreakBetweenCJKLeavesNoSpace() {
    #expect(html("中\n文\nabc\n**字**\n尾") == "<p>中文\nabc\n<strong>字</strong>尾</p>\n")
  }

  // MARK: Ids and numbers

  @Test func idsAreReadableUniqueAndKeepTheirCharacters() {
    let document = read("# BP算法\n\n## 参考\n\n# 2. It's `x`!\n\n## 参考\n\n## Named {#my-id}\n")
    #expect(document.headings.map(\.id) == ["bp算法", "参考", "2-its-x", "2-its-x-参考", "my-id"])
  }

  @Test func kramdownsIdsLiveBesideTheReadableOnes() {
    var options = MarkdownOptions(html: .pass)
    options.headingIDs = .readableAndKramdown
    let document = read("# 参考\n\n# 附录\n", options)
    #expect(document.headings.map(\.kramdownID) == ["section", "section-1"])
  }

  @Test func figuresTablesAndExperimentsAreNumberedAndNamed() {
    let document = read(
      """
      ![A cat](cat.png){: #cat}

      ```nn moons
      train: [dense 1]
      ```

      | a | b |
      |---|---|
      {: #tab caption="Costs"}

      [](#cat), [](#moons), [](#tab)
      """)
    let page = String(decoding: HTMLRenderer().render(document).body, as: UTF8.self)
    for text in ["Figure 1", "Figure 2", "Table 1"] { #expect(page.contains(">\(text)</a>")) }
    #expect(page.contains("<figure id=\"cat\" class=\"figure\">"))
    #expect(document.experiments.map(\.info.experiment?.id) == ["moons"])
    #expect(document.unresolvedReferences().isEmpty)
  }

  // MARK: Code

  @Test func aFenceTellsTitleLinesAndFile() {
    let document = read(
      "```python {title=\"a.py\" lines=\"2,4-6\" numbers=10}\nx\n```\n\n"
        + "```c {file=\"src/a.c\" lines=\"3-5\"}\n```\n")
    let info = document.codeBlocks[0].info
    #expect(info.language == "python")
    #expect(info.title == "a.py")
    #expect(info.highlightedLines == [2...2, 4...6])
    #expect(info.firstLineNumber == 10)
    #expect(document.includes.map(\.path) == ["src/a.c"])
    #expect(document.includes.first?.lines == 3...5)
  }

  @Test func codeLeadsBackToTheFile() {
    let text = "> - ```nn a\n>   x: 1\n>   y: 2\n>   ```\n"
    let content = read(text).codeBlocks[0].content
    #expect(content.text == "x: 1\ny: 2\n")
    #expect(content.fileOffset(of: 5) == Array(text.utf8).firstIndex(of: UInt8(ascii: "y")))
  }

  @Test func inlineValuesAreFound() {
    let document = read("It is `nn moons.test.accuracy %.1f%%` here.")
    #expect(document.inlineValues.map(\.expression.text) == ["moons.test.accuracy %.1f%%"])
    #expect(document.file.text(document.inlineValues[0].range).contains("nn moons"))
  }

  // MARK: HTML

  @Test func pseudoTagsAreTextAndAnchorsAreClosed() {
    #expect(
      html("git clone <your name> <a name=\"x\"/> <b>y</b>") == """
        <p>git clone &lt;your name&gt; <a name="x"></a> <b>y</b></p>

        """)
    // As a block of its own, with and without attributes, and at the start of a block or later.
    #expect(html("<a name=\"x\"/>\n\ny\n") == "<a name=\"x\"></a>\n<p>y</p>\n")
    #expect(html("<a name=\"x\"/>\n{: .y}\n") == "<a name=\"x\" class=\"y\"></a>\n")
    #expect(
      html("<div>\n<a name=\"x\"/><a id='z' />\n</div>\n")
        == "<div>\n<a name=\"x\"></a><a id='z' ></a>\n</div>\n")
  }

  @Test func escapedHTMLIsTextAndScriptsAreNoLinks() {
    let options = MarkdownOptions(html: .escape)
    let found = html("<div>a</div>\n\n<b>c</b> [d](javascript:e)\n", options)
    #expect(!found.contains("<div>") && !found.contains("<b>") && !found.contains("javascript"))
  }

  // MARK: Trees

  @Test func blocksOfRandomTextAreThoseOfLibcmark() {
    // libcmark is the reference for everything that CommonMark has.
    let pieces = [
      "a", "b", " ", "  ", "    ", "\n", "\n\n", "> ", "- ", "1. ", "# ", "```", "~~~", "*", "**",
      "_",
      "`", "[", "]", "](/x)", "<b>", "<div>", "---", "===", "\t", "\\", "!", "&amp;", "[a]: /b\n",
    ]
    var state: UInt64 = 88_172_645_463_325_252
    for _ in 0..<4000 {
      var text = ""
      for _ in 0..<24 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        text += pieces[Int(state % UInt64(pieces.count))]
      }
      let wanted = String(decoding: CMark.html(Array(text.utf8)), as: UTF8.self)
      let found = html(text, .commonMark(html: .pass))
      #expect(
        HTMLNormalizer.normalize(found) == HTMLNormalizer.normalize(wanted),
        "\(text.debugDescription)")
    }
  }

  @Test func theNoteIsReadWhole() throws {
    let folder = Repository.data("SITEGEN_NOTES", "notes")
    guard let bytes = try? Data(contentsOf: URL(filePath: folder + "/deep-learning-2.md")) else {
      return
    }
    let body = String(decoding: bytes, as: UTF8.self).split(separator: "---\n", maxSplits: 2)
    let document = read(String(body[body.count - 1]))
    #expect(document.formulas.count == 29)
    #expect(document.links.count { $0.isImage } == 9)
    #expect(document.headings.count == 9)
    #expect(document.diagnostics.isEmpty)
  }
}

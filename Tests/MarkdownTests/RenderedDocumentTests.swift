import Diagnostics
import Markdown
import Testing

/// What a page needs of an article besides its HTML.
@Suite struct RenderedDocumentTests {
  private func render(
    _ text: String, title: String? = nil, markup: HTMLRenderer.Markup = .page,
    _ address: (@Sendable (String) -> String?)? = nil
  ) -> RenderedDocument {
    let document = Document(
      parsing: SourceFile(path: "a.md", text: text), options: .init(html: .pass))
    var hooks = HTMLRenderer.Hooks()
    hooks.formula = { "<math>\($0.tex.text)</math>" }
    hooks.address = address
    hooks.link = { link in address?(link.destination).map { .address($0) } ?? .asWritten }
    var renderer = HTMLRenderer(markup: markup, hooks: hooks)
    renderer.title = title
    return renderer.render(document)
  }

  private func body(_ document: RenderedDocument) -> String {
    String(decoding: document.body, as: UTF8.self)
  }

  @Test func theTitleIsNotInTheBody() {
    let document = render("# A *b* [c](d)![e](f)\n\nText.\n", title: "A b ce")
    #expect(
      document.title?.html
        == "A <em>b</em> <a href=\"d\">c</a><img src=\"f\" alt=\"e\" loading=\"lazy\" decoding=\"async\" />"
    )
    #expect(document.title?.label == "A <em>b</em> ce")
    #expect(document.title?.id == "a-b-ce")
    #expect(body(document) == "\n<p>Text.</p>\n")
  }

  @Test(arguments: ["Text.\n\n# A\n", "> # A\n", "## A\n", "# B\n", "<div></div>\n\n# A\n"])
  func anythingElseIsNoTitle(_ text: String) {
    let document = render(text, title: "A")
    #expect(document.title == nil)
    #expect(body(document).contains("</h"))
  }

  @Test func headingsAreKnownByTheirPlace() {
    let document = render(
      "# A\n\n> ## B $$x$$ <a href=\"y\">*z*</a>[^1]\n\n[^1]: # N\n\n[^2]: # Unused\n")
    #expect(document.headings.map(\.id) == ["a", "b-x-z", "n", "unused"])
    #expect(document.headings.map(\.hasFormulas) == [false, true, false, false])
    #expect(document.headings[1].html.contains("<a href=\"y\"><em>z</em></a><sup"))
    #expect(document.headings[1].label == "B <math>x</math> <em>z</em>")
    #expect(document.headings[3].html == "")
  }

  @Test(arguments: [
    ("![a](b)\n\nOne *two* $$x$$ `c`\nthree.\n\nFour.\n", "One two x c three."),
    ("> [!NOTE]\n> Mind.\n", "Mind."), ("<p class=x>Raw <b>text</b></p>\n\nOther.\n", "Raw text"),
    ("<div markdown=\"1\">\nInside.\n</div>\n", "Inside."), ("# Only a heading\n", ""),
    ("```\ncode\n```\n\n- a\n- b\n\nLast.\n", "Last."),
  ])
  func theSummaryIsTheFirstParagraphWithWords(_ text: String, _ summary: String) {
    #expect(render(text).summary == summary)
    #expect(render(text, markup: .plain).summary == "")
  }

  @Test func rawAddressesHaveTheirPlaces() {
    let text = """
      [a](one) <a href="one">b</a> <img src='two&amp;' srcset="x 1x, y 2x">

      <div title="one"><a href=one>c</a>
      <a href="one">d</a></div>

      > <p><a class="q"
      > href="three">e</a></p>

      <!-- <a href="four"> -->

      *f*{: href="five"}

      ` <a href="six">`
      """
    let document = render(text) { $0 + "!" }
    let file = SourceFile(path: "a.md", text: text)
    #expect(
      document.rawAddresses.map { "\($0.value) \($0.isEmbedded) " + file.text($0.range) } == [
        "one false one", "two& true two&amp;", "x true x 1x, y 2x", "y true x 1x, y 2x",
        "one false one", "one false one", "three false three", "five false *f*",
      ])
    #expect(Set(document.rawAddresses.map(\.range.lowerBound)).count == 7)
    #expect(
      body(document).contains(
        "<a href=\"one!\">a</a> <a href=\"one!\">b</a> "
          + "<img src='two&amp;!' srcset=\"x! 1x, y! 2x\">"))
    #expect(body(document).contains("<div title=\"one\"><a href=one!>c</a>"))
    #expect(body(document).contains("<em href=\"five!\">f</em>"))
  }

  @Test func aTagOfOnePieceTakesNothingFromTheNext() {
    let document = render("<div><a href=\"x\n\n[a](b) \"> c\n") { _ in "!" }
    #expect(document.rawAddresses.isEmpty)
    #expect(body(document).contains("<a href=\"!\">a</a>"))
  }

  @Test func addressesWithoutAHookStayAsWritten() {
    let document = render("<a href='b c'>x</a> [a](<b c>)\n")
    #expect(document.rawAddresses.isEmpty)
    #expect(body(document) == "<p><a href='b c'>x</a> <a href=\"b%20c\">a</a></p>\n")
  }

  @Test func aLineIsWrittenWithoutItsParagraph() {
    func line(_ text: String) -> String {
      let document = Document(
        parsing: SourceFile(path: "a.md", text: text), options: .init(html: .escape))
      var renderer = HTMLRenderer(markup: .plain)
      renderer.isLine = true
      return body(renderer.render(document))
    }
    #expect(line("A *b*") == "A <em>b</em>")
    #expect(line("![a](b.png)") == "<img src=\"b.png\" alt=\"a\" />")
    #expect(line("A\n\nB") == "<p>A</p>\n<p>B</p>\n")
    #expect(line("- A") == "<ul>\n<li>A</li>\n</ul>\n")
    #expect(line("") == "")
  }
}

import Testing

@testable import Markdown

@Suite struct AddressRewriterTests {
  private func addresses(_ pieces: String...) -> [String] {
    var found: [String] = []
    var rewriter = AddressRewriter()
    for piece in pieces {
      _ = rewriter.rewrite(Array(piece.utf8)) { address in
        found.append("\(address.tag) \(address.attribute) \(address.value)")
        return nil
      }
    }
    return found
  }

  @Test func addressesAreFoundHoweverTheyAreWritten() {
    #expect(
      addresses(
        """
        <a href="x?a=1&amp;b=2">t</a><IMG SRC='y.png'><img src=z.png alt=a>
        <video poster = "p.png"><source src="v.mp4"/></video><object data="o.svg"></object>
        <p data="no" title="<a href='no'>">
        """) == [
          "a href x?a=1&b=2", "img src y.png", "img src z.png", "video poster p.png",
          "source src v.mp4", "object data o.svg",
        ])
  }

  @Test func commentsAndScriptsAreLeftAlone() {
    #expect(
      addresses(
        "<!-- <a href='x'> --><script>'<a href=\"y\">'</script><style>a[href=\"z\"]{}</style><b>"
      ).isEmpty)
  }

  @Test func whatIsLeftOpenGoesOnInTheNextPiece() {
    #expect(addresses("<!-- <a href=a>", "<a href=b> -->", "<a href=c>") == ["a href c"])
    #expect(
      addresses("<SCRIPT>", "<a href=a>", "</style><a href=b></Script><a href=c>", "<a href=d>")
        == ["a href c", "a href d"])
    // A tag must be within one piece.
    #expect(addresses("<a href=\"a", "b\"><a href=c>") == ["a href c"])
  }

  @Test func addressesAreReplacedAndEscaped() {
    let html = "<p>1 < 2 & <a href=\"a\">b</a><img srcset=\"a 1x, b 2x\">"
    var rewriter = AddressRewriter()
    let output = rewriter.rewrite(Array(html.utf8)) { $0.value == "a" ? "x\"&" : nil }
    #expect(
      String(decoding: output, as: UTF8.self)
        == "<p>1 < 2 & <a href=\"x&quot;&amp;\">b</a><img srcset=\"x&quot;&amp; 1x, b 2x\">")
  }

  @Test func theIdsOfFinishedHTMLAreRead() {
    let html = "<a href=a id=\"one\"><p><b id='two'><a href=b></p><a name=three href=c>"
    let bytes = Array(html.utf8)
    let start = html.utf8.firstRange(of: "<p>".utf8)!.lowerBound
    let end = html.utf8.firstRange(of: "</p>".utf8)!.upperBound
    let finished =
      html.utf8.distance(
        from: html.startIndex, to: start)..<html.utf8.distance(from: html.startIndex, to: end)
    var rewriter = AddressRewriter()
    var asked: [String] = []
    let output = rewriter.rewrite(bytes, finished: finished) {
      asked.append($0.value)
      return nil
    }
    #expect(asked == ["a", "c"])
    #expect(rewriter.ids == ["one", "two", "three"])
    #expect(output == bytes)
  }

  @Test func anAddressKnowsItsPlace() {
    let html = Array("<img alt=x SRC = 'y&amp;z'>".utf8)
    var places: [String] = []
    var rewriter = AddressRewriter()
    _ = rewriter.rewrite(html) {
      places += [$0.attributeRange, $0.valueRange].map { String(decoding: html[$0], as: UTF8.self) }
      return nil
    }
    #expect(places == ["SRC = 'y&amp;z", "y&amp;z"])
  }

  @Test(arguments: [
    "<", "<a", "<a href", "<a href=", "<a href=\"", "<!--", "<script>", "</", "<a =", "<a href='x",
    "<h1 id=x>", String(repeating: "<a ", count: 10_000),
  ])
  func brokenMarkupIsPassedThrough(_ html: String) {
    var rewriter = AddressRewriter()
    #expect(rewriter.rewrite(Array(html.utf8)) { _ in nil } == Array(html.utf8))
  }
}

@Suite struct PlainTextTests {
  @Test func wordsWithoutMarkup() {
    let html = "<p>A <em>b</em>c &amp; <code>d</code>\n\n e</p><p>F</p><svg><text>no</text></svg>"
    #expect(PlainText.of(Array(html.utf8)) == "A bc & d e F")
  }

  @Test func theFirstParagraphWithWords() {
    let html = "<pre>x</pre><p><img></p>\n<p class=\"a\">One.</p><p>Two.</p>"
    #expect(PlainText.firstParagraph(of: Array(html.utf8), limit: 100) == "One.")
    #expect(PlainText.firstParagraph(of: [], limit: 100) == "")
  }

  @Test func paragraphsWithoutAnEndTakeLinearTime() {
    let html = Array(String(repeating: "<p>a", count: 200_000).utf8)
    #expect(PlainText.firstParagraph(of: html, limit: 100) == "")
  }

  @Test func longTextsEndAtAWord() {
    #expect(PlainText.shortened("one two three four", to: 12) == "one two…")
    #expect(PlainText.shortened("神经网络的参数", to: 4) == "神经网络…")
    #expect(PlainText.shortened("short", to: 12) == "short")
  }
}

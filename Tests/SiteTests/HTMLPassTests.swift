import Testing

@testable import Site

@Suite struct HTMLPassTests {
  private func addresses(_ html: String) -> [String] {
    var found: [String] = []
    _ = HTMLPass(Array(html.utf8)) { address in
      found.append("\(address.tag) \(address.attribute) \(address.value)")
      return nil
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

  @Test func addressesAreReplacedAndEscaped() {
    let html = "<p>1 < 2 & <a href=\"a\">b</a><img srcset=\"a 1x, b 2x\">"
    let pass = HTMLPass(Array(html.utf8)) { $0.value == "a" ? "x\"&" : nil }
    #expect(
      String(decoding: pass.output, as: UTF8.self)
        == "<p>1 < 2 & <a href=\"x&quot;&amp;\">b</a><img srcset=\"x&quot;&amp; 1x, b 2x\">")
  }

  @Test func idsAndHeadingsAreNoted() {
    let html = "<h2 id=\"one\">A <em id='two'>b</em></h2><a name=three></a><h3>no id</h3>"
    let pass = HTMLPass(Array(html.utf8)) { _ in nil }
    #expect(pass.ids == ["one", "two", "three"])
    #expect(
      pass.headings.mapValues { String(decoding: $0, as: UTF8.self) }
        == ["one": "A <em id='two'>b</em>"])
    #expect(pass.output == Array(html.utf8))
  }

  @Test(arguments: [
    "<", "<a", "<a href", "<a href=", "<a href=\"", "<!--", "<script>", "</", "<a =", "<a href='x",
    "<h1 id=x>", String(repeating: "<a ", count: 10_000),
  ])
  func brokenMarkupIsPassedThrough(_ html: String) {
    #expect(HTMLPass(Array(html.utf8)) { _ in nil }.output == Array(html.utf8))
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

  @Test func longTextsEndAtAWord() {
    #expect(PlainText.shortened("one two three four", to: 12) == "one two…")
    #expect(PlainText.shortened("神经网络的参数", to: 4) == "神经网络…")
    #expect(PlainText.shortened("short", to: 12) == "short")
  }
}

@Suite struct WrittenLanguageTests {
  @Test(
    arguments: [
      ("The quick brown fox", nil), ("", nil), ("神经网络 network", "zh"),
      ("ニューラルネットワークの学習", "ja"), ("신경망 학습", "ko"), ("He said 你好 once upon a time", nil),
    ] as [(String, String?)])
  func languagesWithScriptsOfTheirOwnAreSeen(_ text: String, _ language: String?) {
    #expect(WrittenLanguage.guess(Array(text.utf8)[...]) == language)
  }
}

@Suite struct ImageSizeTests {
  private func size(_ bytes: [UInt8]) -> [Int]? {
    ImageSize(of: bytes).map { [$0.width, $0.height] }
  }

  @Test func headsOfFilesAreRead() {
    let png: [UInt8] =
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]
      + [0, 0, 2, 128, 0, 0, 1, 224]
    #expect(size(png) == [640, 480])
    #expect(size(Array("GIF89a".utf8) + [10, 0, 20, 0]) == [10, 20])
    let jpeg: [UInt8] =
      [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xC2, 0, 17, 8, 0, 50, 0, 100, 3, 1, 2, 3]
    #expect(size(jpeg) == [100, 50])
    let webp: [UInt8] =
      Array("RIFF".utf8) + [0, 0, 0, 0] + Array("WEBPVP8X".utf8) + [10, 0, 0, 0, 0, 0, 0, 0]
      + [99, 0, 0, 49, 0, 0, 0]
    #expect(size(webp) == [100, 50])
  }

  @Test(arguments: [
    ("<svg width=\"120\" height=\"60px\">", [120, 60]),
    ("<?xml?>\n<svg viewBox='0 0 30.4 20'>", [30, 20]),
    ("<svg width=\"1in\" height=\"72pt\">", [96, 96]),
    ("<svg width=\"100%\" viewBox=\"0,0,8,4\">", [8, 4]),
  ])
  func drawingsSayTheirSize(_ text: String, _ expected: [Int]) {
    #expect(size(Array(text.utf8)) == expected)
  }

  @Test(arguments: ["", "GIF8", "<svg>", "<svg width='x'>", "RIFF0000WEBP", "\u{89}PNG", "text"])
  func damageHasNoSize(_ text: String) { #expect(size(Array(text.utf8)) == nil) }
}

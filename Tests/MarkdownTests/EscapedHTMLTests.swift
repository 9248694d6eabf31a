import Diagnostics
import Markdown
import Testing

/// Markdown by authors who are not trusted.
@Suite struct EscapedHTML {
  private func page(_ text: String) -> String {
    let document = Document(
      parsing: SourceFile(path: "a.md", text: text), options: .init(html: .escape))
    return String(decoding: HTMLRenderer().render(document).body, as: UTF8.self)
  }

  @Test(arguments: [
    "javascript:x", "JaVaScript:x", "\u{1}javascript:x", "vbscript:x", "data:text/html,x",
    "java&Tab;script:x", "&#106;avascript:x", "javascript&colon;x", "file:///etc/passwd",
    "ms-msdt:/x", "sitegen:///e.example/i.png", "data:image/svg+xml,x", "feed:javascript:x",
  ])
  func linksOfOtherSchemesAreText(_ address: String) {
    for text in [
      "[a](<\(address)>)", "![a](<\(address)>)", "[a][r]\n\n[r]: <\(address)>",
      "![a][r]\n\n[r]: <\(address)>",
    ] {
      let page = page(text)
      #expect(!page.contains("href=\"") && !page.contains("src="), "\(text): \(page)")
    }
  }

  @Test(arguments: [
    "https://e.example/i.png", "//e.example/i.png", "HTTP://e.example/i.png",
    "https:e.example/i.png", "//\u{301}e.example/i.png", "ftp://e.example/i.png",
  ])
  func picturesOfOtherSitesAreLinks(_ address: String) {
    let found = page("A ![alt *text*](<\(address)> \"title\") b.")
    #expect(!found.contains("<img"))
    #expect(found.contains("title=\"title\" class=\"outside-image\">alt text</a>"), "\(found)")
    // Links cannot be nested.
    let linked = page("[![alt](<\(address)>)](x.md)")
    #expect(linked.contains("<a href=\"x.md\"><span class=\"outside-image\">alt</span></a>"))
  }

  @Test(arguments: ["a.png", "/a.png", "../a.png", "data:image/png;base64,AAAA", "a:b.png/../c"])
  func picturesOfTheSiteStay(_ address: String) {
    // To a browser, the last one has a scheme.
    #expect(page("![a](<\(address)>)").contains("<img") == !address.hasPrefix("a:"))
  }

  @Test(arguments: [
    "https://e.example/", "mailto:a@e.example", "tel:+1", "a.md", "#x", "?x", "//e.example/",
    "a/b:c",
  ])
  func plainLinksStay(_ address: String) {
    #expect(page("[a](<\(address)>)").contains("<a href=\"\(address)\">a</a>"))
  }

  @Test(arguments: [
    "onclick=\"x\"", "ONCLICK='x'", "style=\"x\"", "href=\"x\"", "srcdoc=\"x\"", "data-kind=\"x\"",
    "xlink-href=\"x\"", "formaction=x", "target=\"x\"", "name=\"x\"", "newest-attribute=\"x\"",
  ])
  func attributesAreThoseOfAList(_ attribute: String) {
    let name = String(attribute.prefix { $0 != "=" })
    for text in [
      "a\n{: \(attribute)}", "*a*{: \(attribute)}", "# a {#b \(attribute)}",
      "{:c: \(attribute)}\n\na\n{: c}", "* {: \(attribute)} a", "![a](b.png){: \(attribute)}",
      "*[ABC]: d\n{: \(attribute)}\n\nABC", "* toc\n{:toc \(attribute)}\n\n# a",
    ] {
      let document = Document(
        parsing: SourceFile(path: "a.md", text: text), options: .init(html: .escape))
      let page = String(decoding: HTMLRenderer().render(document).body, as: UTF8.self)
      #expect(
        !page.contains(" \(attribute)") && !page.contains(" \(name)=\"x\""), "\(text): \(page)")
      #expect(document.diagnostics.map(\.id).contains("markdown.refused-attribute"), "\(text)")
    }
    let kept = page("a\n{: #x .y title=\"z\" lang=\"de\"}")
    #expect(kept == "<p id=\"x\" class=\"y\" title=\"z\" lang=\"de\">a</p>\n")
  }

  @Test(arguments: [
    "<script>x</script>", "a <b onclick=x>b</b>", "{::nomarkdown}<b>{:/}", "<!-- x -->", "<?x?>",
    "{::nomarkdown}\n<b>x</b>\n{:/}", "<div markdown=\"1\">\n\n<b>\n\n</div>", "<!DOCTYPE x>",
    "- <b>\n\n      <i>", "| <b> |\n|---|\n| <i> |", "a[^1]\n\n[^1]: <b>", "*[<b>]: <i>\n\n<b>",
  ])
  func htmlIsText(_ text: String) {
    let page = page(text)
    for tag in ["<script", "<b>", "<b ", "<i>", "<div m", "<!", "<?"] {
      #expect(!page.contains(tag), "\(page)")
    }
  }
}

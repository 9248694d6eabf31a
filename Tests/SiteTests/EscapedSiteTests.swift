import Diagnostics
import Markdown
import Testing

@testable import Site

/// Text by untrusted authors in a site that escapes HTML. `Tests/Browser/injections.txt` has
/// hundreds of attempts, which are opened in a browser; these tests have one of each kind.
@Suite struct EscapedSiteTests {
  private func build(
    _ files: [String: String], configuration: String = "markdown: {html: escape}\n"
  ) async throws -> (pages: [String: String], site: SiteBuild) {
    var all = ["sitegen.yml": configuration]
    all.merge(files) { $1 }
    let sources = SourceTree(all.mapValues { Array($0.utf8) })
    let site = await Site.build(sources, BuildSettings())
    let pages = try bytes(of: site, from: sources).mapValues {
      String(decoding: $0, as: UTF8.self)
    }
    return (pages, site)
  }

  private func body(_ page: String?) throws -> String {
    let page = try #require(page)
    let start = try #require(page.firstRange(of: "<article"))
    return String(page[start.lowerBound...])
  }

  @Test func aCaptionIsReadAsItsArticleIs() async throws {
    let text = """
      # A

      ```nn one
      plot: tanh
      caption: "<img src=x onerror=alert(1)> *a*{: onclick=x} [b](javascript:c) ![d](//e.example/f)"
      ```
      """
    let (pages, site) = try await build(["content/a.md": text])
    let page = try body(pages["a/index.html"])
    #expect(page.contains("&lt;img src=x"))
    #expect(!page.contains("<img") && !page.contains("onclick") && !page.contains("javascript:"))
    #expect(page.contains("<em>a</em>") && page.contains("<a href=\"//e.example/f\">d</a>"))
    // What is refused is reported at the block.
    let told = site.diagnostics.filter { $0.path == "content/a.md" }.map(\.id.rawValue)
    #expect(
      told == ["markdown.outside-image", "markdown.refused-attribute", "markdown.refused-link"])
    // Where HTML passes, the same caption is unchanged.
    let (passed, _) = try await build(["content/a.md": text], configuration: "title: x\n")
    #expect(try #require(passed["a/index.html"]).contains("<img src=x onerror=alert(1)>"))
  }

  @Test func twoArticlesWithOneCaptionAreReadWithTheirOwnOptions() async throws {
    let block = "\n```nn one\nplot: tanh\ncaption: <b>bold</b>\n```\n"
    let (pages, _) = try await build(
      [
        "content/a.md": "---\nhtml: escape\n---\n# A\n" + block, "content/b.md": "# B\n" + block,
      ], configuration: "title: x\n")
    #expect(try #require(pages["a/index.html"]).contains("&lt;b&gt;bold"))
    #expect(try #require(pages["b/index.html"]).contains("<b>bold</b>"))
  }

  @Test(arguments: [("pass", "pass", true), ("pass", "escape", false), ("escape", "pass", false)])
  func anArticleCanOnlyTighten(_ ofSite: String, _ ofArticle: String, _ passes: Bool) async throws {
    let (pages, site) = try await build(
      ["content/a.md": "---\nhtml: \(ofArticle)\n---\n# A\n\nx <b>y</b>\n"],
      configuration: "markdown: {html: \(ofSite)}\n")
    #expect(try body(pages["a/index.html"]).contains("<b>y</b>") == passes)
    #expect(
      site.diagnostics.contains { $0.id == "front-matter.looser-html" && $0.range == 10..<14 }
        == (ofSite == "escape"))
  }

  /// A browser sees the quotation mark; the template library did not.
  @Test(arguments: ["\u{301}", "\u{200D}", "\u{FE0F}", "\u{1F3FD}"])
  func aMarkAfterAQuotationMarkHidesItFromNoTemplate(_ mark: String) async throws {
    let (pages, _) = try await build([
      "content/a.md":
        "---\ntitle: A\ndescription: '0;url=//e.example\"\(mark) http-equiv=refresh x=\"'\n---\nx\n"
    ])
    let page = try #require(pages["a/index.html"])
    #expect(page.contains("//e.example&quot;\(mark) http-equiv"))
  }

  @Test func filesThatABrowserRunsAreLeftOutAndReported() async throws {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\">"
    let (pages, site) = try await build([
      "content/index.md": "# A\n\n![a](plain.svg)\n", "content/page.html": "<script>1</script>",
      "content/page.html.gz": "x", "content/run.js": "alert(1)", "content/odd.thing": " <b>x</b>",
      "content/plain.svg": svg + "<path d=\"M0 0\"/></svg>", "content/CNAME": "example.org",
      "content/active.svg": svg + "<script>alert(1)</script></svg>", "content/a.csv": "<b>,1",
    ])
    #expect(!site.hasErrors)
    let left = ["active.svg", "odd.thing", "page.html", "page.html.gz", "run.js"]
    for name in left { #expect(pages[name] == nil, "\(name)") }
    for name in ["plain.svg", "CNAME", "a.csv"] { #expect(pages[name] != nil, "\(name)") }
    #expect(site.diagnostics.map(\.path) == left.map { "content/" + $0 })
    let picture = try #require(site.diagnostics.first { $0.id == "site.active-picture" })
    #expect(picture.range == svg.utf8.count..<svg.utf8.count + 7)
  }

  @Test(arguments: [
    ("javascript:alert(1)", "pass"), ("JAVASCRIPT:x", "escape"), ("data:text/html,x", "pass"),
    ("steam://run", "escape"), (" vbscript:x", "escape"),
  ])
  func navigationLeadsToNoScript(_ link: String, _ html: String) async throws {
    let (pages, site) = try await build(
      ["content/index.md": "# A\n"],
      configuration:
        "markdown: {html: \(html)}\nnavigation:\n  - {title: x, link: \"\(link)\"}\n")
    #expect(site.diagnostics.map(\.id) == ["link.refused"])
    #expect(!(pages["index.html"] ?? "").contains(link))
  }

  @Test func templatesPutAuthorsTextInAsText() async throws {
    let template =
      "{{<base}}{{$main}}<a href='{{extra.at}}'>x</a><img src='{{extra.cover}}'>{{/main}}{{/base}}"
    let configuration = "markdown: {html: escape}\nfront_matter: [at, cover]\n"
    let article = "---\nat: javascript:alert(1)\ncover: //e.example/i.png\n---\n# A\n"
    let (pages, site) = try await build(
      ["content/a.md": article, "templates/article.html": template], configuration: configuration)
    let page = try #require(pages["a/index.html"])
    #expect(!page.contains("javascript:") && !page.contains("e.example"))
    #expect(
      site.diagnostics.map(\.id) == ["link.refused-value", "link.refused-value"])
    let (_, refused) = try await build(
      ["content/a.md": article, "templates/article.html": "{{{extra.at}}}"],
      configuration: configuration)
    #expect(refused.diagnostics.map(\.id).contains("template.raw-text") && refused.hasErrors)
  }

  @Test func pagesAskTheBrowserToRunNothingElse() async throws {
    let files = ["content/index.md": "---\naliases: [/old/]\n---\n# A\n"]
    for (path, page) in try await build(files).pages where path.hasSuffix(".html") {
      #expect(page.contains("http-equiv=\"Content-Security-Policy\""), "\(path)")
    }
    for (path, page) in try await build(files, configuration: "title: x\n").pages
    where path.hasSuffix(".html") {
      #expect(!page.contains("Content-Security-Policy"), "\(path)")
    }
  }
}

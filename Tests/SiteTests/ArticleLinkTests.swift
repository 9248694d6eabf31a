import Diagnostics
import Testing

@testable import Site

/// Addresses in articles: what is written for them, and where broken ones are reported.
@Suite struct ArticleLinkTests {
  private func build(
    _ article: String, _ files: [String: String] = [:]
  ) async throws -> (page: String, broken: [String]) {
    var all = ["content/a.md": article, "content/b.md": "# B\n", "content/p.png": "no picture"]
    all.merge(files) { $1 }
    let sources = SourceTree(all.mapValues { Array($0.utf8) })
    let site = await Site.build(sources, BuildSettings())
    let page = try #require(try bytes(of: site, from: sources)["a/index.html"])
    let file = SourceFile(path: "content/a.md", text: article)
    let broken = site.diagnostics.map {
      "\($0.id.rawValue) " + ($0.range.map(file.text) ?? "nowhere")
    }
    return (String(decoding: page, as: UTF8.self), broken)
  }

  @Test func everyWayToWriteAnAddressLeadsToThePage() async throws {
    let (page, broken) = try await build(
      """
      # A [b](b.md)

      [b](b.md) <a href="b.md#b">b</a> <a href='/b'>b</a> *b*{: href="b.md?x=1&y"}

      <div markdown="1"><a href=b.md>b</a></div>

      <img src="p.png" srcset="p.png 1x, p.png 2x"> ![p](p.png)
      """)
    #expect(broken == [])
    for written in [
      "<h1 id=\"a-b\">A <a href=\"../b/index.html\">b</a></h1>",
      "<p><a href=\"../b/index.html\">b</a> <a href=\"../b/index.html#b\">b</a>",
      "<a href='../b/index.html'>b</a> <em href=\"../b/index.html?x=1&amp;y\">b</em>",
      "<a href=../b/index.html>b</a>", "<img src=\"../p.png\" srcset=\"../p.png 1x, ../p.png 2x\">",
      "<img src=\"../p.png\" alt=\"p\"",
    ] {
      #expect(page.contains(written), "\(written)")
    }
  }

  @Test func eachBrokenAddressIsReportedWhereItIs() async throws {
    let (page, broken) = try await build(
      """
      # A [1](gone.md)

      [2](gone.md) <a href="gone.md">3</a> <img src="gone.png"> <a href="b.md#no">4</a>

      > <div><a
      > href='gone.md'>5</a></div>
      """)
    #expect(
      broken == [
        "link.broken [1](gone.md)", "link.broken [2](gone.md)", "link.broken gone.md",
        "link.missing-image gone.png", "link.unknown-anchor b.md#no", "link.broken gone.md",
      ])
    #expect(page.ranges(of: "gone.md").count == 4)
  }

  @Test func aCaptionHasTheAddressesOfItsPage() async throws {
    let (page, broken) = try await build(
      """
      # A

      ```nn one
      plot: tanh
      caption: "*Of* [b](b.md) and [c](gone.md) <a href='b.md'>b</a>"
      ```
      """)
    #expect(broken == ["link.broken gone.md"])
    #expect(page.contains("<em>Of</em> <a href=\"../b/index.html\">b</a> and <a href=\"gone.md\">"))
    #expect(page.contains("<a href='../b/index.html'>b</a>"))
    #expect(page.contains("<a href=\"../data/a/one.csv\" download=\"\">"))
  }

  /// No address that an author can write is an internal name for another.
  @Test func anAddressOfAnOwnSchemeStaysAsWritten() async throws {
    let (page, broken) = try await build(
      "# A\n\n[b](b.md) [x](sitegen:0) <a href=\"sitegen:0\">y</a> <a href=\"sitegen:/b\">z</a>\n")
    #expect(broken == [])
    #expect(page.contains("<a href=\"sitegen:0\">x</a> <a href=\"sitegen:0\">y</a>"))
    #expect(page.contains("<a href=\"sitegen:/b\">z</a>"))
  }

  @Test func aListShowsTitlesWithoutLinksAndNotes() async throws {
    let sources = SourceTree(
      ["content/a.md": "# A [b](b.md) *c*[^1]\n\n[^1]: Note.\n"].mapValues { Array($0.utf8) })
    let site = await Site.build(sources, BuildSettings())
    let list = try #require(try bytes(of: site, from: sources)["index.html"])
    #expect(String(decoding: list, as: UTF8.self).contains(">A b <em>c</em></a>"))
  }
}

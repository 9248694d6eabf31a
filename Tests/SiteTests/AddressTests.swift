import Testing

@testable import Site

@Suite struct PermalinkTests {
  private func path(_ pattern: PermalinkPattern, _ path: String, date: String? = nil) -> String {
    let slug = path.split(separator: "/").last.map(String.init) ?? path
    return pattern.outputPath(
      .init(
        path: path, slug: slug, categories: ["Deep Learning"], date: date.flatMap(ArticleDate.init))
    )
  }

  @Test func thePathOfAPageFollowsItsSource() {
    #expect(path(.pretty, "index") == "index.html")
    #expect(path(.pretty, "guide/index") == "guide/index.html")
    #expect(path(.pretty, "guide/first") == "guide/first/index.html")
    #expect(path(.pretty, "404") == "404.html")
  }

  @Test func jekyllsPatternsAreExpanded() {
    let date = PermalinkPattern.pattern(PermalinkPattern.styles["date"]!)
    #expect(path(date, "relu", date: "2016-01-02") == "deep-learning/2016/01/02/relu.html")
    let pretty = PermalinkPattern.pattern("/:year/:y_day/:i_month/:title/")
    #expect(path(pretty, "relu", date: "2016-03-02") == "2016/062/3/relu/index.html")
    #expect(path(.pattern("/about"), "x") == "about/index.html")
    #expect(path(.pattern("/about.html"), "x") == "about.html")
    #expect(path(.pattern("/"), "x") == "index.html")
  }

  @Test func aPatternThatAsksForADateFallsBackWithoutOne() {
    #expect(path(.pattern("/:year/:title/"), "notes/relu") == "notes/relu/index.html")
  }

  @Test func noAddressLeavesTheSite() {
    #expect(PermalinkPattern.outputPath(ofURL: "/../../etc/passwd") == "etc/passwd/index.html")
    #expect(PermalinkPattern.outputPath(ofURL: "/a/./b/") == "a/b/index.html")
  }

  @Test(arguments: [
    ("Deep Learning", "deep-learning"), ("C++", "cplusplus"), ("C#", "csharp"), ("C", "c"),
    ("深度 学习", "深度-学习"), ("  a  --  b ", "a-b"), ("!?", "untitled"), ("R²", "r²"),
  ])
  func slugs(_ name: String, _ slug: String) { #expect(slugified(name) == slug) }
}

@Suite struct RelativeURLTests {
  @Test(arguments: [
    ("index.html", "index.html", "index.html"),
    ("a/index.html", "index.html", "a/index.html"),
    ("index.html", "a/b/index.html", "../../index.html"),
    ("a/c/index.html", "a/b/index.html", "../c/index.html"),
    ("a/b.css", "a/b/index.html", "../b.css"),
    ("图/一 二.png", "index.html", "%E5%9B%BE/%E4%B8%80%20%E4%BA%8C.png"),
    ("a:b.html", "index.html", "./a:b.html"),
  ])
  func linksWorkOnDisk(_ path: String, _ page: String, _ link: String) {
    #expect(RelativeURL.link(to: path, from: page) == link)
    #expect(
      RelativeURL.resolve(
        RelativeURL.percentDecoded(link),
        against: page.split(separator: "/").dropLast().joined(separator: "/")) == path)
  }

  @Test func aPlaceOnTheSamePageIsAFragment() {
    #expect(RelativeURL.link(to: "a.html", from: "a.html", fragment: "节") == "#%E8%8A%82")
  }

  @Test func nothingResolvesOutOfTheRoot() {
    #expect(RelativeURL.resolve("../../x", against: "a") == nil)
    #expect(RelativeURL.resolve("/x", against: "a/b") == "x")
    #expect(RelativeURL.resolve(".././b//c/", against: "a") == "b/c")
  }

  @Test(arguments: ["https://x.org/", "//x.org", "mailto:a@b", "data:text/plain,x", "tel:1"])
  func whatLeadsOutOfTheSiteIsNoneOfItsAddresses(_ text: String) {
    #expect(RelativeReference(text) == nil)
  }

  @Test func addressesAreTakenApart() throws {
    let address = try #require(RelativeReference("../a%20b.md?x=1#%E8%8A%82"))
    #expect(address.path == "../a b.md")
    #expect(address.query == "?x=1")
    #expect(address.fragment == "节")
    #expect(try #require(RelativeReference("./a:b")).path == "./a:b")
  }
}

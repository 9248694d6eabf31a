import Markup

/// The newest articles as an Atom feed (RFC 4287). Its dates are the articles' own, so it needs no
/// clock; an article without a date is left out.
enum Feed {
  static let path = "feed.xml"
  private static let limit = 20

  /// - Returns: `nil` where the site has no address or no article has a date.
  static func atom(
    _ plan: SitePlan, _ rendered: [RenderedArticle], _ configuration: Configuration
  ) -> [UInt8]? {
    guard let base = configuration.baseURL else { return nil }
    let dated = plan.articles.indices.filter {
      plan.articles[$0].date != nil && plan.articles[$0].frontMatter.isListed
    }
    let newest = dated.sorted {
      let (a, b) = (plan.articles[$0].date!, plan.articles[$1].date!)
      return a != b ? a > b : $0 < $1
    }.prefix(limit)
    guard !newest.isEmpty else { return nil }
    let changed = newest.map { Self.changed(plan.articles[$0]) }.max()!
    var xml = MarkupWriter()
    xml.raw("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n")
    xml.open(
      "feed", ["xmlns": "http://www.w3.org/2005/Atom", "xml:lang": configuration.language])
    xml.raw("\n")
    xml.line("title", configuration.title.isEmpty ? base : configuration.title)
    if !configuration.description.isEmpty { xml.line("subtitle", configuration.description) }
    xml.empty("link", ["href": base])
    xml.empty("link", ["rel": "self", "href": base + path])
    xml.raw("\n")
    xml.line("id", base)
    xml.line("updated", changed.rfc3339)
    xml.author(configuration.author)
    for index in newest {
      entry(plan.articles[index], rendered[index], base, configuration, to: &xml)
    }
    xml.close("feed")
    xml.raw("\n")
    return xml.bytes.replacingControlCharacters()
  }

  private static func changed(_ article: Article) -> ArticleDate {
    max(article.frontMatter.updated ?? article.date!, article.date!)
  }

  private static func entry(
    _ article: Article, _ rendered: RenderedArticle, _ base: String,
    _ configuration: Configuration, to xml: inout MarkupWriter
  ) {
    let url = base + SiteMap.address(article.outputPath)
    xml.open("entry")
    xml.raw("\n")
    xml.line("title", article.title)
    xml.empty("link", ["href": url])
    xml.raw("\n")
    xml.line("id", url)
    xml.line("published", article.date!.rfc3339)
    xml.line("updated", changed(article).rfc3339)
    if let author = article.frontMatter.author { xml.author(.init(name: author)) }
    for name in article.frontMatter.categories + article.frontMatter.tags {
      xml.empty("category", ["term": name])
    }
    let summary = article.frontMatter.description ?? rendered.summary
    if !summary.isEmpty { xml.line("summary", summary) }
    xml.close("entry")
    xml.raw("\n")
  }
}

extension MarkupWriter {
  fileprivate mutating func line(_ name: String, _ text: String) {
    element(name, text: text)
    raw("\n")
  }

  fileprivate mutating func author(_ author: Configuration.Author?) {
    guard let author, !author.name.isEmpty else { return }
    open("author")
    element("name", text: author.name)
    if let email = author.email { element("email", text: email) }
    if let url = author.url { element("uri", text: url) }
    close("author")
    raw("\n")
  }
}

import Markup

/// The site's pages for search engines.
enum SiteMap {
  static let path = "sitemap.xml"

  /// - Returns: `nil` where the site has no address.
  static func xml(_ plan: SitePlan, _ configuration: Configuration) -> [UInt8]? {
    guard let base = configuration.baseURL else { return nil }
    var xml = MarkupWriter()
    xml.raw("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n")
    xml.open("urlset", ["xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"])
    xml.raw("\n")
    for page in plan.pages.sorted(by: { $0.path < $1.path }) {
      var date: ArticleDate?
      switch page.kind {
      case .notFound, .redirect, .search: continue
      case .article(let index):
        let article = plan.articles[index]
        guard article.frontMatter.isListed else { continue }
        date = article.frontMatter.updated ?? article.date
      default: break
      }
      xml.open("url")
      xml.element("loc", text: base + address(page.path))
      if let date { xml.element("lastmod", text: date.isoDay) }
      xml.close("url")
      xml.raw("\n")
    }
    xml.close("urlset")
    xml.raw("\n")
    return xml.bytes.replacingControlCharacters()
  }

  /// A page's address relative to the site's, without a trailing `index.html`.
  static func address(_ path: String) -> String {
    let isIndex = path == "index.html" || path.hasSuffix("/index.html")
    return PercentEncoding.encoded(isIndex ? String(path.dropLast(10)) : path)
  }
}

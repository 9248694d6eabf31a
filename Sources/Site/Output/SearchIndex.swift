import Markup
import JSON
import Markdown

/// The index of the search page: titles, headings, tags and summaries of all articles.
///
/// It is a script rather than JSON because a page opened from disk may load no other kind of file.
enum SearchIndex {
  static let path = "assets/search-index.js"

  static func script(_ plan: SitePlan, _ rendered: [RenderedArticle]) -> [UInt8] {
    var script = Array("window.sitegenPages = [".utf8)
    var isFirst = true
    for (index, article) in plan.articles.enumerated() where article.frontMatter.isListed {
      script += (isFirst ? "\n" : ",\n").utf8
      isFirst = false
      let front = article.frontMatter
      let headings = article.document.headings.map(\.text)
      let fields = [
        PercentEncoding.encoded(article.outputPath), article.title,
        (front.categories + front.tags).joined(separator: " "), headings.joined(separator: " · "),
        front.description ?? rendered[index].summary, article.date?.isoDay ?? "",
      ]
      script += JSON.strings(fields).scriptBytes
    }
    script += "\n];\n".utf8
    return script
  }
}

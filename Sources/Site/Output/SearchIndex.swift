import Markdown
import Markup

/// The index of the search page: titles, headings, tags and summaries of all articles.
///
/// It is a script rather than JSON because a page opened from disk may load no other kind of file.
enum SearchIndex {
  static let path = "assets/search-index.js"

  static func script(_ plan: SitePlan, _ rendered: [RenderedArticle]) -> [UInt8] {
    var script = MarkupWriter()
    script.raw("window.sitegenPages = [")
    var isFirst = true
    for (index, article) in plan.articles.enumerated() where article.frontMatter.isListed {
      script.raw(isFirst ? "\n" : ",\n")
      isFirst = false
      let front = article.frontMatter
      let headings = article.document.headings.map(\.text)
      let fields = [
        RelativeURL.percentEncoded(article.outputPath), article.title,
        (front.categories + front.tags).joined(separator: " "), headings.joined(separator: " · "),
        front.description ?? rendered[index].summary, article.date?.isoDay ?? "",
      ]
      script.raw("[" + fields.map(quoted).joined(separator: ",") + "]")
    }
    script.raw("\n];\n")
    return script.bytes
  }

  /// A text as a JavaScript string that is also safe within a page.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "<": result += "\\u003c"
      case "\u{2028}": result += "\\u2028"
      case "\u{2029}": result += "\\u2029"
      case _ where scalar.value < 32: result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

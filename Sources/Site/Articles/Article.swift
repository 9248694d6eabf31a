import Diagnostics
import Markdown

/// An article parsed from its file; its links are not resolved yet.
struct Article: Sendable {
  let frontMatter: FrontMatter
  let document: Document
  /// The page's name in inline values and result files: the path below the content folder, without
  /// its extension.
  let name: String
  /// The path of the page in the site.
  let outputPath: String
  let title: String
  let date: ArticleDate?
  let isDraft: Bool
  /// The language from the front matter, otherwise guessed from the script of the text; `nil` for
  /// the site's.
  let language: String?
  /// The folders between the content folder and the file: `["guide"]`.
  let folders: [String]

  var file: SourceFile { document.file }

  /// Whether the article is a folder's `index.md`.
  var isIndex: Bool { name == "index" || name.hasSuffix("/index") }
}

extension Article {
  /// Reads a file.
  ///
  /// - Parameter contentPath: The file's path below the content folder.
  static func read(
    _ file: SourceFile, contentPath: String, _ configuration: Configuration,
    diagnostics: inout [Diagnostic]
  ) -> Article {
    var front = FrontMatter()
    var bodyStart = 0
    if let place = FrontMatter.find(in: file, diagnostics: &diagnostics) {
      bodyStart = place.bodyStart
      front = FrontMatter(
        reading: place.yaml, of: file, extraKeys: configuration.extraKeys,
        diagnostics: &diagnostics)
    }
    if let asked = front.html, asked.policy == .pass, configuration.dialect.html == .escape {
      diagnostics.append(.loosenedHTML(at: asked.range, in: file))
    }
    let document = Document(
      parsing: file, from: bodyStart, options: configuration.markdownOptions(for: front))
    diagnostics += document.diagnostics

    let name = String(contentPath[..<(contentPath.lastIndex(of: ".") ?? contentPath.endIndex)])
    let parts = name.split(separator: "/").map(String.init)
    let (fileDate, slug) = datePrefix(of: parts.last ?? name)
    let date = front.date ?? fileDate
    let publicParts = parts.filter { $0 != "_posts" && $0 != "_drafts" }
    let pattern = front.permalink ?? (slug == "index" ? .pretty : configuration.permalink)
    let outputPath = pattern.outputPath(
      .init(
        path: publicParts.joined(separator: "/"), slug: slug, categories: front.categories,
        date: date))
    return Article(
      frontMatter: front, document: document, name: name, outputPath: outputPath,
      title: front.title ?? document.title ?? humanized(slug), date: date,
      isDraft: front.isDraft || parts.contains("_drafts"),
      language: front.language ?? WrittenLanguage.guess(file.bytes[bodyStart...]),
      folders: Array(publicParts.dropLast()))
  }

  /// The date at the start of a file name, as in Jekyll's posts, and the rest of the name.
  private static func datePrefix(of name: String) -> (ArticleDate?, slug: String) {
    guard name.utf8.count > 11, name.dropFirst(10).hasPrefix("-"),
      let date = ArticleDate(String(name.prefix(10)))
    else { return (nil, name) }
    return (date, String(name.dropFirst(11)))
  }
}

/// A file's or folder's name as a title: `deep-learning_2` → `Deep learning 2`.
func humanized(_ name: String) -> String {
  let words = name.replacing("-", with: " ").replacing("_", with: " ")
  return words.prefix(1).uppercased() + words.dropFirst()
}

extension Configuration {
  /// The options of an article and of everything in it: the only place where a site's Markdown gets
  /// its options.
  fileprivate func markdownOptions(for front: FrontMatter) -> MarkdownOptions {
    var options = MarkdownOptions(html: dialect.html.tightened(by: front.html?.policy))
    options.singleDollarMath = mathematics.allowsSingleDollar
    options.smartPunctuation = dialect.smartPunctuation
    options.headingIDs = dialect.addsKramdownIDs ? .readableAndKramdown : .readable
    options.tocLevels = dialect.contentsLevels
    return options
  }
}

extension Diagnostic {
  fileprivate static func loosenedHTML(at range: Range<Int>, in file: SourceFile) -> Diagnostic {
    Diagnostic(
      "front-matter.looser-html", .warning, path: file.path, range: range,
      message: "the site escapes HTML, which an article cannot undo",
      hint: "leave `html` out, or write `html: pass` below `markdown` in sitegen.yml")
  }
}

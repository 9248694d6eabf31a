import Diagnostics
import Markdown

/// The front matter of an article: the YAML between the two `---` lines at its start.
struct FrontMatter: Sendable {
  var title: String?
  var date: ArticleDate?
  var updated: ArticleDate?
  var categories: [String] = []
  var tags: [String] = []
  /// The template's name, and where it is written.
  var layout: (name: String, range: Range<Int>)?
  var permalink: PermalinkPattern?
  var isDraft = false
  var description: String?
  var author: String?
  var language: String?
  /// The article's own HTML policy, and where it is written; a site that escapes ignores `pass`.
  var html: (policy: MarkdownOptions.HTMLPolicy, range: Range<Int>)?
  /// Whether the page has a table of contents beside the text.
  var hasContents = true
  /// Whether lists, feeds and the search include the page.
  var isListed = true
  /// The position among its neighbors, for pages without a date.
  var weight = 0
  /// Old addresses that lead to this page.
  var aliases: [(path: String, range: Range<Int>)] = []
  /// The keys that the configuration names in `front_matter`.
  var extra: [String: String] = [:]

  static let keys = [
    "title", "date", "updated", "category", "categories", "tags", "layout", "permalink", "draft",
    "description", "author", "language", "html", "toc", "listed", "weight", "aliases",
  ]

  /// Keys of Jekyll and its plug-ins that have no effect here.
  private static let ignoredKeys: Set<String> = [
    "comments", "mathjax", "math", "katex", "image", "header", "theme", "sitemap", "cover", "share",
    "sharing", "pin", "math_engine", "keywords", "nav_order", "catalog", "header-img", "subtitle",
    "stickie", "top", "footer", "status", "type", "meta", "thumbnail", "feature", "hidden",
  ]
}

extension FrontMatter {
  /// The text of a front matter, and where the article starts.
  struct Place {
    var yaml: ExtractedText
    /// The UTF-8 offset at which the article itself starts.
    var bodyStart: Int
  }

  /// Finds the front matter at a file's head: a line `---`, lines of YAML, a line `---` or `...`.
  ///
  /// - Returns: `nil` where there is none. A file that starts with `---` and never closes it has no
  ///   front matter; if the next line is a key, that is reported.
  static func find(in file: SourceFile, diagnostics: inout [Diagnostic]) -> Place? {
    let start = file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    func content(_ line: Int) -> ArraySlice<UInt8> {
      var range = file.lineRange(line)
      range = max(range.lowerBound, line == 1 ? start : 0)..<range.upperBound
      var bytes = file.bytes[range]
      while bytes.last == UInt8(ascii: " ") || bytes.last == UInt8(ascii: "\t") {
        bytes.removeLast()
      }
      return bytes
    }
    guard content(1).elementsEqual("---".utf8), file.lineCount > 1 else { return nil }
    for line in 2...file.lineCount {
      let bytes = content(line)
      guard bytes.elementsEqual("---".utf8) || bytes.elementsEqual("...".utf8) else { continue }
      let yaml = file.offset(ofLine: 2)..<file.offset(ofLine: line)
      return Place(
        yaml: ExtractedText(yaml, of: file), bodyStart: file.offset(ofLine: line + 1))
    }
    let second = content(2)
    let word = second.prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: " ") }
    if !word.isEmpty, word.count < second.count, second[word.endIndex] == UInt8(ascii: ":") {
      diagnostics.append(.unclosedFrontMatter(in: file, at: file.lineRange(1)))
    }
    return nil
  }

  /// Reads front matter, including Jekyll's. Every mistake is reported; an invalid value keeps its
  /// default.
  init(
    reading text: ExtractedText, of file: SourceFile, extraKeys: [String],
    diagnostics: inout [Diagnostic]
  ) {
    self.init()
    var yaml = YAMLReader(text, of: file, idPrefix: "front-matter")
    for entry in yaml.root() { read(entry, extraKeys, &yaml) }
    diagnostics += yaml.diagnostics
  }

  private mutating func read(
    _ entry: YAMLReader.Entry, _ extraKeys: [String], _ yaml: inout YAMLReader
  ) {
    let key = entry.key
    let value = entry.value
    switch key {
    case "title": title = yaml.optionalText(value, for: key)
    case "description", "excerpt", "summary": description = yaml.optionalText(value, for: key)
    case "date": date = yaml.date(value, for: key)
    case "updated", "last_modified_at", "last_modified", "modified":
      updated = yaml.date(value, for: key)
    case "category":
      categories += yaml.texts(value, for: key, splitting: false)?.map { $0.0 } ?? []
    case "categories":
      categories += yaml.texts(value, for: key, splitting: true)?.map { $0.0 } ?? []
    case "tags", "tag":
      tags += yaml.texts(value, for: key, splitting: true)?.map { $0.0 } ?? []
    case "layout": layout = yaml.optionalText(value, for: key).map { ($0, value.range) }
    case "permalink": permalink = yaml.permalink(value)
    case "draft": isDraft = yaml.flag(value, for: key) ?? isDraft
    case "published": isDraft = !(yaml.flag(value, for: key) ?? !isDraft)
    case "author": author = yaml.isScalar(value) ? yaml.optionalText(value, for: key) : nil
    case "language", "lang": language = yaml.language(value, for: key)
    case "html":
      let policy: MarkdownOptions.HTMLPolicy? = yaml.choice(value, for: key)
      html = (policy ?? .escape, value.range)
    case "toc": hasContents = yaml.flag(value, for: key) ?? hasContents
    case "listed": isListed = yaml.flag(value, for: key) ?? isListed
    case "weight": weight = yaml.integer(value, for: key, in: -1_000_000...1_000_000) ?? weight
    case "aliases", "redirect_from":
      aliases += (yaml.texts(value, for: key, splitting: false) ?? []).map {
        (path: $0.0, range: $0.1)
      }
    case _ where extraKeys.contains(key): extra[key] = yaml.text(value, for: key)
    case _ where Self.ignoredKeys.contains(key): break
    default: yaml.unknownKey(entry, among: Self.keys + extraKeys, severity: .warning)
    }
  }
}

extension YAMLReader {
  fileprivate mutating func date(_ value: Value, for key: String) -> ArticleDate? {
    guard let text = optionalText(value, for: key) else { return nil }
    if let date = ArticleDate(text) { return date }
    return wrongType(value, key, "a date such as `2016-01-31` or `2016-01-31 12:30`")
  }
}

extension Diagnostic {
  fileprivate static func unclosedFrontMatter(
    in file: SourceFile, at range: Range<Int>
  ) -> Diagnostic {
    Diagnostic(
      "front-matter.unclosed", path: file.path, range: range,
      message: "the front matter is never closed", hint: "add a line `---` below its last key")
  }
}

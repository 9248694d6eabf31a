import Experiments
import Markdown

/// The settings of a site, from `sitegen.yml`.
struct Configuration: Sendable {
  struct Author: Hashable, Sendable {
    var name = ""
    var email: String?
    var url: String?
  }

  struct NavigationItem: Hashable, Sendable {
    var title: String
    /// A path of a source (`guide/index.md`), of a page (`guide/`), or an address.
    var link: String
    var linkRange: Range<Int>
  }

  struct Mathematics: Hashable, Sendable {
    /// Whether `$x$` is mathematics, by Pandoc's rule; `$$x$$` always is.
    var allowsSingleDollar = false
    var macros: [String: String] = [:]
  }

  /// The dialect of Markdown.
  struct Dialect: Hashable, Sendable {
    /// Whether headings also carry the ids that kramdown would have given them.
    var addsKramdownIDs = false
    /// Whether straight quotes and hyphens become typographic quotes and dashes.
    var smartPunctuation = false
    /// How HTML in articles is handled; an article may be stricter, not looser.
    var html = MarkdownOptions.HTMLPolicy.pass
    /// The heading levels that tables of contents list.
    var contentsLevels = 1...4
    /// Whether the headings of a page are numbered.
    var numbersHeadings = false
  }

  var title = ""
  var description = ""
  /// The address of the published site, ending in `/`; feeds and the site map need it.
  var baseURL: String?
  /// The configured language; `nil` for the language of most articles.
  var statedLanguage: String?
  var author: Author?
  /// The folder of the articles; `nil` means `content` if it exists, otherwise the root.
  var content: String?
  var permalink = PermalinkPattern.pretty
  var navigation: [NavigationItem] = []
  /// A line at the foot of each page.
  var footer = ""
  var mathematics = Mathematics()
  var highlightsCode = true
  var dialect = Dialect()
  /// Whether tags and categories get pages.
  var hasTaxonomies = true
  var hasFeed = true
  /// Whether the site has a search page.
  var hasSearch = true
  /// Further keys that a front matter may have; templates find them under `page.extra`.
  var extraKeys: [String] = []
  /// The size in bytes above which the cache removes old entries.
  var cacheLimitBytes = 512 << 20
  /// The language of the pages that are not articles.
  private(set) var language = "en"
  /// The defaults and limits of `nn` blocks.
  var experiments = ExperimentSettings()

  /// Sets the site's language once the articles are read.
  mutating func settleLanguage(_ articles: [Article]) {
    if let statedLanguage {
      language = statedLanguage
      return
    }
    let counts = Dictionary(grouping: articles.compactMap(\.language)) { $0 }.mapValues(\.count)
    let most = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
    if let most, most.value * 2 > articles.count { language = most.key }
  }
}

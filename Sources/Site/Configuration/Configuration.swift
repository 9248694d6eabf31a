import Experiments
import Markdown

/// What `sitegen.yml` says: about the site as a whole, for every page of it.
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

  /// How Markdown is read.
  struct Dialect: Hashable, Sendable {
    /// Whether headings also carry the ids that kramdown would have given them.
    var addsKramdownIDs = false
    /// Curly quotes and dashes.
    var smartPunctuation = false
    /// What becomes of HTML in articles, which these may tighten and not loosen.
    var html = MarkdownOptions.HTMLPolicy.pass
    /// The heading levels that tables of contents list.
    var contentsLevels = 1...4
    /// The number that the headings of a page start to be numbered from; `nil` numbers none.
    var numbersHeadings = false
  }

  var title = ""
  var description = ""
  /// Where the site will live, ending in `/`; feeds and the site map need it.
  var baseURL: String?
  /// `nil` is what most articles are written in.
  var statedLanguage: String?
  var author: Author?
  /// The folder of the articles; `nil` is `content` where there is one, else the root.
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
  /// The bytes that the cache may take before old entries go.
  var cacheLimitBytes = 512 << 20
  /// The language of the pages that are no article's.
  private(set) var language = "en"
  /// What `nn` blocks default to.
  var experiments = ExperimentSettings()

  /// Settles on the site's language, once the articles are read.
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

import Diagnostics
import Localization

/// The pages of a site and their paths, known before any page is rendered, so that each page can
/// link to all others.
struct SitePlan: Sendable {
  /// A list of articles under headings.
  struct Listing: Hashable, Sendable {
    struct Group: Hashable, Sendable {
      /// Empty for a group without a heading.
      var title: String
      /// The output path of the page that the title links to.
      var path: String?
      /// Indices of articles.
      var articles: [Int]
    }

    var groups: [Group]
  }

  /// A tag or a category, and the articles that carry it.
  struct Term: Hashable, Sendable {
    var name: String
    /// The name as a part of an address.
    var slug: String
    var path: String
    /// Indices of articles, in the order of lists.
    var articles: [Int]
  }

  enum Kind: Hashable, Sendable {
    case article(Int)
    /// The articles below a folder without an `index.md`.
    case folder
    case term(String)
    /// All terms of a taxonomy, by its key in the front matter.
    case taxonomy([Term])
    case search
    case notFound
    /// An old address, with the path of the page that it redirects to.
    case redirect(String)
  }

  struct Page: Hashable, Sendable {
    var path: String
    var title: String
    var kind: Kind
    var listing: Listing?
    /// The pages above it: titles and output paths, the home page first.
    var ancestors: [Ancestor] = []
  }

  struct Ancestor: Hashable, Sendable {
    var title: String
    var path: String
  }

  let articles: [Article]
  private(set) var pages: [Page] = []
  private(set) var links: LinkIndex
  private(set) var categories: [Term] = []
  private(set) var tags: [Term] = []
  /// For each article, the previous and the next article in its folder.
  private(set) var neighbors: [(previous: Int?, next: Int?)] = []
  /// The title and output path of each folder's page, keyed by folder.
  private var folderPages: [String: Ancestor] = [:]
  /// The index of the first page at each output path.
  private var pageAt: [String: Int] = [:]
  /// The listed articles below each folder.
  private var articlesBelow: [String: [Int]] = [:]
  /// The output paths of terms, by taxonomy key and slug.
  private var termPaths: [String: [String: String]] = [:]

  /// - Parameter articles: The articles to publish, in the order of their paths.
  init(
    _ articles: [Article], _ discovery: Discovery, _ configuration: Configuration, words: Words,
    diagnostics: inout [Diagnostic]
  ) {
    self.articles = articles
    links = LinkIndex(discovery)
    for article in articles {
      let contentPath = discovery.contentPath(article.file.path)
      links.addArticle(contentPath: contentPath, outputPath: article.outputPath)
    }
    neighbors = Self.neighbors(of: articles)
    for (index, article) in articles.enumerated()
    where !article.isIndex && article.frontMatter.isListed {
      for folder in Self.foldersAbove(article) { articlesBelow[folder, default: []].append(index) }
    }
    planFolders(configuration, words)
    planArticles(words)
    if configuration.hasTaxonomies { planTaxonomies(words) }
    if configuration.hasSearch {
      add(Page(path: "search/index.html", title: words(.search), kind: .search))
    }
    if pageAt["404.html"] == nil {
      add(Page(path: "404.html", title: words(.notFound), kind: .notFound))
    }
    planRedirects(&diagnostics)
    for page in pages { links.addOutput(page.path) }
  }

  private mutating func add(_ page: Page) {
    // An article wins over a generated page; two articles at one path are reported when they are
    // added to the output.
    if case .article = page.kind {
    } else if pageAt[page.path] != nil {
      return
    }
    var page = page
    if page.path != "index.html", page.ancestors.isEmpty, let home = folderPages[""] {
      page.ancestors = [home]
    }
    pageAt[page.path] = pageAt[page.path] ?? pages.count
    pages.append(page)
  }

  // MARK: Folders and articles

  private mutating func planFolders(_ configuration: Configuration, _ words: Words) {
    var folders: Set<String> = [""]
    for article in articles { folders.formUnion(Self.foldersAbove(article)) }
    var indices: [String: Article] = [:]
    for article in articles where article.isIndex {
      indices[article.folders.joined(separator: "/")] = article
    }
    let ordered = folders.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let taken = Set(articles.map(\.outputPath))
    for folder in ordered {
      if let index = indices[folder] {
        folderPages[folder] = Ancestor(
          title: folder.isEmpty ? words(.home) : index.title, path: index.outputPath)
        continue
      }
      let path = folder.isEmpty ? "index.html" : folder + "/index.html"
      let name = folder.split(separator: "/").last.map(String.init) ?? ""
      if taken.contains(path) { continue }
      folderPages[folder] = Ancestor(
        title: folder.isEmpty ? words(.home) : humanized(name), path: path)
    }
    for folder in ordered where indices[folder] == nil {
      guard let ancestor = folderPages[folder] else { continue }
      let homeTitle = configuration.title.isEmpty ? words(.allArticles) : configuration.title
      add(
        Page(
          path: ancestor.path, title: folder.isEmpty ? homeTitle : ancestor.title, kind: .folder,
          listing: listing(below: folder, words),
          ancestors: ancestors(of: folder.split(separator: "/").dropLast().map(String.init))))
    }
  }

  private mutating func planArticles(_ words: Words) {
    for (index, article) in articles.enumerated() {
      let folders = article.isIndex ? Array(article.folders.dropLast()) : article.folders
      let wantsList = ["list", "home"].contains(article.frontMatter.layout?.name)
      var ancestors = ancestors(of: folders)
      if article.isIndex, article.folders.isEmpty { ancestors = [] }
      add(
        Page(
          path: article.outputPath, title: article.title, kind: .article(index),
          listing: wantsList ? listing(below: article.folders.joined(separator: "/"), words) : nil,
          ancestors: ancestors))
    }
  }

  /// The folders above an article, starting with the content folder (`""`).
  private static func foldersAbove(_ article: Article) -> [String] {
    var path = ""
    return [""]
      + article.folders.map { folder in
        path += path.isEmpty ? folder : "/" + folder
        return path
      }
  }

  /// The pages of the folders above a page, the home page first.
  private func ancestors(of folders: [String]) -> [Ancestor] {
    (0...folders.count).compactMap { folderPages[folders.prefix($0).joined(separator: "/")] }
  }

  /// The articles below a folder, grouped by year if any has a date, otherwise by subfolder.
  private func listing(below folder: String, _ words: Words) -> Listing {
    let prefix = folder.isEmpty ? [] : folder.split(separator: "/").map(String.init)
    let found = articlesBelow[folder] ?? []
    if found.contains(where: { articles[$0].date != nil }) { return byYear(found, words) }
    var groups: [Listing.Group] = []
    var places: [String: Int] = [:]
    for index in found.sorted(by: isListedBefore) {
      let below = Array(articles[index].folders.dropFirst(prefix.count))
      let key = prefix + below.prefix(1)
      let page = below.isEmpty ? nil : folderPages[key.joined(separator: "/")]
      let title = page?.title ?? ""
      if let place = places[title] {
        groups[place].articles.append(index)
      } else {
        places[title] = groups.count
        groups.append(.init(title: title, path: page?.path, articles: [index]))
      }
    }
    return Listing(groups: groups.sorted { $0.title.isEmpty && !$1.title.isEmpty })
  }

  private func byYear(_ found: [Int], _ words: Words) -> Listing {
    var groups: [Listing.Group] = []
    for index in found.sorted(by: isListedBefore) {
      let title = articles[index].date.map { padded($0.year, 4) } ?? words(.undated)
      if groups.last?.title == title {
        groups[groups.count - 1].articles.append(index)
      } else {
        groups.append(.init(title: title, path: nil, articles: [index]))
      }
    }
    return Listing(groups: groups)
  }

  /// The order of lists: newest first, then articles without a date by weight and path.
  private func isListedBefore(_ a: Int, _ b: Int) -> Bool {
    let (first, second) = (articles[a], articles[b])
    switch (first.date, second.date) {
    case (let x?, let y?) where x != y: return x > y
    case (_?, nil): return true
    case (nil, _?): return false
    default:
      if first.frontMatter.weight != second.frontMatter.weight {
        return first.frontMatter.weight < second.frontMatter.weight
      }
      return a < b
    }
  }

  private static func neighbors(of articles: [Article]) -> [(previous: Int?, next: Int?)] {
    var result: [(previous: Int?, next: Int?)] = Array(
      repeating: (nil, nil), count: articles.count)
    let candidates = articles.indices.filter {
      !articles[$0].isIndex && articles[$0].frontMatter.isListed
    }
    for (_, group) in Dictionary(grouping: candidates, by: { articles[$0].folders }) {
      let ordered = group.sorted { a, b in
        switch (articles[a].date, articles[b].date) {
        case (let x?, let y?) where x != y: return x < y
        case (_?, nil): return false
        case (nil, _?): return true
        default:
          let (x, y) = (articles[a].frontMatter.weight, articles[b].frontMatter.weight)
          return x != y ? x < y : a < b
        }
      }
      for (before, after) in zip(ordered, ordered.dropFirst()) {
        result[before].next = after
        result[after].previous = before
      }
    }
    return result
  }

  // MARK: Taxonomies and old addresses

  private mutating func planTaxonomies(_ words: Words) {
    categories = terms("categories") { $0.categories }
    tags = terms("tags") { $0.tags }
    for (name, title, terms) in [
      ("categories", words(.categories), categories), ("tags", words(.tags), tags),
    ] where !terms.isEmpty {
      termPaths[name] = Dictionary(
        terms.map { ($0.slug, $0.path) }, uniquingKeysWith: { first, _ in first })
      add(Page(path: name + "/index.html", title: title, kind: .taxonomy(terms)))
      let above =
        (folderPages[""].map { [$0] } ?? []) + [
          Ancestor(title: title, path: name + "/index.html")
        ]
      for term in terms {
        add(
          Page(
            path: term.path, title: term.name, kind: .term(name),
            listing: byYear(term.articles, words), ancestors: above))
      }
    }
  }

  private func terms(_ folder: String, _ names: (FrontMatter) -> [String]) -> [Term] {
    var terms: [String: Term] = [:]
    for (index, article) in articles.enumerated() where article.frontMatter.isListed {
      for name in names(article.frontMatter) {
        let slug = slugified(name)
        let path = "\(folder)/\(slug)/index.html"
        let new = Term(name: name, slug: slug, path: path, articles: [])
        if terms[slug]?.articles.last != index { terms[slug, default: new].articles.append(index) }
      }
    }
    return terms.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map {
      var term = $0.value
      term.articles.sort(by: isListedBefore)
      return term
    }
  }

  private mutating func planRedirects(_ diagnostics: inout [Diagnostic]) {
    for article in articles {
      for alias in article.frontMatter.aliases {
        let address = RelativeURL.percentDecoded(alias.path)
        let path = PermalinkPattern.outputPath(ofURL: address)
        // `..` is reported rather than removed: removing it would give another address.
        let parts = address.split(separator: "/").lazy
        if let problem = parts.compactMap({ OutputPath.problem(withPart: $0) }).first
          ?? OutputTree.problem(with: path)
        {
          diagnostics.append(
            .badAddress("alias", problem, at: alias.range, in: article.file.path))
        } else if let other = pageAt[path] {
          diagnostics.append(.aliasTaken(alias, by: pages[other].title, in: article.file))
        } else {
          add(Page(path: path, title: article.title, kind: .redirect(article.outputPath)))
        }
      }
    }
  }

  /// The output path of a term's page, for links to it.
  func path(ofCategory name: String) -> String? { termPaths["categories"]?[slugified(name)] }
  func path(ofTag name: String) -> String? { termPaths["tags"]?[slugified(name)] }
}

extension Diagnostic {
  fileprivate static func aliasTaken(
    _ alias: (path: String, range: Range<Int>), by title: String, in file: SourceFile
  ) -> Diagnostic {
    Diagnostic(
      "site.same-address", path: file.path, range: alias.range,
      message: "there is a page at `\(alias.path)` already: \(title)",
      hint: "remove this alias or move that page")
  }
}

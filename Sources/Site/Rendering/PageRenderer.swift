import Diagnostics
import Localization
import Markdown
import Markup
import Typesetting

/// Renders articles and lists with their templates: a pure function of the plan and the rendered
/// articles.
struct PageRenderer: Sendable {
  let plan: SitePlan
  let configuration: Configuration
  let templates: TemplateLibrary
  /// The output path of KaTeX's style sheet, for pages with formulas.
  let formulaStyleSheet: String
  let stylesInline: String
  let navigation: [Navigation.Item]

  static let assets = "assets/"

  /// The content security policy of pages where HTML is escaped, as a second line of defense: only
  /// the site's own scripts run, and nothing loads from another site.
  private static let securityPolicy = """
    default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; font-src 'self'; media-src 'self'; connect-src 'self'; \
    base-uri 'none'; form-action 'self'
    """

  func render(_ page: SitePlan.Page, _ rendered: [RenderedArticle]) -> [UInt8] {
    let language = page.article.flatMap { plan.articles[$0].language } ?? configuration.language
    var context = shared(page, language)
    var template = "list"
    switch page.kind {
    case .article(let index):
      template = layout(of: plan.articles[index])
      fill(&context, with: plan.articles[index], rendered[index], index, page)
    case .folder: context["kind"] = "list"
    case .term(let taxonomy):
      context["kind"] = taxonomy
      context["is_term"] = true
    case .taxonomy(let terms):
      template = "taxonomy"
      context["kind"] = "taxonomy"
      context["terms"] = terms.map { term in
        [
          "name": term.name, "count": term.articles.count,
          "url": RelativeURL.link(to: term.path, from: page.path),
        ] as TemplateMapping
      }
    case .search:
      template = "search"
      context["kind"] = "search"
      context["search_index"] = RelativeURL.link(to: SearchIndex.path, from: page.path)
      context["search_script"] = RelativeURL.link(to: "assets/search.js", from: page.path)
    case .notFound:
      template = "not-found"
      context["kind"] = "not-found"
      // Served at addresses of any depth, where no relative address would work.
      context["inline_style"] = stylesInline
      context["home_url"] = configuration.baseURL ?? "index.html"
    case .redirect(let target):
      template = "redirect"
      context["target"] = RelativeURL.link(to: target, from: page.path)
    }
    if let listing = page.listing { fill(&context, with: listing, rendered, page) }
    return templates.render(context.values, with: template)
  }

  /// The template of an article: the one that its front matter names, if there is one.
  private func layout(of article: Article) -> String {
    let name = article.frontMatter.layout?.name ?? "article"
    return templates.contains(name) && !Self.madeForOthers.contains(name) ? name : "article"
  }

  /// Templates that articles cannot use: with `layout: list` an article gets a list below it.
  private static let madeForOthers: Set<String> = [
    "article-facts", "base", "breadcrumbs", "entries", "list", "not-found", "redirect", "search",
    "taxonomy",
  ]

  // MARK: Values of every page

  private func shared(_ page: SitePlan.Page, _ language: String) -> PageContext {
    var context = PageContext()
    var site: TemplateMapping = ["language": configuration.language]
    site["title"] = configuration.title.isEmpty ? nil : configuration.title
    site["description"] = configuration.description.isEmpty ? nil : configuration.description
    site["footer"] = configuration.footer.isEmpty ? nil : configuration.footer
    site["author"] = configuration.author?.name
    site["base_url"] = configuration.baseURL
    context["site"] = site
    if configuration.dialect.html == .escape { context["security_policy"] = Self.securityPolicy }
    context["words"] = Words(tag: language).templateContext
    context["language"] = language
    context["root"] = RelativeURL.root(from: page.path)
    context["home_url"] = RelativeURL.link(to: "index.html", from: page.path)
    context["page_title"] = page.title
    let siteTitle = configuration.title
    context["title"] =
      page.path == "index.html" || siteTitle.isEmpty || siteTitle == page.title
      ? (siteTitle.isEmpty ? page.title : siteTitle) : "\(page.title) · \(siteTitle)"
    context["title_html"] = escaped(page.title)
    if let base = configuration.baseURL {
      let address = page.path.hasSuffix("index.html") ? page.path.dropLast(10) : page.path[...]
      context["canonical"] = base + PercentEncoding.encoded(String(address))
      if configuration.hasFeed {
        context["feed_url"] = RelativeURL.link(to: Feed.path, from: page.path)
      }
    }
    if configuration.hasSearch {
      context["search_url"] = RelativeURL.link(to: "search/index.html", from: page.path)
    }
    context["navigation"] = navigation.map { item in
      navigationItem(item, page)
    }
    let style = RelativeURL.link(to: Self.assets + "style.css", from: page.path)
    context["style_sheets"] = [["url": style] as TemplateMapping]
    context["scripts"] = [TemplateMapping]()
    if !page.ancestors.isEmpty {
      context["breadcrumbs"] = page.ancestors.map { ancestor -> TemplateMapping in
        ["title": ancestor.title, "url": RelativeURL.link(to: ancestor.path, from: page.path)]
      }
    }
    return context
  }

  private func navigationItem(
    _ item: Navigation.Item, _ page: SitePlan.Page
  ) -> TemplateMapping {
    var values: TemplateMapping = ["title": item.title, "url": item.url]
    let path: String
    switch item.target {
    case .page(let output), .file(_, let output): path = output
    case nil: return values
    }
    values["url"] = RelativeURL.link(to: path, from: page.path)
    let folder = path.hasSuffix("/index.html") ? String(path.dropLast("index.html".count)) : path
    values["is_current"] =
      page.path == path || (folder.hasSuffix("/") && page.path.utf8.starts(with: folder.utf8))
    return values
  }

  // MARK: Articles

  private func fill(
    _ context: inout PageContext, with article: Article, _ rendered: RenderedArticle, _ index: Int,
    _ page: SitePlan.Page
  ) {
    let front = article.frontMatter
    context["kind"] = "article"
    context["content"] = String(decoding: rendered.html, as: UTF8.self)
    if let title = rendered.title { context["title_html"] = title.html }
    context.set("title_id", rendered.title?.id)
    context.set("description", front.description ?? rendered.summary)
    context.set("author", front.author ?? configuration.author?.name)
    if let date = article.date { context["date"] = day(date, article) }
    if let updated = front.updated { context["updated"] = day(updated, article) }
    if article.isDraft { context["is_draft"] = true }
    if !front.extra.isEmpty { context["extra"] = TemplateMapping(front.extra) }
    for (key, names, path) in [
      ("categories", front.categories, plan.path(ofCategory:)),
      ("tags", front.tags, plan.path(ofTag:)),
    ] where !names.isEmpty {
      context[key] = names.map { name -> TemplateMapping in
        var values: TemplateMapping = ["name": name]
        values["url"] = path(name).map { RelativeURL.link(to: $0, from: page.path) }
        return values
      }
    }
    fillContents(&context, article, rendered)
    fillNeighbors(&context, index, page)
    fillAssets(&context, article, rendered, page)
  }

  private func day(_ date: ArticleDate, _ article: Article?) -> TemplateMapping {
    let language = article?.language ?? configuration.language
    return ["iso": date.isoDay, "text": date.text(in: language)]
  }

  private func fillContents(
    _ context: inout PageContext, _ article: Article, _ rendered: RenderedArticle
  ) {
    let levels = configuration.dialect.contentsLevels
    let headings = zip(article.document.headings, rendered.headings)
    let items = headings.compactMap { heading, written -> ContentsList.Item? in
      guard heading.isInContents, levels.contains(heading.level), let id = heading.id,
        id != rendered.title?.id
      else { return nil }
      // A heading with formulas keeps its markup; any other is listed as plain text.
      return .init(
        level: heading.level, id: id,
        html: written.hasFormulas ? written.label : escaped(heading.text))
    }
    if configuration.dialect.numbersHeadings { context["numbers_headings"] = true }
    let isWritten = article.document.nodes.contains { $0.kind == .tableOfContents }
    if isWritten { context["has_inline_contents"] = true }
    guard article.frontMatter.hasContents, items.count > 1 else { return }
    context["has_contents"] = true
    context["contents"] = ContentsList.html(items)
  }

  private func fillNeighbors(_ context: inout PageContext, _ index: Int, _ page: SitePlan.Page) {
    let (previous, next) = plan.neighbors[index]
    guard previous != nil || next != nil else { return }
    func link(_ index: Int) -> TemplateMapping {
      let article = plan.articles[index]
      return [
        "title": article.title, "url": RelativeURL.link(to: article.outputPath, from: page.path),
      ]
    }
    var values: TemplateMapping = ["is_dated": plan.articles[index].date != nil]
    values["previous"] = previous.map(link)
    values["next"] = next.map(link)
    context["neighbors"] = values
    // The former spelling, for existing templates of sites.
    context["neighbours"] = values
  }

  private func fillAssets(
    _ context: inout PageContext, _ article: Article, _ rendered: RenderedArticle,
    _ page: SitePlan.Page
  ) {
    var sheets: [String] = []
    var scripts: [String] = []
    if rendered.hasFormulas { sheets.append(formulaStyleSheet) }
    if article.document.codeBlocks.contains(where: { $0.isFenced }) {
      sheets.append(Self.assets + "code.css")
      scripts.append(Self.assets + "code.js")
    }
    if !article.document.experiments.isEmpty {
      sheets.append(Self.assets + "figures.css")
      scripts.append(Self.assets + "figures.js")
    }
    func links(_ paths: [String]) -> [TemplateMapping] {
      paths.filter { templates.assets[$0] != nil || $0 == formulaStyleSheet }
        .map { ["url": RelativeURL.link(to: $0, from: page.path)] }
    }
    context["style_sheets"] = links([Self.assets + "style.css"] + sheets)
    context["scripts"] = links(scripts)
  }

  // MARK: Lists

  private func fill(
    _ context: inout PageContext, with listing: SitePlan.Listing, _ rendered: [RenderedArticle],
    _ page: SitePlan.Page
  ) {
    context["has_list"] = listing.groups.contains { !$0.articles.isEmpty }
    context["groups"] = listing.groups.map { group -> TemplateMapping in
      var values: TemplateMapping = [:]
      if !group.title.isEmpty { values["group_title"] = group.title }
      values["group_url"] = group.path.map { RelativeURL.link(to: $0, from: page.path) }
      values["entries"] = group.articles.map { entry($0, rendered[$0], page) }
      return values
    }
  }

  private func entry(
    _ index: Int, _ rendered: RenderedArticle, _ page: SitePlan.Page
  ) -> TemplateMapping {
    let article = plan.articles[index]
    var values: TemplateMapping = [
      "title_html": rendered.title?.label ?? escaped(article.title),
      "url": RelativeURL.link(to: article.outputPath, from: page.path),
    ]
    if let date = article.date { values["date"] = day(date, nil) }
    let description = article.frontMatter.description ?? rendered.summary
    if !description.isEmpty { values["description"] = description }
    if article.isDraft { values["is_draft"] = true }
    return values
  }
}

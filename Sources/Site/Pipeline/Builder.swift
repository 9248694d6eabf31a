import Diagnostics
import Experiments
import Localization
import Markdown
import Storage
import Typesetting

/// Builds a site: a function from its sources and settings to its files and the mistakes in the
/// sources. One build reports all mistakes that it can find.
package func build(
  _ sources: SourceTree, _ settings: BuildSettings, in environment: BuildEnvironment = .init()
) async -> SiteBuild {
  var builder = Builder(sources: sources, settings: settings, environment: environment)
  var site: SiteBuild
  do throws(FileError) {
    site = try await builder.run()
  } catch {
    site = SiteBuild()
    builder.diagnostics.append(.unreadable(error))
  }
  site.timings = builder.clock.timings
  site.wasCanceled = environment.isCancelled()
  if settings.warningsAreErrors {
    for index in builder.diagnostics.indices { builder.diagnostics[index].severity = .error }
  }
  site.diagnostics = Set(builder.diagnostics).sorted()
  return site
}

/// The steps of a build, in their order.
private struct Builder {
  let sources: SourceTree
  let settings: BuildSettings
  let environment: BuildEnvironment
  var diagnostics: [Diagnostic] = []
  var clock = StepClock()

  init(sources: SourceTree, settings: BuildSettings, environment: BuildEnvironment) {
    self.sources = sources
    self.settings = settings
    self.environment = environment
  }

  mutating func run() async throws(FileError) -> SiteBuild {
    let read = try await readSources()
    environment.progress(.init(.experiments))
    let experiments = await runExperiments(
      of: read.plan.articles, read.discovery, read.configuration)
    clock.finish("experiments")
    let typesetter = Typesetter(
      typesettingSettings(read.configuration), cache: environment.cache)
    let rendered = await render(read, experiments, typesetter)
    return await assemble(read, rendered, typesetter)
  }

  // MARK: Phases

  /// The results of reading all sources.
  private struct ReadSources {
    let configuration: Configuration
    let templates: TemplateLibrary
    let discovery: Discovery
    let plan: SitePlan
  }

  private mutating func readSources() async throws(FileError) -> ReadSources {
    environment.progress(.init(.read))
    var configuration = try readConfiguration()
    let templates = try TemplateLibrary(
      sources, html: configuration.dialect.html, diagnostics: &diagnostics)
    let discovery = try Discovery(sources, configuration, diagnostics: &diagnostics)
    clock.finish("read")

    environment.progress(.init(.parse))
    let articles = await readArticles(discovery, configuration)
    configuration.settleLanguage(articles)
    let plan = SitePlan(
      articles, discovery, configuration, words: Words(tag: configuration.language),
      diagnostics: &diagnostics)
    clock.finish("parse")
    return ReadSources(
      configuration: configuration, templates: templates, discovery: discovery, plan: plan)
  }

  private mutating func render(
    _ read: ReadSources, _ experiments: ExperimentOutcomes, _ typesetter: Typesetter
  ) async -> [RenderedArticle] {
    environment.progress(.init(.typeset))
    let articles = read.plan.articles
    let included = IncludedFiles(of: articles, in: sources)
    let figureCache = FigureCache(cache: environment.cache)
    let typography = Typography(
      of: articles, results: experiments.byBlock, read.configuration, with: typesetter, figureCache
    ) { article, include in
      (try? included.lines(of: include, in: article)).map { String(decoding: $0, as: UTF8.self) }
    }
    diagnostics += typography.diagnostics
    clock.finish("typeset")

    environment.progress(.init(.render))
    let renderer = ArticleRenderer(
      plan: read.plan, configuration: read.configuration, discovery: read.discovery,
      sources: sources, included: included, results: experiments.index,
      figures: typography.figures, figureCache: figureCache)
    let materials = typography.materials
    let rendered = await parallelMap(Array(articles.indices), jobs: settings.jobs) {
      renderer.render(articles[$0], materials[$0])
    }
    for article in rendered { diagnostics += article.diagnostics }
    clock.finish("render")
    return rendered
  }

  /// Renders and checks the pages and adds all files to the output.
  private mutating func assemble(
    _ read: ReadSources, _ rendered: [RenderedArticle], _ typesetter: Typesetter
  ) async -> SiteBuild {
    environment.progress(.init(.check))
    let (plan, configuration) = (read.plan, read.configuration)
    var site = SiteBuild()
    addFiles(&site, plan, rendered, read.discovery, read.templates, configuration)
    addFormulaAssets(&site, rendered, typesetter)
    let pageRenderer = pageRenderer(plan, read.templates, configuration)
    let files = site.output
    let pages = await parallelMap(plan.pages, jobs: settings.jobs) { page in
      PageCheck(
        pageRenderer.render(page, rendered), of: page, plan, files, rendered,
        html: configuration.dialect.html)
    }
    addPages(&site, plan, read.discovery, rendered, pages)
    diagnostics += site.output.clashes.map { .clash($0, in: site.output) }
    environment.cache?.trim(toBytes: configuration.cacheLimitBytes)
    clock.finish("pages")
    return site
  }

  // MARK: Reading

  private mutating func readConfiguration() throws(FileError) -> Configuration {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try sources.read(Configuration.path)
    } catch .notFound {
      return Configuration()
    }
    let file = SourceFile(path: Configuration.path, bytes: bytes)
    return Configuration(reading: file, diagnostics: &diagnostics)
  }

  private mutating func readArticles(
    _ discovery: Discovery, _ configuration: Configuration
  ) async -> [Article] {
    let sources = sources
    let read = await parallelMap(discovery.articles, jobs: settings.jobs) {
      path -> (Article?, [Diagnostic]) in
      var diagnostics: [Diagnostic] = []
      do throws(FileError) {
        let file = SourceFile(path: path, bytes: try sources.read(path))
        let article = Article.read(
          file, contentPath: discovery.contentPath(path), configuration, diagnostics: &diagnostics)
        return (article, diagnostics)
      } catch {
        return (nil, [.unreadable(error, path: path)])
      }
    }
    var articles: [Article] = []
    for (article, found) in read {
      guard let article else {
        diagnostics += found
        continue
      }
      // The mistakes of a draft that is not built are not reported.
      if article.isDraft, !settings.includesDrafts { continue }
      diagnostics += found
      articles.append(article)
    }
    return articles
  }

  // MARK: Computing

  private struct ExperimentOutcomes {
    /// The results of each article, keyed by the index of the code block.
    var byBlock: [[Int: ExperimentResult]]
    var index: ResultIndex
  }

  private mutating func runExperiments(
    of articles: [Article], _ discovery: Discovery, _ configuration: Configuration
  ) async -> ExperimentOutcomes {
    let sources = sources
    let files = DataFiles(sources, discovery)
    let reader = ExperimentParser(
      settings: configuration.experiments, files: files, cache: environment.cache)
    let read = await parallelMap(articles, jobs: settings.jobs) {
      article -> ([Experiment?], [String], [Diagnostic]) in
      let blocks = ArticleBlocks(article, settings: reader.settings, data: files).blocks
      guard !blocks.isEmpty else { return ([], [], []) }
      let (experiments, mistakes) = reader.read(blocks, page: article.name)
      return (experiments, reader.ids(of: blocks), mistakes)
    }
    var places: [(article: Int, block: Int)] = []
    var experiments: [Experiment] = []
    var refused: [String: Set<String>] = [:]
    for (article, (found, ids, mistakes)) in read.enumerated() {
      diagnostics += mistakes
      refused[articles[article].name] = Set(zip(ids, found).filter { $0.1 == nil }.map(\.0))
      for (block, experiment) in zip(articles[article].document.experiments, found) {
        guard let experiment else { continue }
        places.append((article, block.index))
        experiments.append(experiment)
      }
    }
    var outcomes = ExperimentOutcomes(
      byBlock: Array(repeating: [:], count: articles.count),
      index: ResultIndex([], refused: refused))
    guard !experiments.isEmpty else { return outcomes }
    let runner = ExperimentRunner(
      settings: configuration.experiments, files: files, cache: environment.cache,
      jobs: settings.jobs, kernels: environment.kernels, isFrozen: settings.isFrozen,
      committed: environment.committedResults)
    let progress = environment.progress
    let (results, mistakes) = await runner.run(experiments) {
      progress(.init(.experiments, $0.fraction, detail: $0.detail))
    } isCancelled: {
      [isCancelled = environment.isCancelled] in
      isCancelled()
    }
    diagnostics += mistakes
    environment.cache?.trim(toBytes: configuration.cacheLimitBytes)
    for ((place, experiment), result) in zip(zip(places, experiments), results) {
      outcomes.byBlock[place.article][place.block] = result
      if result == nil { refused[experiment.page, default: []].insert(experiment.id) }
    }
    outcomes.index = ResultIndex(results.compactMap { $0 }, refused: refused)
    return outcomes
  }

  private func typesettingSettings(_ configuration: Configuration) -> Typesetter.Settings {
    var settings = Typesetter.Settings()
    settings.macros = configuration.mathematics.macros
    return settings
  }

  // MARK: Output

  private mutating func add(
    _ site: inout SiteBuild, _ path: String, _ content: OutputTree.Content, from origin: String
  ) {
    do throws(OutputTree.Refusal) {
      try site.output.add(path, content, from: origin)
    } catch {
      diagnostics.append(.refused(path, origin, error))
    }
  }

  /// Adds all files except the pages.
  private mutating func addFiles(
    _ site: inout SiteBuild, _ plan: SitePlan, _ rendered: [RenderedArticle],
    _ discovery: Discovery, _ templates: TemplateLibrary, _ configuration: Configuration
  ) {
    for path in templates.assets.keys.sorted() {
      add(&site, path, templates.assets[path]!, from: Discovery.templateFolder + "/" + path)
    }
    let used = rendered.reduce(into: Set<String>()) { $0.formUnion($1.usedFiles) }
    for path in discovery.files where !discovery.publishesOnlyWhatIsUsed || used.contains(path) {
      add(&site, discovery.contentPath(path), .copy(of: path), from: path)
    }
    for (article, rendered) in zip(plan.articles, rendered) {
      for file in rendered.data {
        add(&site, file.path, .bytes(file.bytes), from: article.file.path)
      }
    }
    if rendered.contains(where: { !$0.data.isEmpty }) {
      add(
        &site, CommittedResults.enginePath, .bytes(CommittedResults.engineFile),
        from: Configuration.path)
    }
    if configuration.hasFeed, let feed = Feed.atom(plan, rendered, configuration) {
      add(&site, Feed.path, .bytes(feed), from: Configuration.path)
    }
    if let map = SiteMap.xml(plan, configuration) {
      add(&site, SiteMap.path, .bytes(map), from: Configuration.path)
    }
    if configuration.hasSearch {
      let index = SearchIndex.script(plan, rendered)
      add(&site, SearchIndex.path, .bytes(index), from: Configuration.path)
    }
  }

  private static let formulaFolder = "assets/katex/"

  private mutating func addFormulaAssets(
    _ site: inout SiteBuild, _ rendered: [RenderedArticle], _ typesetter: Typesetter
  ) {
    guard rendered.contains(where: { $0.hasFormulas }) else { return }
    do throws(TypesettingError) {
      let assets = try typesetter.formulaAssets()
      let folder = Self.formulaFolder
      add(&site, folder + "katex.css", .bytes(assets.styleSheet), from: Configuration.path)
      for font in assets.fonts {
        add(&site, folder + font.path, .bytes(font.bytes), from: Configuration.path)
      }
    } catch {
      let (message, hint) = error.explanation
      diagnostics.append(
        Diagnostic(
          "typesetting.unavailable", path: Configuration.path, message: message, hint: hint))
    }
  }

  private mutating func pageRenderer(
    _ plan: SitePlan, _ templates: TemplateLibrary, _ configuration: Configuration
  ) -> PageRenderer {
    var near = NearNames()
    for article in plan.articles { noteLayout(of: article, templates, &near) }
    return PageRenderer(
      plan: plan, configuration: configuration, templates: templates,
      formulaStyleSheet: Self.formulaFolder + "katex.css",
      stylesInline: templates.text(ofAsset: "assets/style.css", sources),
      navigation: Navigation(plan, configuration, diagnostics: &diagnostics).items)
  }

  private mutating func addPages(
    _ site: inout SiteBuild, _ plan: SitePlan, _ discovery: Discovery,
    _ rendered: [RenderedArticle], _ pages: [PageCheck]
  ) {
    var ids: [String: Set<String>] = [:]
    for index in plan.pages.indices {
      let page = plan.pages[index]
      let source = plan.source(of: page)
      add(&site, page.path, .bytes(pages[index].html), from: source ?? "/" + page.path)
      diagnostics += pages[index].diagnostics
      ids[page.path] = ids[page.path] ?? pages[index].ids
      if page.isForReaders {
        site.pages.append(.init(path: page.path, title: page.title, source: source))
      }
    }
    site.pages.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    var mistakes = LinkDiagnostics(plan, discovery, ids: ids)
    for (article, rendered) in zip(plan.articles, rendered) {
      let unresolved = article.document.unresolvedReferences(
        alsoDefined: ids[article.outputPath] ?? [])
      diagnostics += unresolved
      mistakes.add(article, rendered, reported: Set(unresolved.compactMap(\.range)))
    }
    diagnostics += mistakes.diagnostics
  }

  /// Layout names of Jekyll's themes, and the two names for pages with a list (`list` and `home`),
  /// which need no template of their own.
  private static let knownLayouts: Set<String> = [
    "article", "post", "page", "default", "home", "list", "none", "single", "posts",
  ]

  private mutating func noteLayout(
    of article: Article, _ templates: TemplateLibrary, _ near: inout NearNames
  ) {
    guard let layout = article.frontMatter.layout, !templates.contains(layout.name),
      !Self.knownLayouts.contains(layout.name)
    else { return }
    let hint = near.hint(for: layout.name, among: templates.names)
    diagnostics.append(.unknownLayout(layout, hint, in: article.file))
  }
}

extension SitePlan.Page {
  /// The index of the article that the page shows.
  var article: Int? { if case .article(let index) = kind { index } else { nil } }

  /// Whether the page is meant to be read rather than to redirect.
  var isForReaders: Bool { if case .redirect = kind { false } else { true } }
}

extension SitePlan {
  /// The path of the article that a page shows; `nil` for generated pages.
  fileprivate func source(of page: Page) -> String? { page.article.map { articles[$0].file.path } }
}

extension Diagnostic {
  fileprivate static func unreadable(_ error: FileError, path: String? = nil) -> Diagnostic {
    let (message, hint) = error.explanation
    return Diagnostic("file.unreadable", path: path ?? error.path, message: message, hint: hint)
  }

  fileprivate static func clash(_ clash: OutputTree.Clash, in tree: OutputTree) -> Diagnostic {
    // Where a file clashes with a folder, the message shows the folder, not a file in it.
    let parts = clash.path.split(separator: "/").count
    let twin = clash.other.split(separator: "/").prefix(parts).joined(separator: "/")
    let (path, other) = (shortened(clash.path), shortened(twin))
    return Diagnostic(
      "site.clash", .warning, path: tree.origins[clash.path] ?? clash.path,
      message:
        "this is written to `\(path)`, and something else \(twin == clash.other ? "to" : "below")"
        + " `\(other)`, which differs only by case",
      hint: "rename one of them, or give one another `permalink`",
      notes: [Note("the other one", path: tree.origins[clash.other] ?? clash.other)])
  }

  private static func shortened(_ path: String) -> String {
    path.utf8.count > 120 ? path.prefix(60) + "…" + path.suffix(30) : path
  }

  fileprivate static func unknownLayout(
    _ layout: (name: String, range: Range<Int>), _ hint: String?, in file: SourceFile
  ) -> Diagnostic {
    Diagnostic(
      "template.unknown-layout", .warning, path: file.path, range: layout.range,
      message: "no template is named `\(layout.name)`; the article's own is used",
      hint: hint)
  }
}

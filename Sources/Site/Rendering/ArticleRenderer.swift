import Diagnostics
import Experiments
import Localization
import Markdown
import Markup
import Storage
import Typesetting

/// The results of earlier steps that rendering one article needs.
struct ArticleMaterial: Sendable {
  /// For each formula of the document.
  var formulas: [Result<TypesetFormula, FormulaError>] = []
  /// For each code block of the document.
  var code: [HighlightedCode?] = []
  /// The results of experiments, keyed by code block.
  var experiments: [Int: ExperimentResult] = [:]
  /// Whether its figures contain formulas.
  var figuresHaveFormulas = false
}

/// Renders articles: a pure function of the sources and of the results of experiments.
struct ArticleRenderer: Sendable {
  let plan: SitePlan
  let configuration: Configuration
  let discovery: Discovery
  let sources: SourceTree
  let included: IncludedFiles
  let results: ResultIndex
  /// Formulas, code and captions for figures.
  let figures: FigureMaterial
  let figureCache: FigureCache

  func render(_ article: Article, _ material: ArticleMaterial) -> RenderedArticle {
    var rendered = RenderedArticle()
    let document = article.document
    let links = PageLinks(
      plan: plan, page: article.outputPath, folder: discovery.contentFolder(of: article.file.path))
    let outcomes = document.links.map { links.resolve($0.destination) }
    for (link, outcome) in zip(document.links, outcomes) {
      rendered.note(outcome, link.destination, isImage: link.isImage, at: link.range)
    }
    var hooks = hooks(for: article, material)
    let values = inlineValues(of: article, &rendered.diagnostics)
    hooks.inlineValue = { value in values[value.index] }
    let figures = figureTexts(of: article, material, links, &rendered)
    hooks.experiment = { block, _ in figures[block.index] }
    hooks.link = { link in outcomes[link.index].destination }
    hooks.address = { address in links.resolve(address).url }
    hooks.imageSize = { link in
      guard case .file(let file, _) = outcomes[link.index], let bytes = try? sources.read(file),
        let size = ImageSize(of: bytes)
      else { return nil }
      return (size.width, size.height)
    }
    let language = article.language ?? configuration.language
    var renderer = HTMLRenderer(words: Words(tag: language), hooks: hooks)
    renderer.title = article.title
    add(renderer.render(document), links, to: &rendered)
    rendered.data = dataFiles(of: article, material)
    if material.figuresHaveFormulas { rendered.hasFormulas = true }
    noteMistakes(of: article, material, &rendered)
    return rendered
  }

  /// The hooks that do not depend on the page's links.
  private func hooks(for article: Article, _ material: ArticleMaterial) -> HTMLRenderer.Hooks {
    var hooks = HTMLRenderer.Hooks()
    hooks.formula = { formula in
      guard formula.index < material.formulas.count else { return nil }
      return switch material.formulas[formula.index] {
      case .success(let typeset): typeset.html
      case .failure: nil
      }
    }
    hooks.code = { block in
      block.index < material.code.count ? material.code[block.index]?.html : nil
    }
    hooks.lines = { include in try? included.lines(of: include, in: article) }
    return hooks
  }

  private func add(
    _ document: RenderedDocument, _ links: PageLinks, to rendered: inout RenderedArticle
  ) {
    for address in document.rawAddresses {
      rendered.note(
        links.resolve(address.value), address.value, isImage: address.isEmbedded, at: address.range)
    }
    rendered.html = document.body
    rendered.title = document.title
    rendered.headings = document.headings
    rendered.summary = document.summary
  }

  // MARK: Numbers and figures

  private func inlineValues(
    of article: Article, _ diagnostics: inout [Diagnostic]
  ) -> [Int: String] {
    var texts: [Int: String] = [:]
    for value in article.document.inlineValues {
      var code = ExtractedText()
      let start = value.expression.fileOffset(of: 0)
      code.append("nn ".utf8, at: max(0, start - 3))
      code.append(value.expression)
      do throws(Diagnostic) {
        let read = try Experiments.InlineValue(code, in: article.file)
        // An invalid block has its own diagnostic; its missing numbers add none.
        guard let text = try results.text(of: read, on: article.name) else { continue }
        texts[value.index] = "<span class=\"nn-value\">\(escaped(text))</span>"
      } catch {
        diagnostics.append(error)
      }
    }
    return texts
  }

  private func figureTexts(
    of article: Article, _ material: ArticleMaterial, _ links: PageLinks,
    _ rendered: inout RenderedArticle
  ) -> [Int: String] {
    let language = article.language ?? configuration.language
    var texts: [Int: String] = [:]
    for (block, result) in material.experiments.sorted(by: { $0.key < $1.key }) {
      let base = Self.dataPath(of: result, on: article)
      var context = FigureContext(
        language: Words(tag: language).tag,
        csvLink: links.url(of: base + ".csv"), jsonLink: links.url(of: base + ".json"))
      let figures = figures
      context.formula = { figures.formula($0) }
      context.code = { figures.code($0) }
      if let text = result.caption {
        let block = article.document.codeBlocks[block]
        let caption = caption(text, at: block, of: article, links, &rendered)
        context.prose = { $0 == text ? caption : escaped($0) }
      }
      texts[block] = figureCache.figure(of: result, context)
    }
    return texts
  }

  /// Renders a figure's caption with the addresses that its page needs.
  private func caption(
    _ text: String, at block: CodeBlock, of article: Article, _ links: PageLinks,
    _ rendered: inout RenderedArticle
  ) -> String {
    guard let caption = figures.captions[Caption(text, in: article)] else { return escaped(text) }
    let (document, written) = (caption.document, caption.render(links))
    func note(_ address: String, isImage: Bool) {
      let place = article.file.place(of: address, in: block.range) ?? block.info.range
      rendered.note(links.resolve(address), address, isImage: isImage, at: place)
    }
    for link in document.links { note(link.destination, isImage: link.isImage) }
    for address in written.rawAddresses { note(address.value, isImage: address.isEmbedded) }
    return String(decoding: written.body, as: UTF8.self)
  }

  private func dataFiles(
    of article: Article, _ material: ArticleMaterial
  ) -> [(path: String, bytes: [UInt8])] {
    material.experiments.sorted { $0.key < $1.key }.flatMap { _, result in
      let base = Self.dataPath(of: result, on: article)
      return [
        (base + ".json", figureCache.json(of: result)),
        (base + ".csv", figureCache.csv(of: result)),
      ]
    }
  }

  private static func dataPath(of result: ExperimentResult, on article: Article) -> String {
    "data/\(article.name)/\(result.experiment.id)"
  }

  // MARK: Mistakes

  private func noteMistakes(
    of article: Article, _ material: ArticleMaterial, _ rendered: inout RenderedArticle
  ) {
    let document = article.document
    for (formula, result) in zip(document.formulas, material.formulas) {
      switch result {
      case .success:
        rendered.hasFormulas = true
      case .failure(let mistake):
        var diagnostic = mistake.diagnostic(path: article.file.path) {
          formula.tex.fileRange(of: $0)
        }
        // The page shows the formula's source, which a reader can still understand.
        diagnostic.severity = .warning
        rendered.diagnostics.append(diagnostic)
      }
    }
    for (block, code) in zip(document.codeBlocks, material.code) {
      guard let code, !code.isLanguageKnown else { continue }
      rendered.diagnostics.append(.unknownLanguage(block, in: article.file))
    }
    for include in document.includes {
      do throws(FileError) {
        _ = try included.lines(of: include, in: article)
      } catch {
        rendered.diagnostics.append(.missingInclude(include, error, in: article.file))
      }
    }
  }
}

extension SourceFile {
  /// The range of the first occurrence of a text within a range; `nil` if there is none or the text
  /// is empty.
  fileprivate func place(of text: String, in range: Range<Int>) -> Range<Int>? {
    let text = Array(text.utf8)
    guard let first = text.first else { return nil }
    let starts = range.lowerBound..<max(range.lowerBound, range.upperBound - text.count + 1)
    return starts.first { bytes[$0] == first && bytes[$0...].starts(with: text) }
      .map { $0..<$0 + text.count }
  }
}

extension Diagnostic {
  fileprivate static func unknownLanguage(_ block: CodeBlock, in file: SourceFile) -> Diagnostic {
    Diagnostic(
      "code.unknown-language", .warning, path: file.path, range: block.info.range,
      message: "no language is named `\(block.info.language)`; the code stays plain",
      hint: "use a name that highlight.js knows, or `text`")
  }

  fileprivate static func missingInclude(
    _ include: FileInclude, _ error: FileError, in file: SourceFile
  ) -> Diagnostic {
    let (message, hint) = error.explanation
    return Diagnostic(
      "include.unreadable", path: file.path, range: include.range, message: message, hint: hint)
  }
}

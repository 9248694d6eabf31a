import Diagnostics
import Experiments
import Localization
import Markdown
import Markup
import Storage
import Typesetting

/// An article as the HTML that stands in its page, and what was found on the way.
struct RenderedArticle: Sendable {
  /// A link to a place of a page of the site, to be checked when all ids are known.
  struct Reference: Sendable {
    var page: String
    var fragment: String
    /// As the author wrote it.
    var written: String
    var range: Range<Int>?
  }

  /// An address that leads to nothing, to be told when it is known what may have been meant.
  struct BrokenAddress: Sendable {
    /// As it stands in the article.
    var written: String
    /// The path that it names, percent-decoded.
    var path: String
    var isImage: Bool
    /// `nil` for one in raw HTML, whose place is still to be found.
    var range: Range<Int>?
  }

  var html: [UInt8] = []
  /// The heading that gives the page its title, taken out of `html`.
  var titleHTML: String?
  var titleID: String?
  /// What stands within the headings, by their ids.
  var headings: [String: String] = [:]
  var summary = ""
  var references: [Reference] = []
  /// Addresses that lead nowhere, as they stand in the HTML.
  var missing: Set<String> = []
  /// The same addresses, each time that one is written.
  var broken: [BrokenAddress] = []
  /// Source paths of the files that the article shows or links to.
  var usedFiles: Set<String> = []
  var hasFormulas = false
  /// The files of its experiments' results, by their paths.
  var data: [(path: String, bytes: [UInt8])] = []
  var diagnostics: [Diagnostic] = []
}

/// What one article needs from the rest of the build to be rendered.
struct ArticleMaterial: Sendable {
  /// For each formula of the document.
  var formulas: [Result<TypesetFormula, FormulaError>] = []
  /// For each code block of the document.
  var code: [HighlightedCode?] = []
  /// By code block.
  var experiments: [Int: ExperimentResult] = [:]
  /// Whether its figures hold formulas.
  var figuresHaveFormulas = false
}

/// Renders articles: a pure function of what has been read and computed.
struct ArticleRenderer: Sendable {
  let plan: SitePlan
  let configuration: Configuration
  let discovery: Discovery
  let sources: SourceTree
  let included: IncludedFiles
  let results: ResultIndex
  /// Formulas, code and captions that figures ask for.
  let figures: FigureMaterial
  let figureCache: FigureCache

  func render(_ article: Article, _ material: ArticleMaterial) -> RenderedArticle {
    var rendered = RenderedArticle()
    let language = article.language ?? configuration.language
    var links = PageLinks(
      plan: plan, page: article.outputPath, folder: sourceFolder(of: article))
    let destinations = article.document.links.map { link in
      links.resolve(link.destination, at: link.range)
    }
    for (link, outcome) in zip(article.document.links, destinations) {
      note(outcome, link.destination, link.range, isImage: link.isImage, &rendered)
    }
    let values = inlineValues(of: article, &rendered.diagnostics)
    let figureHTML = figureTexts(of: article, material, language)
    rendered.data = dataFiles(of: article, material)

    var hooks = HTMLRenderer.Hooks()
    hooks.formula = { formula in
      guard formula.index < material.formulas.count else { return nil }
      return switch material.formulas[formula.index] {
      case .success(let set): set.html
      case .failure: nil
      }
    }
    hooks.code = { block in
      block.index < material.code.count ? material.code[block.index]?.html : nil
    }
    hooks.lines = { include in try? included.lines(of: include, in: article) }
    hooks.experiment = { block, _ in figureHTML[block.index] }
    hooks.inlineValue = { value in values[value.index] }
    hooks.destination = { link in destinations[link.index].marker }
    hooks.isMissing = { link in
      if case .missing = destinations[link.index] { true } else { false }
    }
    hooks.imageSize = { link in
      guard case .file(_, let file) = destinations[link.index],
        let bytes = try? sources.read(file), let size = ImageSize(of: bytes)
      else { return nil }
      return (size.width, size.height)
    }
    let html = HTMLRenderer(words: Words(tag: language), hooks: hooks)
      .render(article.document)
    noteMistakes(of: article, material, &rendered)
    finish(html, article, material, links, &rendered)
    return rendered
  }

  /// The content path of the folder that an article's relative links start from.
  private func sourceFolder(of article: Article) -> String {
    discovery.contentFolder(of: article.file.path)
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
      for (offset, byte) in value.expression.bytes.enumerated() {
        code.append(CollectionOfOne(byte), at: value.expression.fileOffset(of: offset))
      }
      do throws(Diagnostic) {
        let read = try Experiments.InlineValue(code, in: article.file)
        // Of a mistaken block the mistake is told, not that its numbers are missing.
        guard let text = try results.text(of: read, on: article.name) else { continue }
        texts[value.index] = "<span class=\"nn-value\">\(escaped(text))</span>"
      } catch {
        diagnostics.append(error)
      }
    }
    return texts
  }

  private func figureTexts(
    of article: Article, _ material: ArticleMaterial, _ language: String
  ) -> [Int: String] {
    material.experiments.mapValues { result in
      let base = Self.dataPath(of: result, on: article)
      var context = FigureContext(
        language: Words(tag: language).tag,
        csvLink: PageLinks.marker(for: base + ".csv"),
        jsonLink: PageLinks.marker(for: base + ".json"))
      let figures = figures
      context.formula = { figures.formula($0) }
      context.code = { figures.code($0) }
      context.prose = { figures.prose(Caption($0, in: article)) }
      return figureCache.figure(of: result, context)
    }
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

  // MARK: Afterwards

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
        // The page shows the formula's source, which a reader can still make something of.
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

  /// Puts the addresses in, takes the title out, and looks at raw HTML as at Markdown.
  private func finish(
    _ html: [UInt8], _ article: Article, _ material: ArticleMaterial, _ links: PageLinks,
    _ rendered: inout RenderedArticle
  ) {
    var links = links
    var noted: [(PageLinks.Outcome, String, isImage: Bool)] = []
    let missing = rendered.missing
    let pass = HTMLPass(html) { address in
      if let url = links.url(ofMarker: address.value) { return url }
      // Told already, at its place.
      if missing.contains(address.value) { return nil }
      let outcome = links.resolve(address.value, at: nil)
      noted.append((outcome, address.value, address.attribute != "href"))
      return outcome.marker.flatMap { links.url(ofMarker: $0) }
    }
    for (outcome, value, isImage) in noted {
      note(outcome, value, nil, isImage: isImage, &rendered)
    }
    if material.figuresHaveFormulas { rendered.hasFormulas = true }
    rendered.html = pass.output
    rendered.headings = pass.headings.mapValues(Self.withoutAnchor)
    rendered.summary = PlainText.firstParagraph(of: pass.output, limit: 200)
    takeTitle(article, &rendered)
    rendered.references = links.references
  }

  /// A page whose text starts with its title shows it once, as the page's heading.
  private func takeTitle(_ article: Article, _ rendered: inout RenderedArticle) {
    guard let heading = article.document.headings.first, heading.level == 1,
      heading.text == article.title, let id = heading.id,
      rendered.html.starts(with: "<h1".utf8)
    else { return }
    let close = Array("</h1>".utf8)
    guard
      let end = rendered.html.indices.first(where: { rendered.html[$0...].starts(with: close) })
    else { return }
    rendered.titleHTML = rendered.headings[id]
    rendered.titleID = id
    rendered.html.removeSubrange(..<(end + close.count))
  }

  /// A heading without the link to itself.
  private static func withoutAnchor(_ html: [UInt8]) -> String {
    let text = String(decoding: html, as: UTF8.self)
    guard let open = text.firstRange(of: " <a class=\"heading-anchor\""),
      let close = text[open.upperBound...].firstRange(of: "</a>")
    else { return text }
    return String(text[..<open.lowerBound] + text[close.upperBound...])

  }

  private func note(
    _ outcome: PageLinks.Outcome, _ written: String, _ range: Range<Int>?, isImage: Bool,
    _ rendered: inout RenderedArticle
  ) {
    switch outcome {
    case .outside, .inside: break
    case .file(_, let source):
      rendered.usedFiles.insert(source)
    case .missing(let path):
      rendered.missing.formUnion([written, RelativeURL.percentEncoded(written)])
      rendered.broken.append(.init(written: written, path: path, isImage: isImage, range: range))
    }
  }
}

extension PageLinks.Outcome {
  /// What stands for the address until the page is finished.
  var marker: String? {
    switch self {
    case .inside(let marker), .file(let marker, _): marker
    case .outside, .missing: nil
    }
  }
}

/// What figures ask for, worked out before: formulas, program texts and captions by their source.
struct FigureMaterial: Sendable {
  var formulas: [String: String] = [:]
  var code: [String: String] = [:]
  var captions: [Caption: String] = [:]

  func formula(_ tex: String) -> String { formulas[tex] ?? "<code>\(escaped(tex))</code>" }
  func code(_ text: String) -> String { code[text] ?? escaped(text) }
  func prose(_ caption: Caption) -> String { captions[caption] ?? escaped(caption.text) }
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

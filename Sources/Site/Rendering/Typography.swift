import Diagnostics
import Experiments
import Markdown
import Markup
import Typesetting

/// All formulas and code of a site, typeset together: each only once, and in as few calls as
/// possible, because starting the typesetters costs more than their work.
struct Typography {
  private(set) var materials: [ArticleMaterial]
  private(set) var figures = FigureMaterial()
  private(set) var diagnostics: [Diagnostic] = []

  /// - Parameters:
  ///   - results: For each article, its experiments' results by code block.
  ///   - include: Returns the lines of a file that a block shows.
  init(
    of articles: [Article], results: [[Int: ExperimentResult]], _ configuration: Configuration,
    with typesetter: Typesetter, _ figureCache: FigureCache,
    include: (Article, FileInclude) -> String?
  ) {
    materials = articles.indices.map {
      var material = ArticleMaterial()
      material.experiments = results[$0]
      return material
    }
    let captions = Self.captions(of: articles, results, &diagnostics)
    let formulas = results.map { results in
      results.sorted { $0.key < $1.key }.flatMap { figureCache.formulas(of: $0.value) }
    }
    setFormulas(of: articles, captions, inFigures: formulas, typesetter)
    if configuration.highlightsCode { setCode(of: articles, typesetter, include) }
  }

  // MARK: Formulas

  private mutating func setFormulas(
    of articles: [Article], _ captions: [Document], inFigures texs: [[String]],
    _ typesetter: Typesetter
  ) {
    var wanted = Batch<Typesetting.Formula>()
    let ofArticles = articles.map { $0.document.formulas.map { wanted.add(.init($0)) } }
    let ofCaptions = captions.map { $0.formulas.map { wanted.add(.init($0)) } }
    let ofFigures = texs.map { texs in
      texs.map { wanted.add(Typesetting.Formula($0, isDisplay: false)) }
    }
    do throws(TypesettingError) {
      let set = wanted.items.isEmpty ? [] : try typesetter.typeset(wanted.items)
      for (index, places) in ofArticles.enumerated() {
        materials[index].formulas = places.map { set[$0] }
      }
      for (index, places) in ofFigures.enumerated() {
        for (tex, place) in zip(texs[index], places) {
          guard case .success(let formula) = set[place] else { continue }
          figures.formulas[tex] = formula.html
          materials[index].figuresHaveFormulas = true
        }
      }
      for (caption, places) in zip(captions, ofCaptions) {
        figures.captions[Caption(caption)] = TypesetCaption(
          document: caption, formulas: places.map { set[$0] })
      }
    } catch {
      let first = articles.first { !$0.document.formulas.isEmpty }
      diagnostics.append(
        .cannotTypeset(
          error, path: first?.file.path ?? Configuration.path,
          range: first?.document.formulas.first?.range))
    }
  }

  /// The distinct captions, each parsed as a document of its own with the options of its article.
  /// What an author must not write is reported at the block.
  private static func captions(
    of articles: [Article], _ results: [[Int: ExperimentResult]], _ diagnostics: inout [Diagnostic]
  ) -> [Document] {
    var documents: [Caption: Document] = [:]
    for (article, results) in zip(articles, results) {
      for (block, result) in results {
        guard let text = result.caption else { continue }
        let caption = Caption(text, in: article)
        let document = documents[caption] ?? caption.document
        documents[caption] = document
        let place = article.document.codeBlocks[block].info.range
        diagnostics += document.diagnostics.filter(\.isRefusal).map {
          var diagnostic = $0
          diagnostic.path = article.file.path
          diagnostic.range = place
          return diagnostic
        }
      }
    }
    func order(_ caption: Caption) -> (String, String) {
      (caption.text, caption.options.html.rawValue)
    }
    return documents.sorted { order($0.key) < order($1.key) }.map(\.value)
  }

  // MARK: Code

  private mutating func setCode(
    of articles: [Article], _ typesetter: Typesetter, _ include: (Article, FileInclude) -> String?
  ) {
    var wanted = Batch<Typesetting.Code>()
    let ofArticles = zip(articles, materials).map { article, material in
      article.document.codeBlocks.map { block -> Int? in
        // Most experiments show only their results, not their text.
        if let result = material.experiments[block.index], result.echoedText == nil { return nil }
        let language = block.info.experiment != nil ? "yaml" : block.info.language
        let text = block.info.include.map { include(article, $0) } ?? block.content.text
        guard block.isFenced, let text else { return nil }
        return wanted.add(Code(text, language: language.isEmpty ? nil : language))
      }
    }
    guard !wanted.items.isEmpty else { return }
    do throws(TypesettingError) {
      let set = try typesetter.highlight(wanted.items)
      for (index, places) in ofArticles.enumerated() {
        materials[index].code = places.map { place in place.map { set[$0] } }
        for (block, place) in zip(articles[index].document.codeBlocks, places) {
          guard block.info.experiment != nil, let place else { continue }
          figures.code[block.content.text] = set[place].html
        }
      }
    } catch {
      let first = articles.first { !$0.document.codeBlocks.isEmpty }
      diagnostics.append(
        .cannotTypeset(
          error, path: first?.file.path ?? Configuration.path,
          range: first?.document.codeBlocks.first?.info.range))
    }
  }
}

/// Distinct items for one call, with the index of each.
private struct Batch<Item: Hashable> {
  private(set) var items: [Item] = []
  private var places: [Item: Int] = [:]

  mutating func add(_ item: Item) -> Int {
    if let place = places[item] { return place }
    places[item] = items.count
    items.append(item)
    return items.count - 1
  }
}

extension Typesetting.Formula {
  fileprivate init(_ formula: Markdown.Formula) {
    self.init(formula.tex.text, isDisplay: formula.isDisplay)
  }
}

extension Diagnostic {
  fileprivate static func cannotTypeset(
    _ error: TypesettingError, path: String, range: Range<Int>?
  ) -> Diagnostic {
    let (message, hint) = error.explanation
    return Diagnostic(
      "typesetting.unavailable", path: path, range: range, message: message, hint: hint)
  }
}

import Diagnostics
import Markdown
import Typesetting

/// The text of a figure's caption and the options of its article, with which it is parsed.
struct Caption: Hashable, Sendable {
  let text: String
  let options: MarkdownOptions

  init(_ text: String, in article: Article) {
    self.text = text
    options = article.document.options.forCaption()
  }

  init(_ document: Document) {
    text = document.file.text(0..<document.file.bytes.count)
    options = document.options
  }

  var document: Document {
    Document(parsing: SourceFile(path: "caption", text: text), options: options)
  }
}

/// A parsed caption with typeset formulas; each page renders it with its own addresses.
struct TypesetCaption: Sendable {
  let document: Document
  let formulas: [Result<TypesetFormula, FormulaError>]

  func render(_ links: PageLinks) -> RenderedDocument {
    var hooks = HTMLRenderer.Hooks()
    hooks.formula = { formula in
      guard case .success(let typeset) = formulas[formula.index] else { return nil }
      return typeset.html
    }
    hooks.link = { links.resolve($0.destination).destination }
    hooks.address = { links.resolve($0).url }
    var renderer = HTMLRenderer(markup: .plain, hooks: hooks)
    renderer.isLine = true
    return renderer.render(document)
  }
}

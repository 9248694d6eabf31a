package import Localization

/// Writes a document as HTML.
/// Addresses are final when they are written, so that the HTML is not read again.
///
/// On a page (``Markup/page``) these elements and classes are there to be styled:
///
/// | what | markup |
/// | --- | --- |
/// | heading | `h1`…`h6`, within it `a.heading-anchor` |
/// | contents | `nav.contents > ul#markdown-toc` (`ol` for `1.`) |
/// | figure | `figure.figure > img + figcaption`, its number in `span.number` |
/// | image that is not there | `span.missing-image` |
/// | image of another site where HTML is escaped | `a.outside-image`, within a link `span.outside-image` |
/// | table | `div.table-scroll > table`, `caption` with `span.number`, `thead tbody tfoot` |
/// | formula in its own block | `div.formula`, in text the hook's markup; refused: `code.formula-source` |
/// | code | `figure.code[data-language] > figcaption.code-title, button.copy[hidden], pre > code.language-…` |
/// | a line of code, where lines are marked or numbered | `span.line`, `span.line.marked`, `span.line[data-line]` |
/// | mermaid | `figure.code.mermaid`, `p.code-note` |
/// | alert | `aside.alert.note` (`tip`, `important`, `warning`, `caution`) `> p.alert-title` |
/// | task | `ul.tasks > li.task > input[type=checkbox]` |
/// | footnote reference | `sup > a.footnote` |
/// | footnotes | `section.footnotes > ol > li`, within it `a.reversefootnote` |
/// | definition list | `dl > dt, dd` |
/// | abbreviation | `abbr[title]` |
/// | reference to an equation, a figure … | `a.reference` |
/// | inline value without a result | `code.value` |
package struct HTMLRenderer: Sendable {
  /// How much is written around the elements of Markdown itself.
  package enum Markup: Hashable, Sendable {
    /// For a page: heading anchors, tables that scroll, figures, code blocks with their titles.
    case page
    /// For feeds and comparisons: what the reference implementations of CommonMark, GFM and kramdown
    /// write, and no more.
    case plain
  }

  /// What other parts of the program know about the elements of an article. A hook that gives `nil` leaves
  /// the default.
  package struct Hooks: Sendable {
    /// The HTML of a formula, in place of its source.
    package var formula: @Sendable (Formula) -> String? = { _ in nil }
    /// The HTML inside the `code` element of a block, in place of its escaped text.
    package var code: @Sendable (CodeBlock) -> String? = { _ in nil }
    /// The lines of a file that a code block shows, each ended by a newline.
    package var lines: @Sendable (FileInclude) -> [UInt8]? = { _ in nil }
    /// The HTML of an experiment; `figure` is its number among the page's figures.
    package var experiment: @Sendable (CodeBlock, _ figure: Int?) -> String? = { _, _ in nil }
    /// The HTML in place of an inline value's code span.
    package var inlineValue: @Sendable (InlineValue) -> String? = { _ in nil }
    /// An image's size in pixels.
    package var imageSize: @Sendable (Link) -> (width: Int, height: Int)? = { _ in nil }
    /// What is written for the destination of a link or an image.
    package var link: @Sendable (Link) -> LinkDestination = { _ in .asWritten }
    /// The address to write in place of one in raw HTML or in an attribute list; the address is as a
    /// browser reads it. Without the hook, such addresses are not looked for.
    package var address: (@Sendable (String) -> String?)?
    /// The text of `[](#id)` for an id that the article does not define itself.
    package var crossReference: @Sendable (_ id: String) -> String? = { _ in nil }

    /// Hooks that leave everything at its default.
    package init() {}
  }

  /// The delimiters of a formula without typeset HTML, in plain markup.
  package enum FormulaSource: Hashable, Sendable {
    /// `\(…\)` and `\[…\]`, which MathJax recognizes.
    case brackets
    /// `$…$` and `$$…$$` in elements of class `kdmath`, as kramdown writes without a math engine.
    case dollars
  }

  /// Markup for a page, or only that of the reference implementations.
  package var markup: Markup
  /// The words that the renderer itself writes.
  package var words: Words
  /// What other parts of the program know about the article.
  package var hooks: Hooks
  /// The ids and texts of footnotes.
  package var footnotes = FootnoteStyle()
  /// The delimiters of formulas without typeset HTML, in plain markup.
  package var formulaSource = FormulaSource.brackets
  /// In plain markup, headings start with an empty link to themselves, as kramdown can write.
  package var linksHeadings = false

  /// Whether a document of one paragraph is written without the element around it, as part of a line.
  package var isLine = false
  /// The page's title: a first heading that says the same is left out of the body of a page, whose
  /// template shows it.
  package var title: String?
  /// How many characters of the first paragraph a summary may have.
  package var summaryLength = 200

  /// A renderer of whole documents that leaves the title in the body.
  package init(markup: Markup = .page, words: Words = .english, hooks: Hooks = Hooks()) {
    self.markup = markup
    self.words = words
    self.hooks = hooks
  }

  /// The document's HTML: a pure function of the document and of what the hooks give.
  package func render(_ document: Document) -> RenderedDocument {
    var writer = DocumentWriter(document, self)
    return writer.write()
  }
}

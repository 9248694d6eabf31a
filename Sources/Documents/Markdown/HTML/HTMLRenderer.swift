package import Localization

/// Renders a document as HTML. Addresses are final when they are written, so that the HTML need not
/// be scanned again.
///
/// On a page (``Markup/page``), these elements and classes are available for styling:
///
/// | what | markup |
/// | --- | --- |
/// | heading | `h1`…`h6`, within it `a.heading-anchor` |
/// | contents | `nav.contents > ul#markdown-toc` (`ol` for `1.`) |
/// | figure | `figure.figure > img + figcaption`, its number in `span.number` |
/// | missing image | `span.missing-image` |
/// | image of another site where HTML is escaped | `a.outside-image`, within a link `span.outside-image` |
/// | table | `div.table-scroll > table`, `caption` with `span.number`, `thead tbody tfoot` |
/// | formula block | `div.formula`, in text the hook's markup; refused: `code.formula-source` |
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
  /// The amount of markup beyond the elements of Markdown itself.
  package enum Markup: Hashable, Sendable {
    /// For a page: with heading anchors, scrolling tables, figures, and code blocks with titles.
    case page
    /// For feeds and comparisons: exactly what the reference implementations of CommonMark, GFM and
    /// kramdown write.
    case plain
  }

  /// What other parts of the program contribute to the elements of an article. A hook that returns
  /// `nil` keeps the default.
  package struct Hooks: Sendable {
    /// The HTML of a formula, instead of its source.
    package var formula: @Sendable (Formula) -> String? = { _ in nil }
    /// The HTML inside the `code` element of a block, instead of its escaped text.
    package var code: @Sendable (CodeBlock) -> String? = { _ in nil }
    /// The lines of a file that a code block includes, each ended by a newline.
    package var lines: @Sendable (FileInclude) -> [UInt8]? = { _ in nil }
    /// The HTML of an experiment; `figure` is its number among the page's figures.
    package var experiment: @Sendable (CodeBlock, _ figure: Int?) -> String? = { _, _ in nil }
    /// The HTML for an inline value, instead of its code span.
    package var inlineValue: @Sendable (InlineValue) -> String? = { _ in nil }
    /// An image's size in pixels.
    package var imageSize: @Sendable (Link) -> (width: Int, height: Int)? = { _ in nil }
    /// The destination to write for a link or an image.
    package var link: @Sendable (Link) -> LinkDestination = { _ in .asWritten }
    /// The replacement for an address in raw HTML or in an attribute list, given as a browser reads
    /// it. Without this hook, such addresses are not searched for.
    package var address: (@Sendable (String) -> String?)?
    /// The text of `[](#id)` for an id that the article does not define itself.
    package var crossReference: @Sendable (_ id: String) -> String? = { _ in nil }

    /// Hooks that keep all defaults.
    package init() {}
  }

  /// The delimiters of a formula that is not typeset, in plain markup.
  package enum FormulaSource: Hashable, Sendable {
    /// `\(…\)` and `\[…\]`, which MathJax recognizes.
    case brackets
    /// `$…$` and `$$…$$` in elements of class `kdmath`, which kramdown writes without a math
    /// engine.
    case dollars
  }

  /// The amount of markup.
  package var markup: Markup
  /// The language of the texts that the renderer itself writes.
  package var words: Words
  /// The contributions of other parts of the program.
  package var hooks: Hooks
  /// The form of footnotes.
  package var footnotes = FootnoteStyle()
  /// The delimiters of formulas that are not typeset, in plain markup.
  package var formulaSource = FormulaSource.brackets
  /// Whether headings in plain markup start with an empty link to themselves, as kramdown can
  /// write.
  package var linksHeadings = false

  /// Whether a document of one paragraph is written without the enclosing element, as part of a
  /// line.
  package var isLine = false
  /// The page's title. A first heading with the same text is left out of the body of a page, whose
  /// template shows the title.
  package var title: String?
  /// The maximum number of characters of a summary.
  package var summaryLength = 200

  /// A renderer of whole documents that keeps the title in the body.
  package init(markup: Markup = .page, words: Words = .english, hooks: Hooks = Hooks()) {
    self.markup = markup
    self.words = words
    self.hooks = hooks
  }

  /// Renders a document: a pure function of the document and of the results of the hooks.
  package func render(_ document: Document) -> RenderedDocument {
    var writer = DocumentWriter(document, self)
    return writer.write()
  }
}

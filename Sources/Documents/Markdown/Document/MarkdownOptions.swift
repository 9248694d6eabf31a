/// The parts of the dialect in which an article is parsed.
///
/// Options cannot be created without an HTML policy, nor a ``Document`` without options, so that
/// untrusted articles cannot be parsed by accident as if they were trusted.
package struct MarkdownOptions: Hashable, Sendable {
  /// The treatment of HTML in an article.
  package enum HTMLPolicy: String, Hashable, Sendable, CaseIterable {
    /// HTML passes through, as in Jekyll; pseudo-tags such as `<your name>` are shown as text.
    case pass
    /// For authors who are not trusted: HTML is shown as text, attributes are limited to those of
    /// ``AttributePolicy``, links to a few schemes, and pictures to those of the site itself. The
    /// resulting ``Document`` contains nothing that a browser would run or load from elsewhere.
    case escape

    /// The policy of a site combined with that of an article: the stricter one wins.
    package func tightened(by other: HTMLPolicy?) -> HTMLPolicy {
      other == .escape ? .escape : self
    }
  }

  /// The ids of headings that do not specify their own.
  package enum HeadingIDs: String, Hashable, Sendable {
    case none
    /// Slugs that keep the letters of every script: `随机初始化`.
    case readable
    /// Only the ids that kramdown would give: `section-1`.
    case kramdown
    /// Readable ids and, for old deep links, the ids that kramdown would have given.
    case readableAndKramdown
  }

  /// `$$…$$`, and `\eqref{…}` in prose.
  package var math = true
  /// `$…$` by Pandoc's rule: no space next to the inner sides of the dollar signs, no digit after
  /// the second.
  package var singleDollarMath = false
  /// Pipe tables by GitHub's rules.
  package var tables = true
  /// kramdown's extensions: attribute lists, `{:toc}`, definition lists, abbreviations,
  /// `{::comment}`, `markdown="1"`, the `^` between lists, and tables without a header.
  package var kramdown = true
  /// `[^name]` and its definition.
  package var footnotes = true
  /// `~~text~~`.
  package var strikethrough = true
  /// `[ ]` and `[x]` at the start of list items.
  package var taskLists = true
  /// Bare URLs, `www.` and mail addresses as links.
  package var autolinks = true
  /// `> [!NOTE]` and its four siblings.
  package var alerts = true
  /// An image alone in its paragraph becomes a numbered figure.
  package var figures = true
  /// `nn` blocks and `` `nn …` `` spans are experiments.
  package var experiments = true
  /// `{title="…" lines="…"}` after a fence's language.
  package var fenceAttributes = true
  /// The ids of headings.
  package var headingIDs: HeadingIDs = .readable
  /// Emphasis works next to full-width punctuation, and a line break between two CJK characters
  /// leaves no space.
  package var cjk = true
  /// Curly quotes, dashes and ellipses, except next to CJK.
  package var smartPunctuation = false
  package let html: HTMLPolicy
  /// Whether tags such as `<your name>` and `vector<T>` are shown as text, with a warning, and
  /// `<a name="x"/>` is closed.
  package var repairsHTML = true
  /// GitHub's tag filter: `<script>`, `<iframe>` and seven others are shown as text.
  package var filtersTags = false
  /// The heading levels that `{:toc}` lists.
  package var tocLevels: ClosedRange<Int> = 1...6

  /// The whole dialect, the default of a site.
  package init(html: HTMLPolicy) { self.html = html }

  /// CommonMark 0.30 and nothing else.
  package static func commonMark(html: HTMLPolicy) -> MarkdownOptions {
    var options = MarkdownOptions(html: html)
    options.math = false
    options.tables = false
    options.kramdown = false
    options.footnotes = false
    options.strikethrough = false
    options.taskLists = false
    options.autolinks = false
    options.alerts = false
    options.figures = false
    options.experiments = false
    options.fenceAttributes = false
    options.headingIDs = .none
    options.cjk = false
    options.repairsHTML = false
    return options
  }

  /// The same dialect for a single line, such as a figure's caption.
  package func forCaption() -> MarkdownOptions {
    var options = self
    options.headingIDs = .none
    options.experiments = false
    return options
  }
}

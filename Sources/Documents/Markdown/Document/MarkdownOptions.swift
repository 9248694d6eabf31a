/// Which parts of the dialect an article is read with.
///
/// There is no way to them without saying what becomes of HTML, and no way to a ``Document`` without
/// them: what an author wrote cannot be read by accident as if it were trusted.
package struct MarkdownOptions: Hashable, Sendable {
  /// What becomes of HTML in an article.
  package enum HTMLPolicy: String, Hashable, Sendable, CaseIterable {
    /// HTML passes through as Jekyll lets it; pseudo-tags such as `<your name>` are shown as text.
    case pass
    /// For authors who are not trusted: HTML is shown as text, attributes are those of
    /// ``AttributePolicy``, links have one of a few schemes, and pictures come from the site itself.
    /// ``Document`` reads nothing that a browser would run or load from elsewhere.
    case escape

    /// The policy of a site where an article may ask for more: what one of the two escapes is escaped.
    package func tightened(by other: HTMLPolicy?) -> HTMLPolicy {
      other == .escape ? .escape : self
    }
  }

  /// Which ids headings get that do not name their own.
  package enum HeadingIDs: String, Hashable, Sendable {
    case none
    /// Slugs that keep the letters of every script: `随机初始化`.
    case readable
    /// The ids that kramdown would give, `section-1`, alone.
    case kramdown
    /// Readable ids, and beside each the one that kramdown would have given, for old deep links.
    case readableAndKramdown
  }

  /// `$$…$$`, and `\eqref{…}` in prose.
  package var math = true
  /// `$…$` by Pandoc's rule: no space inside the dollars, no digit after the second.
  package var singleDollarMath = false
  /// Pipe tables by GitHub's rules.
  package var tables = true
  /// What kramdown adds: attribute lists, `{:toc}`, definition lists, abbreviations, `{::comment}`,
  /// `markdown="1"`, the `^` between lists, and tables without a header.
  package var kramdown = true
  /// `[^name]` and its definition.
  package var footnotes = true
  /// `~~text~~`.
  package var strikethrough = true
  /// `[ ]` and `[x]` at the start of a list's items.
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
  /// Which ids headings get.
  package var headingIDs: HeadingIDs = .readable
  /// Emphasis works beside full-width punctuation, and a line break between two CJK characters
  /// leaves no space.
  package var cjk = true
  /// Curly quotes, dashes and ellipses, but not beside CJK.
  package var smartPunctuation = false
  package let html: HTMLPolicy
  /// Tags such as `<your name>` and `vector<T>` are shown as text, with a warning, and `<a name="x"/>`
  /// is closed.
  package var repairsHTML = true
  /// GitHub's tag filter: `<script>`, `<iframe>` and seven more are shown as text.
  package var filtersTags = false
  /// The heading levels that `{:toc}` lists.
  package var tocLevels: ClosedRange<Int> = 1...6

  /// The whole dialect, as a site has it by default.
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

/// How references to footnotes, and the footnotes at the end, are written: by default as kramdown does,
/// which `#fn:1` and `#fnref:1` in old notes rely on.
package struct FootnoteStyle: Hashable, Sendable {
  /// The prefix of the label in ids, so that several articles can be shown on one page.
  package var idPrefix = ""
  /// The number of the first footnote.
  package var firstNumber = 1
  /// The text of a reference; `%s` is its number.
  package var reference = "%s"
  /// The text of the link back.
  package var backlink = "↩"
  /// Whether the link back is in the footnote's last paragraph or heading at any depth, not only in a
  /// paragraph that is the footnote's last block.
  package var putsBacklinkInside = false
  /// Ids, classes and elements are those of cmark-gfm.
  package var isGitHubs = false

  /// kramdown's style.
  package init() {}

  /// The id of a footnote.
  func id(of footnote: Footnote) -> String {
    isGitHubs ? "fn\(number(of: footnote))" : "fn:" + idPrefix + footnote.label
  }

  /// The id of a reference to a footnote, the `use`th from 1.
  func id(ofReference use: Int, to footnote: Footnote) -> String {
    isGitHubs
      ? "fnref\(number(of: footnote))" + (use > 1 ? "-\(use)" : "")
      : "fnref:" + idPrefix + footnote.label + (use > 1 ? ":\(use - 1)" : "")
  }

  func number(of footnote: Footnote) -> Int { (footnote.number ?? 1) + firstNumber - 1 }

  func text(ofReferenceTo footnote: Footnote) -> String {
    reference.replacing("%s", with: String(number(of: footnote)))
  }
}

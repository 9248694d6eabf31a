/// The form of footnotes and of references to them. The default is kramdown's, on which links to
/// `#fn:1` and `#fnref:1` in old notes rely.
package struct FootnoteStyle: Hashable, Sendable {
  /// A prefix of the labels in ids, which allows several articles on one page.
  package var idPrefix = ""
  /// The number of the first footnote.
  package var firstNumber = 1
  /// The text of a reference, with `%s` for its number.
  package var reference = "%s"
  /// The text of the link back.
  package var backlink = "↩"
  /// Whether the link back is put inside the footnote's last paragraph or heading at any depth,
  /// rather than only in a paragraph that is the footnote's last block.
  package var putsBacklinkInside = false
  /// Whether ids, classes and elements are those of cmark-gfm.
  package var isGitHubs = false

  /// kramdown's style.
  package init() {}

  /// The id of a footnote.
  func id(of footnote: Footnote) -> String {
    isGitHubs ? "fn\(number(of: footnote))" : "fn:" + idPrefix + footnote.label
  }

  /// The id of a reference to a footnote; `use` counts its references from 1.
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

import Localization

/// Footnotes: the references in the text, and the notes at its end.
extension DocumentWriter {
  private var style: FootnoteStyle { renderer.footnotes }

  mutating func writeReference(_ node: Node) {
    let footnote = document.footnotes[Int(node.first)]
    let style = style
    let id = style.id(ofReference: Int(node.second), to: footnote)
    html.raw("<sup")
    if style.isGitHubs { html.attribute("class", "footnote-ref") } else { html.attribute("id", id) }
    html.raw("><a href=\"#")
    writeFragment(style.id(of: footnote))
    html.raw("\"")
    if style.isGitHubs {
      html.attribute("id", id)
    } else {
      html.raw(" class=\"footnote\" rel=\"footnote\" role=\"doc-noteref\"")
    }
    html.raw(">")
    html.text(style.text(ofReferenceTo: footnote))
    html.raw("</a></sup>")
  }

  /// Writes the footnotes that are referred to, in the order of their numbers.
  mutating func writeFootnotes() {
    guard !wroteFootnotes else { return }
    wroteFootnotes = true
    guard !document.footnoteOrder.isEmpty else { return }
    html.line()
    openFootnotes()
    for index in document.footnoteOrder {
      let footnote = document.footnotes[index]
      guard footnote.node >= 0 else { continue }
      html.raw("<li")
      html.attribute("id", style.id(of: footnote))
      html.raw(">\n")
      let content = footnote.node + 1..<Int(document.nodes[footnote.node].end)
      if let place = backlinkPlace(in: footnote.node) {
        backlinks = (place, index)
        writeNodes(content)
      } else {
        writeNodes(content)
        html.line()
        if !style.isGitHubs { html.raw("<p>") }
        backlinks = (-1, index)
        writeBacklinks()
        html.raw(style.isGitHubs ? "\n" : "</p>\n")
      }
      backlinks = nil
      html.raw("</li>\n")
    }
    html.raw(isPage || style.isGitHubs ? "</ol>\n</section>\n" : "</ol>\n</div>\n")
  }

  private mutating func openFootnotes() {
    if style.isGitHubs {
      html.raw("<section class=\"footnotes\">\n<ol")
    } else if isPage {
      html.raw("<section class=\"footnotes\" role=\"doc-endnotes\"")
      html.attribute("aria-label", words(.footnotes))
      html.raw(">\n<ol")
    } else {
      html.raw("<div class=\"footnotes\" role=\"doc-endnotes\">\n<ol")
    }
    if style.firstNumber != 1 { html.attribute("start", String(style.firstNumber)) }
    html.raw(">\n")
  }

  /// The block that ends with the links back; `nil` if they need a paragraph of their own.
  private func backlinkPlace(in footnote: Int) -> Int? {
    var parent = footnote
    while let last = document.children(of: parent).last(where: { document.nodes[$0].kind != .none })
    {
      switch document.nodes[last].kind {
      case .paragraph: return last
      case .figure where !isPage: return last
      case .heading where style.putsBacklinkInside: return last
      default: if !style.putsBacklinkInside { return nil }
      }
      parent = last
    }
    return nil
  }

  mutating func writeBacklinks() {
    guard let (node, index) = backlinks else { return }
    let footnote = document.footnotes[index]
    for use in 1...max(1, footnote.uses) {
      if use > 1 || node >= 0 { html.raw(style.isGitHubs ? " " : "&#160;") }
      html.raw("<a href=\"#")
      writeFragment(style.id(ofReference: use, to: footnote))
      html.raw(
        style.isGitHubs
          ? "\" class=\"footnote-backref\"" : "\" class=\"reversefootnote\" role=\"doc-backlink\"")
      if isPage { html.attribute("aria-label", words(.backToText)) }
      html.raw(">")
      html.text(style.backlink)
      if use > 1 {
        html.raw("<sup>")
        html.raw(use)
        html.raw("</sup>")
      }
      html.raw("</a>")
    }
  }
}

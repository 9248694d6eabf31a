import Localization

/// Headings, and the table of contents that lists them.
extension DocumentWriter {
  mutating func openHeading(_ index: Int, _ node: Node) {
    let heading = document.headings[Int(node.first)]
    isTitle = isPage && isTitle(heading, at: Int(node.first))
    html.line()
    html.raw("<h")
    html.raw(heading.level)
    var attributes = list(node) ?? AttributeList()
    attributes.id = heading.id
    write(attributes, of: node)
    html.raw(">")
    headingStart = (html.bytes.count, typesetFormulas)
    if !isPage, renderer.linksHeadings, let id = heading.id {
      html.raw("<a href=\"#")
      html.url(id)
      html.raw("\"></a>")
    }
    if let old = heading.kramdownID {
      html.raw("<span")
      html.attribute("id", old)
      html.raw("></span>")
    }
    push(.heading, index)
  }

  mutating func closeHeading(_ index: Int) {
    let place = Int(document.nodes[index].first)
    let heading = document.headings[place]
    if backlinks?.node == index { writeBacklinks() }
    if isPage { noteHeading(heading, at: place) }
    if isTitle {
      // The template shows the title, so the body starts after it.
      title = headings[place]
      isTitle = false
      html.bytes = [0x0A]
      return
    }
    if isPage, let id = heading.id {
      html.raw(" <a class=\"heading-anchor\" href=\"#")
      writeFragment(id)
      html.raw("\"")
      html.attribute("aria-label", words(.linkToSection))
      html.raw(">#</a>")
    }
    html.raw("</h")
    html.raw(heading.level)
    html.raw(">\n")
  }

  /// Whether a heading at the start of the page is the page's title.
  private func isTitle(_ heading: Heading, at index: Int) -> Bool {
    index == 0 && heading.level == 1 && heading.id != nil && heading.text == renderer.title
      && html.bytes.isEmpty
  }

  /// Records what was written between the tags of a heading that is about to be closed.
  private mutating func noteHeading(_ heading: Heading, at index: Int) {
    let content = String(decoding: html.bytes[headingStart.offset...], as: UTF8.self)
    headings[index] = RenderedDocument.Heading(
      id: heading.id, html: content, label: label(of: heading) ?? content,
      hasFormulas: typesetFormulas > headingStart.formulas)
  }

  /// The heading's content without links, footnotes and images; `nil` if it has none of them.
  private mutating func label(of heading: Heading) -> String? {
    let content = heading.node + 1..<Int(document.nodes[heading.node].end)
    let holdsLinks = document.nodes[content].contains {
      switch $0.kind {
      case .link, .footnoteReference, .html, .image: true
      default: false
      }
    }
    guard holdsLinks, !isLinkless else { return nil }
    var written = HTMLBytes()
    swap(&written, &html)
    isLinkless = true
    writeNodes(content)
    isLinkless = false
    swap(&written, &html)
    return written.string
  }

  // MARK: Contents

  /// Writes the table of contents: nested lists of links to the headings.
  mutating func writeContents(_ node: Node) {
    // Only once, as in kramdown: a second table would have the same ids.
    guard !wroteContents else { return }
    wroteContents = true
    let levels = document.options.tocLevels
    let headings = document.headings.filter {
      $0.isInContents && levels.contains($0.level) && $0.id != nil
    }
    guard !headings.isEmpty else { return }
    let isOrdered = node.isOrdered
    html.line()
    if isPage {
      html.raw("<nav class=\"contents\"")
      html.attribute("aria-label", words(.tableOfContents))
      html.raw(">\n")
    }
    var attributes = list(node) ?? AttributeList()
    attributes.id = attributes.id ?? "markdown-toc"
    var open: [Int] = []
    for heading in headings {
      if let last = open.last, heading.level > last {
        html.raw(isOrdered ? "\n<ol>\n" : "\n<ul>\n")
        open.append(heading.level)
      } else if open.isEmpty {
        html.raw(isOrdered ? "<ol" : "<ul")
        write(attributes, of: node)
        html.raw(">\n")
        open.append(heading.level)
      } else {
        html.raw("</li>\n")
        while open.count > 1, heading.level <= open[open.count - 2] {
          html.raw(isOrdered ? "</ol>\n</li>\n" : "</ul>\n</li>\n")
          open.removeLast()
        }
        open[open.count - 1] = heading.level
      }
      writeContentsLink(heading)
    }
    for depth in open.indices {
      html.raw("</li>\n")
      html.raw(isOrdered ? "</ol>\n" : "</ul>\n")
      if depth == open.count - 1 { break }
    }
    if isPage { html.raw("</nav>\n") }
  }

  private mutating func writeContentsLink(_ heading: Heading) {
    let id = heading.id ?? ""
    html.raw("<li><a href=\"#")
    writeFragment(id)
    html.raw("\"")
    html.attribute("id", "markdown-toc-" + id)
    html.raw(">")
    var at = heading.node + 1
    while at < Int(document.nodes[heading.node].end) {
      let node = document.nodes[at]
      switch node.kind {
      case .link, .footnoteReference: at += 1
      case .html: at += 1
      case .emphasis, .strong, .strikethrough:
        writeNodes(at..<Int(node.end))
        at = Int(node.end)
      case .image:
        html.text(document.links[Int(node.first)].text)
        at = Int(node.end)
      default:
        writeNodes(at..<Int(node.end))
        at = Int(node.end)
      }
    }
    html.raw("</a>")
  }
}

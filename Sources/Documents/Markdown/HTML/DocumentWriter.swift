import Diagnostics
import Localization

/// Writes one document: walks the nodes and keeps a stack of the open elements.
struct DocumentWriter {
  /// An open element, to be closed at the end of its node.
  struct Closing {
    var end: Int
    var node: Int
    /// The element to close.
    var tag: Tag
  }

  enum Tag {
    case none, quote, aside, unorderedList, orderedList, item, definitionList, definition, element
    case paragraph, bare, heading, term, headerCell, cell, figure
    case table, head, body, foot, row
    case emphasis, strong, deleted, link, refusedLink
  }

  let document: Document
  let renderer: HTMLRenderer
  var html = HTMLBytes()
  var closings: [Closing] = []
  /// The paragraph that receives the links back from a footnote, and that footnote.
  var backlinks: (node: Int, footnote: Int)?
  var wroteFootnotes = false
  var wroteContents = false
  /// The number of open links; links cannot be nested.
  private var linkDepth = 0
  /// Whether a heading's content is written a second time, to be put inside a link, possibly on
  /// another page: without links, footnotes and images.
  var isLinkless = false
  /// The paragraph that starts with the check box of its item.
  var taskParagraph = -1
  /// The anchors by id, for references.
  private lazy var anchors = Dictionary(
    document.anchors.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })

  /// What is recorded of each heading, by its index.
  var headings: [RenderedDocument.Heading]
  var title: RenderedDocument.Heading?
  /// Whether the open heading is the page's title.
  var isTitle = false
  /// The offset at which the content of the open heading starts, and how many formulas were typeset
  /// before it.
  var headingStart = (offset: 0, formulas: 0)
  var typesetFormulas = 0
  var summary = ""
  /// The offset at which the content of the open paragraph starts.
  var paragraphStart: Int?
  var rewriter = AddressRewriter()
  var rawAddresses: [RenderedDocument.RawAddress] = []

  var isPage: Bool { renderer.markup == .page }
  /// Whether HTML is not allowed in the document. The parser escapes it, but the writer does not
  /// rely on that.
  var isEscaped: Bool { document.options.html == .escape }
  var words: Words { renderer.words }

  init(_ document: Document, _ renderer: HTMLRenderer) {
    self.document = document
    self.renderer = renderer
    headings = document.headings.map { .init(id: $0.id) }
    html.bytes.reserveCapacity(document.text.count * 2)
  }

  mutating func write() -> RenderedDocument {
    writeNodes(onlyParagraph ?? 1..<document.nodes.count)
    if !wroteFootnotes { writeFootnotes() }
    return RenderedDocument(
      body: html.bytes, title: title, headings: headings, summary: summary,
      rawAddresses: rawAddresses)
  }

  /// The nodes inside the only paragraph or figure of a document that is to be written as a line.
  private var onlyParagraph: Range<Int>? {
    guard renderer.isLine, document.footnoteOrder.isEmpty else { return nil }
    let children = document.children(of: 0).filter { document.nodes[$0].kind != .none }
    guard children.count == 1, case let node = document.nodes[children[0]],
      node.kind == .paragraph || node.kind == .figure, node.attributes < 0
    else { return nil }
    return children[0] + 1..<Int(node.end)
  }

  /// Writes the nodes of a range of whole subtrees.
  mutating func writeNodes(_ range: Range<Int>) {
    let depth = closings.count
    var at = range.lowerBound
    while at < range.upperBound {
      while closings.count > depth, let last = closings.last, last.end <= at { close(last) }
      at = open(at)
    }
    while closings.count > depth, let last = closings.last { close(last) }
  }

  /// Writes the start of a node and pushes its closing.
  ///
  /// - Returns: The next node: the first child, or the one after the node.
  private mutating func open(_ index: Int) -> Int {
    let node = document.nodes[index]
    switch node.kind {
    case .text: writeText(of: index)
    case .paragraph: openParagraph(index, node)
    case .emphasis: push(.emphasis, index, "<em", "em")
    case .strong: push(.strong, index, "<strong", "strong")
    case .strikethrough: push(.deleted, index, "<del", "del")
    case .code:
      html.raw("<code")
      writeAttributes(node)
      html.raw(">")
      writeText(of: index)
      html.raw("</code>")
    case .lineBreak: html.raw("<br />\n")
    case .html:
      if isEscaped { writeText(of: index) } else { writeInlineHTML(index, node) }
    case .link: openLink(index, node)
    case .image:
      writeImage(index, node)
      return Int(node.end)
    case .abbreviation:
      html.raw("<abbr")
      writeAttributes(node)
      html.raw(">")
      writeText(of: index)
      html.raw("</abbr>")
    case .formula: writeFormula(document.formulas[Int(node.first)], node)
    case .inlineValue: writeValue(document.inlineValues[Int(node.first)])
    case .footnoteReference: if !isLinkless { writeReference(node) }
    case .footnote: return Int(node.end)
    case .none, .document: break
    default: openBlock(index, node)
    }
    return index + 1
  }

  private mutating func push(_ tag: Tag, _ index: Int, _ start: StaticString, _ name: StaticString)
  {
    html.raw(start)
    writeAttributes(document.nodes[index])
    html.raw(">")
    push(tag, index)
  }

  private mutating func writeText(of index: Int) {
    let text = document.text
    html.text(text.span.extracting(document.textRange(of: index)))
  }

  mutating func push(_ tag: Tag, _ index: Int) {
    closings.append(Closing(end: Int(document.nodes[index].end), node: index, tag: tag))
  }

  func list(_ node: Node) -> AttributeList? {
    node.attributes >= 0 ? document.attributeLists[Int(node.attributes)] : nil
  }

  mutating func writeAttributes(
    _ node: Node, classes: String = "", except: Set<String> = []
  ) {
    guard node.attributes >= 0 || !classes.isEmpty else { return }
    write(list(node), of: node, classes: classes, except: except)
  }

  /// Writes an id on this page as the part of an address after `#`.
  mutating func writeFragment(_ id: String) {
    if isPage { html.fragment(id) } else { html.url(id) }
  }

  /// Takes the summary from the paragraph that is about to be closed, unless an earlier one had
  /// text.
  mutating func summarizeParagraph() {
    guard let start = paragraphStart else { return }
    paragraphStart = nil
    guard isPage, summary.isEmpty, !isLinkless else { return }
    summary = PlainText.shortened(
      PlainText.of(html.bytes[start...]), to: renderer.summaryLength)
  }

  private mutating func openParagraph(_ index: Int, _ node: Node) {
    if node.isBare {
      push(.bare, index)
      return
    }
    html.line()
    html.raw("<p")
    writeAttributes(node)
    html.raw(">")
    paragraphStart = html.bytes.count
    if taskParagraph == index { writeTaskBox(document.nodes[index - 1].isDone) }
    push(.paragraph, index)
  }

  private mutating func close(_ closing: Closing) {
    closings.removeLast()
    switch closing.tag {
    case .none: break
    case .bare: if backlinks?.node == closing.node { writeBacklinks() }
    case .paragraph:
      if backlinks?.node == closing.node { writeBacklinks() }
      summarizeParagraph()
      html.raw("</p>\n")
    case .emphasis: html.raw("</em>")
    case .strong: html.raw("</strong>")
    case .deleted: html.raw("</del>")
    case .link:
      linkDepth -= 1
      html.raw("</a>")
    case .refusedLink: html.raw("</span>")
    default: closeBlock(closing)
    }
  }

  // MARK: Inlines

  private mutating func openLink(_ index: Int, _ node: Node) {
    let link = document.links[Int(node.first)]
    guard link.treatment != .text else {
      push(.refusedLink, index, "<span", "span")
      return
    }
    if isLinkless {
      if link.isCrossReference { html.text(referenceText(link, style: node.equationStyle)) }
      return
    }
    html.raw("<a href=\"")
    writeDestination(of: link)
    html.raw("\"")
    if !link.title.isEmpty { html.attribute("title", link.title) }
    let isReference = link.isCrossReference
    writeAttributes(node, classes: isReference && isPage ? "reference" : "")
    html.raw(">")
    if isReference {
      let text = referenceText(link, style: node.equationStyle)
      html.text(text)
    }
    linkDepth += 1
    push(.link, index)
  }

  private mutating func writeDestination(of link: Link) {
    if case .address(let address) = renderer.hooks.link(link) {
      html.text(address)
    } else {
      html.url(link.destination)
    }
  }

  /// The text of `[](#id)`: "Figure 3", or a heading's text.
  private mutating func referenceText(_ link: Link, style: Node.EquationStyle) -> String {
    let id = String(link.destination.dropFirst())
    guard let anchor = anchors[id] else {
      return renderer.hooks.crossReference(id) ?? (style == .named ? "#" + id : "(?)")
    }
    switch anchor.target {
    case .heading(let index): return document.headings[index].text
    case .term(let node): return document.plainText(of: node)
    case .figure(let number): return words(.figureNumber(number: "\(number)"))
    case .table(let number): return words(.tableNumber(number: "\(number)"))
    case .equation(let number):
      switch style {
      case .parenthesized: return "(\(number))"
      case .bare: return number
      case .named: return words(.equationNumber(number: "\(number)"))
      }
    case .experiment(let code):
      return renderer.hooks.crossReference(id)
        ?? words(.figureNumber(number: "\(document.codeBlocks[code].figure ?? 0)"))
    case .footnote, .other: return renderer.hooks.crossReference(id) ?? "#" + id
    }
  }

  private mutating func writeImage(_ index: Int, _ node: Node) {
    let link = document.links[Int(node.first)]
    if isLinkless {
      // The image may be shown on another page, where its address would be wrong.
      html.text(link.text)
      return
    }
    guard link.treatment == .asWritten else {
      writeImageAsText(link, node)
      return
    }
    if isPage, renderer.hooks.link(link) == .missing {
      html.raw("<span class=\"missing-image\">")
      html.text(link.text.isEmpty ? link.destination : "\(link.text) (\(link.destination))")
      html.raw("</span>")
      return
    }
    html.raw("<img src=\"")
    writeDestination(of: link)
    html.raw("\"")
    html.attribute("alt", link.text)
    if !link.title.isEmpty { html.attribute("title", link.title) }
    if isPage {
      let attributes = list(node)
      if attributes?["width"] == nil, attributes?["height"] == nil,
        let size = renderer.hooks.imageSize(link)
      {
        html.attribute("width", String(size.width))
        html.attribute("height", String(size.height))
      }
      if attributes?["loading"] == nil { html.raw(" loading=\"lazy\" decoding=\"async\"") }
    }
    writeAttributes(node)
    html.raw(" />")
  }

  /// Writes an image that is not shown: as a link to it, or as its alternative text.
  private mutating func writeImageAsText(_ link: Link, _ node: Node) {
    let isLink = link.treatment == .link && linkDepth == 0
    if isLink {
      html.raw("<a href=\"")
      html.url(link.destination)
      html.raw("\"")
      if !link.title.isEmpty { html.attribute("title", link.title) }
    } else {
      html.raw("<span")
    }
    writeAttributes(node, classes: isPage ? "outside-image" : "", except: ["alt"])
    html.raw(">")
    html.text(link.text.isEmpty ? link.destination : link.text)
    html.raw(isLink ? "</a>" : "</span>")
  }

  private mutating func writeFormula(_ formula: Formula, _ node: Node) {
    if let typeset = renderer.hooks.formula(formula) {
      typesetFormulas += 1
      let ids = formula.labels
      if !ids.isEmpty || node.attributes >= 0 {
        html.raw("<span")
        writeAttributes(node)
        if list(node)?.id == nil, let id = ids.first { html.attribute("id", id.id) }
        html.raw(">")
        html.raw(typeset)
        html.raw("</span>")
      } else {
        html.raw(typeset)
      }
      return
    }
    writeSource(formula, "\\(", "\\)")
  }

  /// Writes a formula that is not typeset.
  mutating func writeSource(_ formula: Formula, _ open: StaticString, _ close: StaticString) {
    if isPage {
      html.raw("<code class=\"formula-source\">")
      html.text(formula.tex.bytes[...])
      html.raw("</code>")
    } else if renderer.formulaSource == .dollars {
      html.raw("<span class=\"kdmath\">$")
      html.text(formula.tex.bytes[...])
      html.raw("$</span>")
    } else {
      let tex = formula.tex.bytes
      let start = tex.firstIndex { !isWhitespace($0) } ?? 0
      let end = (tex.lastIndex { !isWhitespace($0) } ?? -1) + 1
      html.raw(open)
      html.text(tex[start..<max(start, end)])
      html.raw(close)
    }
  }

  private mutating func writeValue(_ value: InlineValue) {
    if let result = renderer.hooks.inlineValue(value) {
      html.raw(result)
      return
    }
    html.raw(isPage ? "<code class=\"value\">" : "<code>")
    html.raw("nn ")
    html.text(value.expression.bytes[...])
    html.raw("</code>")
  }
}

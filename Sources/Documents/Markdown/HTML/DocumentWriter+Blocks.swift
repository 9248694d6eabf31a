import Diagnostics
import Localization

extension DocumentWriter {
  mutating func openBlock(_ index: Int, _ node: Node) {
    switch node.kind {
    case .heading: openHeading(index, node)
    case .blockQuote: openTag("<blockquote", .quote, index, node, newline: true)
    case .alert: openAlert(index, node)
    case .list: openList(index, node)
    case .item: openItem(index, node)
    case .definitionList: openTag("<dl", .definitionList, index, node, newline: true)
    case .term: openTag("<dt", .term, index, node, newline: false)
    case .definition: openTag("<dd", .definition, index, node, newline: false)
    case .table: openTable(index, node)
    case .tableHead: openTag("<thead", .head, index, node, newline: true)
    case .tableBody: openTag("<tbody", .body, index, node, newline: true)
    case .tableFoot: openTag("<tfoot", .foot, index, node, newline: true)
    case .tableRow: openTag("<tr", .row, index, node, newline: true)
    case .tableCell: openCell(index, node)
    case .figure: openFigure(index, node)
    case .thematicBreak:
      html.line()
      html.raw("<hr")
      writeAttributes(node)
      html.raw(" />\n")
    case .codeBlock: writeCode(document.codeBlocks[Int(node.first)], node)
    case .htmlBlock, .htmlElement:
      if isEscaped {
        html.text(document.textBytes(of: index))
      } else if node.kind == .htmlBlock {
        writeHTMLBlock(index, node)
      } else {
        openElement(index, node)
      }
    case .formulaBlock: writeFormulaBlock(document.formulas[Int(node.first)], node)
    case .tableOfContents: writeContents(node)
    case .footnotePlace: writeFootnotes()
    default: break
    }
  }

  private mutating func openTag(
    _ start: StaticString, _ tag: Tag, _ index: Int, _ node: Node, newline: Bool
  ) {
    html.line()
    html.raw(start)
    writeAttributes(node)
    html.raw(newline ? ">\n" : ">")
    push(tag, index)
  }

  mutating func closeBlock(_ closing: Closing) {
    switch closing.tag {
    case .quote:
      html.line()
      html.raw("</blockquote>\n")
    case .aside:
      html.line()
      html.raw("</aside>\n")
    case .unorderedList: html.raw("</ul>\n")
    case .orderedList: html.raw("</ol>\n")
    case .item: html.raw("</li>\n")
    case .definitionList: html.raw("</dl>\n")
    case .definition: html.raw("</dd>\n")
    case .term: html.raw("</dt>\n")
    case .element: closeElement(closing.node)
    case .heading: closeHeading(closing.node)
    case .headerCell: html.raw("</th>\n")
    case .cell: html.raw("</td>\n")
    case .head: html.raw("</thead>\n")
    case .body: html.raw("</tbody>\n")
    case .foot: html.raw("</tfoot>\n")
    case .row: html.raw("</tr>\n")
    case .table: html.raw(isPage ? "</table>\n</div>\n" : "</table>\n")
    case .figure: closeFigure(closing.node)
    default: break
    }
  }

  // MARK: Lists and quotations

  private mutating func openAlert(_ index: Int, _ node: Node) {
    let kind = node.alertKind
    html.line()
    html.raw("<aside")
    writeAttributes(node, classes: "alert \(kind.name)")
    html.raw(">\n<p class=\"alert-title\">")
    html.text(words(kind.title))
    html.raw("</p>\n")
    push(.aside, index)
  }

  private mutating func openList(_ index: Int, _ node: Node) {
    let isOrdered = node.isOrdered
    html.line()
    html.raw(isOrdered ? "<ol" : "<ul")
    if isOrdered, node.first != 1 { html.attribute("start", String(node.first)) }
    let hasTasks =
      isPage && document.nodes.count > index + 1 && document.nodes[index + 1].isTask
    writeAttributes(node, classes: hasTasks && !isOrdered ? "tasks" : "")
    html.raw(">\n")
    push(isOrdered ? .orderedList : .unorderedList, index)
  }

  private mutating func openItem(_ index: Int, _ node: Node) {
    html.line()
    let isTask = node.isTask
    let isDone = node.isDone
    html.raw("<li")
    writeAttributes(node, classes: isTask && isPage ? "task" : "")
    html.raw(">")
    if isTask {
      // On a page, the box is in the line of the task's text, not above its paragraph. An item that
      // contains only a link definition has no box.
      let first = Int(node.end) > index + 1 ? document.nodes[index + 1] : nil
      if isPage, let first, case .paragraph = first.kind, !first.isBare {
        taskParagraph = index + 1
      } else {
        writeTaskBox(isDone)
      }
    }
    push(.item, index)
  }

  mutating func writeTaskBox(_ isDone: Bool) {
    html.raw("<input type=\"checkbox\"")
    if isDone { html.raw(" checked=\"\"") }
    html.raw(" disabled=\"\"")
    if isPage { html.attribute("aria-label", words(isDone ? .taskDone : .taskOpen)) }
    html.raw(" /> ")
  }

  // MARK: Tables

  private mutating func openTable(_ index: Int, _ node: Node) {
    html.line()
    if isPage { html.raw("<div class=\"table-scroll\" tabindex=\"0\">\n") }
    html.raw("<table")
    let attributes = list(node)
    writeAttributes(node, except: ["caption", "widths"])
    html.raw(">\n")
    if node.second > 0 || attributes?["caption"] != nil {
      html.raw("<caption><span class=\"number\">")
      html.text(words(.tableNumber(number: "\(node.second)")))
      html.raw("</span>")
      if let caption = attributes?["caption"] {
        html.raw(" ")
        html.text(caption)
      }
      html.raw("</caption>\n")
    }
    if let widths = attributes?["widths"] { writeWidths(widths) }
    push(.table, index)
  }

  /// Writes `widths="20 80"` as columns of that many percent.
  private mutating func writeWidths(_ widths: String) {
    html.raw("<colgroup>")
    for width in widths.split(whereSeparator: { $0 == " " || $0 == "," }) {
      html.raw("<col")
      if let number = Int(width.filter { $0 != "%" }), (0...100).contains(number) {
        html.attribute("style", "width: \(number)%")
      }
      html.raw(" />")
    }
    html.raw("</colgroup>\n")
  }

  private mutating func openCell(_ index: Int, _ node: Node) {
    let isHeader = node.isHeader
    html.line()
    html.raw(isHeader ? "<th" : "<td")
    switch node.alignment {
    case .none: break
    case .left: html.raw(" style=\"text-align: left\"")
    case .center: html.raw(" style=\"text-align: center\"")
    case .right: html.raw(" style=\"text-align: right\"")
    }
    if isHeader, isPage { html.raw(" scope=\"col\"") }
    writeAttributes(node)
    html.raw(">")
    // As in kramdown.
    if !isPage, document.options.kramdown, Int(node.end) == index + 1 { html.raw("&#160;") }
    push(isHeader ? .headerCell : .cell, index)
  }

  // MARK: Figures

  private mutating func openFigure(_ index: Int, _ node: Node) {
    html.line()
    html.raw(isPage ? "<figure" : "<p")
    writeAttributes(node, classes: isPage ? "figure" : "")
    html.raw(">")
    push(.figure, index)
  }

  private mutating func closeFigure(_ index: Int) {
    guard isPage else {
      if backlinks?.node == index { writeBacklinks() }
      html.raw("</p>\n")
      return
    }
    let node = document.nodes[index]
    let link = document.links[Int(document.nodes[index + 1].first)]
    let caption = link.title.isEmpty ? link.text : link.title
    if node.second > 0 {
      html.raw("<figcaption><span class=\"number\">")
      html.text(words(.figureNumber(number: "\(node.second)")))
      html.raw("</span>")
      if !caption.isEmpty {
        html.raw(" ")
        html.text(caption)
      }
      html.raw("</figcaption>")
    }
    html.raw("</figure>\n")
  }

  // MARK: Formulas

  private mutating func writeFormulaBlock(_ formula: Formula, _ node: Node) {
    html.line()
    let typeset = renderer.hooks.formula(formula)
    if !isPage, typeset == nil, renderer.formulaSource == .dollars {
      html.raw("<div")
      writeAttributes(node, classes: "kdmath")
      html.raw(">$$\n")
      html.text(formula.tex.bytes[...])
      html.raw("\n$$</div>\n")
      return
    }
    guard isPage || typeset != nil || node.attributes >= 0 else {
      writeSource(formula, "\\[", "\\]")
      html.raw("\n")
      return
    }
    html.raw("<div")
    writeAttributes(node, classes: isPage ? "formula" : "")
    if list(node)?.id == nil, let label = formula.labels.first { html.attribute("id", label.id) }
    html.raw(">")
    for label in formula.labels.dropFirst() {
      html.raw("<span")
      html.attribute("id", label.id)
      html.raw("></span>")
    }
    if let typeset { html.raw(typeset) } else { writeSource(formula, "\\[", "\\]") }
    html.raw("</div>\n")
  }
}

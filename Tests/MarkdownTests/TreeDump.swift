import Diagnostics
@testable import Markdown

/// A document's tree as text: one line for each node, with its position in the file and all of its
/// details, so that any change of the tree shows.
struct TreeDump {
  private let document: Document
  private(set) var text = ""

  init(_ document: Document) {
    self.document = document
    var ends: [Int32] = []
    for (index, node) in document.nodes.enumerated() where node.kind != .none {
      while let last = ends.last, last <= Int32(index) { ends.removeLast() }
      text += String(repeating: "  ", count: ends.count)
      text += "\(node.kind) \(place(node.range))"
      for fact in facts(index, node) { text += " " + fact }
      text += "\n"
      ends.append(node.end)
    }
    for footnote in document.footnotes {
      text += "footnote \(footnote.label): "
      text += footnote.number.map { "number \($0), used \(footnote.uses) times\n" } ?? "unused\n"
    }
    for anchor in document.anchors {
      text += "#\(anchor.id) \(place(anchor.range)) \(anchor.target)\n"
    }
    for diagnostic in document.diagnostics + document.unresolvedReferences() {
      text += diagnostic.rendered { _ in document.file }
    }
  }

  private func place(_ range: Range<Int>) -> String {
    let start = document.file.position(of: range.lowerBound)
    let end = document.file.position(of: range.upperBound)
    return "\(start.line):\(start.column)-\(end.line):\(end.column)"
  }

  private func facts(_ index: Int, _ node: Node) -> [String] {
    var facts: [String] = []
    switch node.kind {
    case .heading:
      let heading = document.headings[Int(node.first)]
      facts.append("level \(heading.level)")
      if !heading.isInContents { facts.append("not in contents") }
    case .list:
      facts.append(node.isOrdered ? "ordered from \(node.first)" : "unordered")
      if node.isLoose { facts.append("loose") }
    case .item: if node.isTask { facts.append(node.isDone ? "done" : "to do") }
    case .definition: if node.isLooseDefinition { facts.append("loose") }
    case .paragraph: if node.isBare { facts.append("bare") }
    case .tableCell:
      facts.append("\(node.alignment)")
      if node.isHeader { facts.append("header") }
    case .alert: facts.append("\(node.alertKind)")
    case .table, .figure: if node.second > 0 { facts.append("number \(node.second)") }
    case .codeBlock: facts += self.facts(of: document.codeBlocks[Int(node.first)])
    case .formula, .formulaBlock:
      let formula = document.formulas[Int(node.first)]
      facts.append(formula.tex.text.debugDescription)
      if formula.isDisplay { facts.append("display") }
    case .inlineValue:
      facts.append(document.inlineValues[Int(node.first)].expression.text.debugDescription)
    case .link, .image:
      let link = document.links[Int(node.first)]
      facts.append("to \(link.destination.debugDescription)")
      if !link.title.isEmpty { facts.append("title \(link.title.debugDescription)") }
    case .footnote, .footnoteReference:
      facts.append(document.footnotes[Int(node.first)].label)
    default: if node.isText { facts.append(document.text(of: index).debugDescription) }
    }
    if let list = document.attributes(of: index), !list.isEmpty {
      var attributes = list.id.map { ["#" + $0] } ?? []
      attributes += list.classes.map { "." + $0 }
      attributes += list.pairs.map { "\($0.name)=\($0.value.debugDescription)" }
      facts.append("{" + attributes.joined(separator: " ") + "}")
    }
    return facts
  }

  private func facts(of code: CodeBlock) -> [String] {
    var facts = [code.isFenced ? "fenced" : "indented"]
    let info = code.info
    if !info.language.isEmpty { facts.append(info.language) }
    if let title = info.title { facts.append("title \(title.debugDescription)") }
    if !info.highlightedLines.isEmpty { facts.append("marked \(info.highlightedLines)") }
    if let first = info.firstLineNumber { facts.append("numbered from \(first)") }
    if let include = info.include {
      facts.append("of \(include.path)" + (include.lines.map { " lines \($0)" } ?? ""))
    }
    if let experiment = info.experiment { facts.append("experiment \(experiment.id ?? "-")") }
    facts.append(code.content.text.debugDescription)
    return facts
  }
}

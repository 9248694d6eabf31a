/// Opening and closing of blocks, and what is attached to a block when it opens or closes.
extension BlockParser {
  func accepts(_ parent: Node.Kind, _ child: Node.Kind) -> Bool {
    switch (parent, child) {
    case (.list, .item), (.definitionList, .definition), (.definitionList, .term): true
    case (_, .item), (_, .definition): false
    case (.document, _), (.blockQuote, _), (.alert, _), (.item, _), (.definition, _),
      (.footnote, _), (.htmlElement, _):
      true
    default: false
    }
  }

  func holdsRawLines(_ kind: Node.Kind) -> Bool {
    switch kind {
    case .codeBlock, .htmlBlock, .formulaBlock: return true
    default: return false
    }
  }

  mutating func closeUntil(accepting kind: Node.Kind) {
    while !accepts(open[open.count - 1].kind, kind) { closeLast() }
  }

  mutating func closeTo(_ depth: Int) {
    while open.count > depth { closeLast() }
  }

  /// Whether another container may be opened here; the first one too many is reported.
  mutating func fits(_ start: Int) -> Bool {
    guard open.count >= Self.maximumDepth else { return true }
    if !toldOfDepth { diagnostics.append(.nestedTooDeeply(start..<start + 1, file)) }
    toldOfDepth = true
    return false
  }

  /// Adds a block inside the innermost open one that accepts it, and opens it.
  @discardableResult
  mutating func add(_ kind: Node.Kind, from start: Int) -> Int {
    closeUntil(accepting: kind)
    let parent = open[open.count - 1]
    if parent.lastChild >= 0, endsBlank(parent.lastChild) {
      // A blank line separates two children of an item, or two items.
      switch parent.kind {
      case .list: nodes[parent.node].isLoose = true
      case .item: nodes[open[open.count - 2].node].isLoose = true
      default: break
      }
    }
    let node = nodes.count
    nodes.append(Node(kind, start..<lineEnd, end: node + 1))
    open[open.count - 1].previousChild = parent.lastChild
    open[open.count - 1].lastChild = node
    open.append(Open(kind: kind, node: node, startLine: lineNumber))
    if let pending = pendingAttributes, kind != .item, kind != .definition {
      pendingAttributes = nil
      if pending.line == lineNumber - 1 {
        attach(pending.list, to: node)
      } else {
        diagnostics.append(.strayAttributeList(at: pending.range, in: file))
      }
    }
    return node
  }

  private func endsBlank(_ node: Int) -> Bool { nodes[node].endsBlank }

  /// Closes the innermost open block; its node ends here.
  mutating func closeLast() {
    let last = open[open.count - 1]
    switch last.kind {
    case .paragraph: finishParagraph()
    case .table: finishTable(last)
    case .codeBlock: finishCode(last)
    case .formulaBlock: finishFormula(last)
    case .htmlBlock: finishHTML(last)
    case .htmlElement: finishElement(last)
    case .list: finishList(last.node)
    default: break
    }
    let node = open[open.count - 1].node
    nodes[node].end = Int32(nodes.count)
    switch last.kind {
    case .thematicBreak, .heading: break
    case .list, .item:
      if last.lastChild >= 0, last.lastChild < nodes.count, endsBlank(last.lastChild) {
        nodes[node].endsBlank = true
      }
      fallthrough
    default: nodes[node].stop = max(nodes[node].start, UInt32(lastContentEnd))
    }
    open.removeLast()
  }

  mutating func attach(_ list: AttributeList, to node: Int) {
    guard !list.isEmpty else { return }
    if nodes[node].attributes >= 0 {
      attributeLists[Int(nodes[node].attributes)].merge(list)
    } else {
      nodes[node].attributes = Int32(attributeLists.count)
      attributeLists.append(list)
    }
  }

  mutating func dropPendingAttributes() {
    guard let pending = pendingAttributes else { return }
    pendingAttributes = nil
    diagnostics.append(.strayAttributeList(at: pending.range, in: file))
  }

  /// Adds the rest of the line, from `start`, to the open leaf.
  mutating func addSegment(_ start: Int, end: Int? = nil, indented: Int = 0) {
    segments.append(
      Segment(start: Int32(start), end: Int32(end ?? lineEnd), indent: Int32(indented)))
    nodes[open[open.count - 1].node].second += 1
  }
}

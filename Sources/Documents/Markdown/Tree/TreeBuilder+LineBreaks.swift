/// Line breaks within text, which leave no space between two CJK characters.
extension TreeBuilder {
  /// Removes the line breaks between two CJK characters.
  mutating func resolveBreaks() {
    guard !breaks.isEmpty else { return }
    var dropped: [Int] = []
    var last = 0
    for (offset, start) in breaks {
      // Nodes and breaks are both in ascending order.
      let node = nodeAt(offset, from: max(start, last))
      last = node
      // A leaf's text is contiguous and in order: neighbors in it are neighbors on the page, unless
      // a formula, an image or the like is between them.
      guard let before = document.text.scalar(before: offset, from: 0),
        ScalarClass.isWrittenWithoutSpaces(before), offset + 1 < document.text.count,
        ScalarClass.isWrittenWithoutSpaces(document.text.scalar(at: offset + 1)),
        isBetweenTexts(offset, node)
      else { continue }
      dropped.append(offset)
    }
    breaks.removeAll(keepingCapacity: true)
    if !dropped.isEmpty { removeFromText(dropped) }
  }

  /// Removes bytes from the text of the leaf, the last of the document's text, and adjusts its
  /// nodes.
  private mutating func removeFromText(_ offsets: [Int]) {
    var next = 0
    var to = offsets[0]
    for from in to..<document.text.count {
      if next < offsets.count, offsets[next] == from {
        next += 1
      } else {
        document.text[to] = document.text[from]
        to += 1
      }
    }
    document.text.removeLast(document.text.count - to)
    var before = 0
    for index in leaf + 1..<document.nodes.count where document.nodes[index].isText {
      let first = Int(document.nodes[index].first)
      let end = first + Int(document.nodes[index].second)
      while before < offsets.count, offsets[before] < first { before += 1 }
      var after = before
      while after < offsets.count, offsets[after] < end { after += 1 }
      document.nodes[index].first -= Int32(before)
      document.nodes[index].second -= Int32(after - before)
    }
  }

  /// The text node that contains an offset of the text. The break was added to the node at `start`,
  /// which may have been split since.
  private func nodeAt(_ offset: Int, from start: Int) -> Int {
    var node = start
    while offset >= Int(document.nodes[node].first + document.nodes[node].second) { node += 1 }
    return node
  }

  /// Whether text directly precedes and follows a line break on the page.
  private func isBetweenTexts(_ offset: Int, _ node: Int) -> Bool {
    let nodes = document.nodes
    if Int(nodes[node].first) == offset {
      var before = node - 1
      while before > leaf, nodes[before].kind == .none { before -= 1 }
      guard before > leaf, nodes[before].hasText else { return false }
    }
    if Int(nodes[node].first + nodes[node].second) == offset + 1 {
      var after = node + 1
      while after < nodes.count, nodes[after].holdsInlines { after += 1 }
      guard after < nodes.count, nodes[after].hasText else { return false }
    }
    return true
  }
}

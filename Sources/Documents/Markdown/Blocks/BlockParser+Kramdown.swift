/// An abbreviation that `*[HTML]: …` defines.
struct Abbreviation {
  var name: [UInt8]
  var title: String
  var attributes = AttributeList()
}

/// The label and position of a footnote.
struct FootnoteDefinition {
  var label: String
  var node: Int
  var range: Range<Int>
}

/// kramdown's additions to blocks.
extension BlockParser {
  // MARK: {: … } and {:: … }

  mutating func startBraces(_ depth: Int) -> Start {
    let at = firstNonspace
    guard at + 2 < lineEnd, bytes[at + 1] == UInt8(ascii: ":") else { return .nothing }
    if bytes[at + 2] == UInt8(ascii: ":") { return startExtension(depth) }
    guard
      let found = AttributeListParser.list(in: bytes, at: at, end: lineEnd, html: options.html)
    else {
      return .nothing
    }
    let parent = open[depth - 1]
    if parent.kind == .item || parent.kind == .definition, parent.lastChild < 0,
      parent.startLine == lineNumber, found.name == nil
    {
      // In `* {:.class} text`, the list applies to the item.
      closeTo(depth)
      check(found)
      attach(found.list, to: parent.node)
      if isBlank(found.end) { return .line }
      while offset < found.end { advance(columns: 1) }
      return .container
    }
    guard isBlank(found.end) else { return .nothing }
    check(found)
    closeTo(depth)
    closeUntil(accepting: .paragraph)
    if let name = found.name {
      definedAttributes[name, default: AttributeList()].merge(found.list)
      return .line
    }
    take(found.list, at..<found.end)
    return .line
  }

  /// Reports the mistakes in an attribute list.
  private mutating func check(_ found: AttributeListParser.Found) {
    if let mistake = found.mistake { diagnostics.append(.badAttribute(mistake, file)) }
    diagnostics += found.refused.map { .refusedAttribute($0, file) }
  }

  /// Applies an attribute list that is alone on its line to the block above if that ended on the
  /// previous line, otherwise to the block below.
  private mutating func take(_ list: AttributeList, _ range: Range<Int>) {
    let parent = open[open.count - 1]
    if abbreviationLine == lineNumber - 1, !abbreviations.isEmpty {
      abbreviations[abbreviations.count - 1].attributes.merge(list)
    } else if lastContentLine == lineNumber - 1, parent.lastChild >= 0, pendingAttributes == nil {
      attach(list, toBlock: parent.lastChild, range)
    } else {
      var merged = list
      if let pending = pendingAttributes {
        merged = pending.list
        merged.merge(list)
      }
      pendingAttributes = (merged, lineNumber, range)
    }
  }

  private mutating func attach(_ list: AttributeList, toBlock node: Int, _ range: Range<Int>) {
    var list = list
    for (name, kind) in [("toc", Node.Kind.tableOfContents), ("footnotes", .footnotePlace)] {
      guard let index = list.references.firstIndex(where: { $0.name == name }) else { continue }
      list.references.remove(at: index)
      guard nodes[node].kind == .list else {
        diagnostics.append(.contentsWithoutList(name, range, file))
        continue
      }
      replaceList(node, by: kind)
      nodes[node].stop = UInt32(range.upperBound)
    }
    attach(list, to: node)
  }

  /// Turns the list at `node`, the last block, into a placeholder of another kind.
  private mutating func replaceList(_ node: Int, by kind: Node.Kind) {
    nodes[node].kind = kind
    let codes = nodes[(node + 1)...].count { $0.kind == .codeBlock }
    codeInfos.removeLast(codes)
    nodes.removeSubrange((node + 1)...)
    nodes[node].end = Int32(nodes.count)
  }

  /// Closes a list: one with `{:toc}` above it marks the place of the table of contents.
  mutating func finishList(_ node: Int) {
    let index = Int(nodes[node].attributes)
    guard index >= 0 else { return }
    for (name, kind) in [("toc", Node.Kind.tableOfContents), ("footnotes", .footnotePlace)] {
      let references = attributeLists[index].references
      guard let found = references.firstIndex(where: { $0.name == name }) else { continue }
      attributeLists[index].references.remove(at: found)
      replaceList(node, by: kind)
    }
  }

  /// Starts an extension: `{::comment}`, `{::nomarkdown}` or `{::options}`.
  private mutating func startExtension(_ depth: Int) -> Start {
    let nameStart = firstNonspace + 3
    var at = nameStart
    while at < lineEnd, isAlphanumeric(bytes[at]) { at += 1 }
    let name = bytes.string(nameStart..<at)
    let close = AttributeListParser.close(in: bytes, from: at, end: lineEnd) ?? lineEnd
    let known = ["comment", "nomarkdown", "options"]
    // Where HTML is escaped, `nomarkdown` would have nothing to pass on.
    if name == "nomarkdown", options.html == .escape { return .nothing }
    guard known.contains(name), close < lineEnd else {
      if close < lineEnd {
        diagnostics.append(.unknownExtension(name, firstNonspace..<close + 1, known, file))
      }
      return .nothing
    }
    if bytes[close - 1] == UInt8(ascii: "/") || name == "options" {
      guard isBlank(close + 1) else { return .nothing }
      closeTo(depth)
      closeUntil(accepting: .paragraph)
      if name == "options" {
        diagnostics.append(.ignoredOptions(firstNonspace..<close + 1, file))
      }
      return .line
    }
    let rest = close + 1
    if !isBlank(rest) {
      // On one line: `{::comment}…{:/comment}`.
      guard name == "comment", let end = HTMLTag.find("{:/", in: bytes, from: rest, end: lineEnd),
        let brace = AttributeListParser.close(in: bytes, from: end, end: lineEnd),
        isBlank(brace + 1)
      else { return .nothing }
      closeTo(depth)
      closeUntil(accepting: .paragraph)
      return .line
    }
    // An extension that is never closed is text, and is reported when that is read.
    guard lineEnd < lastExtensionEnd else { return .nothing }
    if HTMLTag.find("{:/", in: bytes, from: lineEnd, end: bytes.count) == nil {
      lastExtensionEnd = firstNonspace
      return .nothing
    }
    closeTo(depth)
    let node = add(.htmlBlock, from: firstNonspace)
    nodes[node].first = Int32(segments.count)
    open[open.count - 1].htmlEnd = .extensionEnd(isComment: name == "comment")
    return .line
  }

  /// Whether the line is the `{:/}` that closes the block at `index`; if so, the block is closed.
  mutating func endsExtension(_ index: Int) -> Bool {
    guard case .extensionEnd = open[index].htmlEnd, !isBlank,
      bytes.has("{:/", at: firstNonspace),
      let close = AttributeListParser.close(in: bytes, from: firstNonspace + 3, end: lineEnd),
      isBlank(close + 1)
    else { return false }
    lastContentEnd = lineEnd
    closeTo(index)
    return true
  }

  /// Removes `{#id}` from the end of a heading, and returns the end of what is left.
  mutating func takeHeadingAttributes(_ start: Int, _ end: Int, _ node: Int) -> Int {
    guard end - start >= 4, bytes[end - 1] == UInt8(ascii: "}") else { return end }
    var at = end - 2
    while at > start, bytes[at] != UInt8(ascii: "{") { at -= 1 }
    guard at > start, isSpaceOrTab(bytes[at - 1]),
      bytes[at + 1] == UInt8(ascii: "#") || bytes[at + 1] == UInt8(ascii: ".")
    else { return end }
    let found = AttributeListParser.attributes(
      in: bytes, at + 1..<end - 1, html: options.html)
    guard found.mistake == nil, found.list.references.isEmpty else { return end }
    check(found)
    if let first = found.list.id?.utf8.first, !isLetter(first), first < 0x80 { return end }
    attach(found.list, to: node)
    return trimmedEnd(start, at)
  }

  // MARK: Footnotes

  mutating func startFootnote(_ depth: Int) -> Start {
    let at = firstNonspace
    guard at + 3 < lineEnd, bytes[at + 1] == UInt8(ascii: "^") else { return .nothing }
    var close = at + 2
    while close < lineEnd, bytes[close] != UInt8(ascii: "]"), bytes[close] != UInt8(ascii: "["),
      !isWhitespace(bytes[close])
    {
      close += 1
    }
    guard close > at + 2, close + 1 < lineEnd, bytes[close] == UInt8(ascii: "]"),
      bytes[close + 1] == UInt8(ascii: ":"), fits(at)
    else { return .nothing }
    closeTo(depth)
    let label = bytes.string(at + 2..<close)
    let node = add(.footnote, from: at)
    if let other = footnoteIndex[label] {
      diagnostics.append(.duplicateFootnote(label, at..<close + 2, footnotes[other].range, file))
    } else {
      footnoteIndex[label] = footnotes.count
    }
    nodes[node].first = Int32(footnotes.count)
    footnotes.append(FootnoteDefinition(label: label, node: node, range: at..<close + 2))
    while offset < close + 2 { advance(columns: 1) }
    while offset < lineEnd, isSpaceOrTab(bytes[offset]) { advance(columns: 1) }
    return .container
  }

  // MARK: Abbreviations

  /// Reads the definition of an abbreviation: `*[HTML]: HyperText Markup Language`.
  mutating func startAbbreviation(_ depth: Int) -> Start {
    let at = firstNonspace
    guard at + 4 < lineEnd, bytes[at + 1] == UInt8(ascii: "[") else { return .nothing }
    var close = at + 2
    while close < lineEnd, bytes[close] != UInt8(ascii: "]") { close += 1 }
    guard close > at + 2, close + 1 < lineEnd, bytes[close + 1] == UInt8(ascii: ":") else {
      return .nothing
    }
    closeTo(depth)
    closeUntil(accepting: .paragraph)
    var start = close + 2
    while start < lineEnd, isSpaceOrTab(bytes[start]) { start += 1 }
    var abbreviation = Abbreviation(
      name: Array(bytes[at + 2..<close]), title: bytes.string(start..<trimmedEnd(start, lineEnd)))
    if let pending = pendingAttributes {
      abbreviation.attributes = pending.list
      pendingAttributes = nil
    }
    abbreviations.append(abbreviation)
    abbreviationLine = lineNumber
    return .line
  }

  // MARK: Definition lists

  /// Starts a definition, `: text`, in a definition list or under a paragraph, whose lines become
  /// terms.
  mutating func startDefinition(_ depth: Int) -> Start {
    let at = firstNonspace
    guard at + 1 == lineEnd || isSpaceOrTab(bytes[at + 1]), fits(at) else { return .nothing }
    let isLoose = lineNumber > lastContentLine + 1
    switch open[depth - 1].kind {
    case .definitionList:
      closeTo(depth)
    case .paragraph:
      closeTo(depth)
      takeLinkDefinitions()
      let node = open[open.count - 1].node
      guard nodes[node].kind == .paragraph else { return .nothing }
      open.removeLast()
      makeTerms(node)
    default:
      let node = open[depth - 1].lastChild
      guard accepts(open[depth - 1].kind, .definitionList), node >= 0, node == nodes.count - 1,
        nodes[node].kind == .paragraph, lineNumber == lastContentLine + 2, separation <= node
      else { return .nothing }
      closeTo(depth)
      makeTerms(node)
    }
    let markIndent = indent
    advanceToNonspace()
    advance(columns: 1)
    let padding = readPadding(1)
    let node = add(.definition, from: at)
    nodes[node].isLooseDefinition = isLoose
    open[open.count - 1].indent = markIndent + padding
    return .container
  }

  /// Turns the paragraph at `node`, the last node and a child of the last open block, into the
  /// terms of a definition list, and opens that list.
  private mutating func makeTerms(_ node: Int) {
    let first = Int(nodes[node].first)
    let lines = Array(segments[first..<first + Int(nodes[node].second)])
    let parent = open.count - 1
    let before = open[parent].previousChild
    var list = Open(kind: .definitionList, node: node, startLine: lineNumber)
    var isFirst = true
    if before >= 0, nodes[before].kind == .definitionList, Int(nodes[before].end) == node,
      separation != node
    {
      list.node = before
      open[parent].lastChild = before
    } else {
      nodes[node].kind = .definitionList
      nodes[node].second = 0
      isFirst = false
    }
    for (offset, line) in lines.enumerated() {
      var term = Node(.term, line.range, end: nodes.count + 1)
      term.first = Int32(first + offset)
      term.second = 1
      if isFirst {
        term.end = Int32(node + 1)
        term.attributes = nodes[node].attributes
        nodes[node] = term
        list.lastChild = node
        isFirst = false
      } else {
        list.lastChild = nodes.count
        nodes.append(term)
      }
      takeTermAttributes(list.lastChild)
    }
    open.append(list)
  }

  private mutating func takeTermAttributes(_ node: Int) {
    let index = Int(nodes[node].first)
    let line = segments[index].range
    guard
      let found = AttributeListParser.list(
        in: bytes, at: line.lowerBound, end: line.upperBound, html: options.html),
      found.name == nil
    else { return }
    check(found)
    attach(found.list, to: node)
    var start = found.end
    while start < line.upperBound, isSpaceOrTab(bytes[start]) { start += 1 }
    segments[index].start = Int32(start)
  }

  // MARK: Alerts

  /// Turns a quotation whose first line is `[!NOTE]` or one of its siblings into that alert.
  mutating func makeAlert(_ node: Int) {
    let parent = open[open.count - 2]
    guard parent.kind == .blockQuote, node == parent.node + 1 else { return }
    let line = segments[Int(nodes[node].first)].range
    let end = trimmedEnd(line.lowerBound, line.upperBound)
    guard bytes.has("[!", at: line.lowerBound), bytes[end - 1] == UInt8(ascii: "]") else { return }
    let word = bytes.string(line.lowerBound + 2..<end - 1)
    guard let kind = AlertKind.allCases.first(where: { $0.name == word.lowercased() }) else {
      if word.allSatisfy({ $0.isASCII && $0.isUppercase }) {
        diagnostics.append(.unknownAlert(word, line.lowerBound..<end, file))
      }
      return
    }
    nodes[parent.node].kind = .alert
    nodes[parent.node].alertKind = kind
    nodes[node].first += 1
    nodes[node].second -= 1
    if nodes[node].second == 0 {
      nodes[node].kind = .none
      nodes[node].detail = 0
    } else {
      nodes[node].start = UInt32(segments[Int(nodes[node].first)].start)
    }
  }
}

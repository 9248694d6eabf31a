/// HTML blocks, and `markdown="1"` in them.
extension BlockParser {
  mutating func startHTML(_ depth: Int) -> Start {
    guard options.html == .pass else { return .nothing }
    let at = firstNonspace
    // A paragraph that would be continued lazily counts as well.
    let interrupts = open[open.count - 1].kind == .paragraph
    guard let end = htmlBlockEnd(at, interrupts) else { return .nothing }
    if options.kramdown, end == .blankLine, let element = startElement(depth) { return element }
    closeTo(depth)
    let node = add(.htmlBlock, from: at)
    nodes[node].first = Int32(segments.count)
    open[open.count - 1].htmlEnd = end
    return .leaf
  }

  /// What would end the HTML block that starts here, if one does.
  private func htmlBlockEnd(_ at: Int, _ interrupts: Bool) -> HTMLBlockEnd? {
    guard at + 1 < lineEnd else { return nil }
    let next = bytes[at + 1]
    if next == UInt8(ascii: "!") {
      if bytes.has("--", at: at + 2) { return .comment }
      if bytes.has("[CDATA[", at: at + 2) { return .cdata }
      return at + 2 < lineEnd && isLetter(bytes[at + 2]) ? .declaration : nil
    }
    if next == UInt8(ascii: "?") { return .instruction }
    let isClosing = next == UInt8(ascii: "/")
    let nameStart = isClosing ? at + 2 : at + 1
    guard nameStart < lineEnd, isLetter(bytes[nameStart]) else { return nil }
    let name = HTMLTag.name(in: bytes, at: at, end: lineEnd)
    let behind = nameStart + name.count
    let isDelimited =
      behind == lineEnd || isSpaceOrTab(bytes[behind]) || bytes[behind] == UInt8(ascii: ">")
    if !isClosing, isDelimited, HTMLNames.rawText.contains(name) { return .rawText }
    if isDelimited || bytes.has("/>", at: behind), HTMLNames.blocks.contains(name) {
      return .blankLine
    }
    // Any other tag that is alone on its line, when no paragraph is interrupted.
    guard !interrupts, !HTMLNames.rawText.contains(name) || isClosing,
      let end = isClosing
        ? HTMLTag.closeTagEnd(in: bytes, at: at, end: lineEnd)
        : HTMLTag.openTagEnd(in: bytes, at: at, end: lineEnd),
      isBlank(end), !options.repairsHTML || HTMLNames.isElement(name)
    else { return nil }
    return .blankLine
  }

  /// Opens an element whose content is Markdown.
  private mutating func startElement(_ depth: Int) -> Start? {
    let at = firstNonspace
    guard open.count < Self.maximumDepth,
      let end = HTMLTag.openTagEnd(in: bytes, at: at, end: lineEnd),
      let value = HTMLTag.attribute("markdown", in: bytes, at..<end),
      !bytes[value].elementsEqual("0".utf8)
    else { return nil }
    let name = HTMLTag.name(in: bytes, at: at, end: end)
    guard !HTMLNames.void.contains(name), !HTMLNames.rawText.contains(name) else { return nil }
    closeTo(depth)
    let node = add(.htmlElement, from: at)
    nodes[node].first = Int32(segments.count)
    addSegment(at, end: end)
    open[open.count - 1].tag = name
    open[open.count - 1].tagDepth = 1
    if isBlank(end) { return .line }
    advance(columns: max(0, end - offset))
    offset = end
    // `<div markdown="1">text</div>` on one line.
    if let close = closingTag(name, from: end) {
      findNonspace()
      if firstNonspace < close {
        let whole = lineEnd
        lineEnd = trimmedEnd(firstNonspace, close)
        startParagraph()
        lineEnd = whole
      }
      open[closeableIndex(node)].isClosed = true
      lastContentEnd = lineEnd
      while open[open.count - 1].node != node { closeLast() }
      closeLast()
      return .line
    }
    return .container
  }

  private func closeableIndex(_ node: Int) -> Int { open.lastIndex { $0.node == node } ?? 0 }

  /// Where `</name>` stands at the end of the line.
  private func closingTag(_ name: [UInt8], from start: Int) -> Int? {
    let end = trimmedEnd(start, lineEnd)
    let at = end - name.count - 3
    guard at >= start, bytes[at] == UInt8(ascii: "<"), bytes[at + 1] == UInt8(ascii: "/"),
      bytes[end - 1] == UInt8(ascii: ">"),
      bytes[at + 2..<end - 1].elementsEqual(name, by: { lowercased($0) == $1 })
    else { return nil }
    return at
  }

  /// Whether the line ends the element at `index` of the open blocks; if so, it is closed.
  mutating func closesElement(_ index: Int) -> Bool {
    if isBlank || bytes[firstNonspace] != UInt8(ascii: "<") { return false }
    let last = open[open.count - 1]
    if last.kind == .codeBlock { return false }
    let name = open[index].tag
    let isClosing = bytes.has("</", at: firstNonspace)
    guard HTMLTag.name(in: bytes, at: firstNonspace, end: lineEnd) == name else { return false }
    if isClosing {
      open[index].tagDepth -= 1
    } else if closingTag(name, from: firstNonspace) == nil {
      open[index].tagDepth += 1
    }
    guard open[index].tagDepth == 0 else { return false }
    open[index].isClosed = true
    closeTo(index + 1)
    lastContentEnd = lineEnd
    closeLast()
    return true
  }

  mutating func finishElement(_ block: Open) {
    if !block.isClosed {
      diagnostics.append(.unclosedElement(block.tag, nodes[block.node].range, file))
    }
  }

  mutating func finishHTML(_ block: Open) {
    guard case .extensionEnd(isComment: true) = block.htmlEnd else { return }
    nodes[block.node].kind = .none
    nodes[block.node].detail = 0
  }
}

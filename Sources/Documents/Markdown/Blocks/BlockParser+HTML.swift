/// HTML blocks, and elements with `markdown="1"` in them.
extension BlockParser {
  mutating func startHTML(_ depth: Int) -> Start {
    guard options.html == .pass else { return .nothing }
    let at = firstNonspace
    // A paragraph that would be continued lazily counts as well.
    let interrupts = open[open.count - 1].kind == .paragraph
    let found = htmlBlockEnd(at, interrupts)
    let isInHTML = open[open.count - 1].kind == .htmlBlock
    if options.kramdown, found == .blankLine || isInHTML, let element = startElement(depth) {
      return element
    }
    guard let end = found else { return .nothing }
    closeTo(depth)
    let node = add(.htmlBlock, from: at)
    nodes[node].first = Int32(segments.count)
    open[open.count - 1].htmlEnd = end
    return .leaf
  }

  /// The condition that would end the HTML block that starts here; `nil` if none starts.
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
    let after = nameStart + name.count
    let isDelimited =
      after == lineEnd || isSpaceOrTab(bytes[after]) || bytes[after] == UInt8(ascii: ">")
    if !isClosing, isDelimited, HTMLNames.rawText.contains(name) { return .rawText }
    if isDelimited || bytes.has("/>", at: after), HTMLNames.blocks.contains(name) {
      return .blankLine
    }
    // Any other tag that is alone on its line, provided that it interrupts no paragraph.
    guard !interrupts, !HTMLNames.rawText.contains(name) || isClosing,
      let end = isClosing
        ? HTMLTag.closeTagEnd(in: bytes, at: at, end: lineEnd)
        : HTMLTag.openTagEnd(in: bytes, at: at, end: lineEnd),
      isBlank(end), !options.repairsHTML || HTMLNames.isElement(name)
    else { return nil }
    return .blankLine
  }

  /// The tag at the first character of the line, if its `markdown` attribute makes its content
  /// Markdown.
  private func elementTag() -> (name: [UInt8], end: Int, holdsText: Bool)? {
    let at = firstNonspace
    guard let end = HTMLTag.openTagEnd(in: bytes, at: at, end: lineEnd),
      let value = HTMLTag.attribute("markdown", in: bytes, at..<end),
      !bytes[value].elementsEqual("0".utf8)
    else { return nil }
    let name = HTMLTag.name(in: bytes, at: at, end: end)
    guard !HTMLNames.void.contains(name), !HTMLNames.rawText.contains(name) else { return nil }
    let holdsText =
      bytes[value].elementsEqual("span".utf8)
      || !bytes[value].elementsEqual("block".utf8) && HTMLNames.textContent.contains(name)
    return (name, end, holdsText)
  }

  /// Whether an element with Markdown content starts in the middle of an HTML block.
  func startsElement() -> Bool {
    options.kramdown && !isBlank && bytes[firstNonspace] == UInt8(ascii: "<") && elementTag() != nil
  }

  /// Whether a line is text of an element that holds only text, however it starts.
  func isInTextElement(_ depth: Int) -> Bool {
    if open[depth - 1].holdsText { return true }
    return depth > 1 ? open[depth - 2].holdsText : false
  }

  /// Opens an element with Markdown content.
  private mutating func startElement(_ depth: Int) -> Start? {
    let at = firstNonspace
    guard let (name, end, holdsText) = elementTag(), fits(at) else { return nil }
    closeTo(depth)
    let node = add(.htmlElement, from: at)
    nodes[node].first = Int32(segments.count)
    nodes[node].holdsText = holdsText
    addSegment(at, end: end)
    open[open.count - 1].indent = max(elementIndent, indent)
    open[open.count - 1].tag = openTags.count
    open[open.count - 1].tagDepth = 1
    openTags.append(name)
    open[open.count - 1].holdsText = holdsText
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

  /// The offset of `</name>` at the end of the line; `nil` if it is not there.
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
    let innermost = open[open.count - 1].kind
    if isBlank { return false }
    if innermost == .codeBlock,
      open[open.count - 1].fence != 0 || indent > open[index].indent
    {
      return false
    }
    let name = openTags[open[index].tag]
    guard bytes[firstNonspace] == UInt8(ascii: "<") else {
      if open[index].tag == openTags.count - 1, !holdsRawLines(innermost) {
        noteElementEnd(index, name)
      }
      return false
    }
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

  /// Removes `</name>` from the end of a line of text; the element ends after that line.
  private mutating func noteElementEnd(_ index: Int, _ name: [UInt8]) {
    guard open[index].tagDepth == 1, let close = closingTag(name, from: firstNonspace) else {
      return
    }
    for at in firstNonspace..<close where bytes[at] == UInt8(ascii: "<") {
      if HTMLTag.name(in: bytes, at: at, end: close) == name { return }
    }
    elementEnd = index
    lineEnd = trimmedEnd(firstNonspace, close)
  }

  mutating func closeElementBehindText() {
    open[elementEnd].isClosed = true
    closeTo(elementEnd)
    elementEnd = -1
  }

  mutating func finishElement(_ block: Open) {
    let name = openTags.removeLast()
    if !block.isClosed {
      diagnostics.append(.unclosedElement(name, nodes[block.node].range, file))
    }
  }

  mutating func finishHTML(_ block: Open) {
    guard case .extensionEnd(isComment: true) = block.htmlEnd else { return }
    nodes[block.node].kind = .none
    nodes[block.node].detail = 0
  }
}

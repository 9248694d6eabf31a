/// The starts of CommonMark's blocks.
extension BlockParser {
  /// Opens the block that starts at the first character of the rest of the line, inside the
  /// container at `depth - 1`.
  mutating func start(_ depth: Int) -> Start {
    let byte = bytes[firstNonspace]
    let container = open[depth - 1].kind
    let isParagraph = container == .paragraph
    switch byte {
    case UInt8(ascii: ">"):
      guard fits(firstNonspace) else { return .nothing }
      closeTo(depth)
      let start = firstNonspace
      advanceToNonspace()
      advance(columns: 1)
      if offset < lineEnd, isSpaceOrTab(bytes[offset]) { advance(columns: 1) }
      add(.blockQuote, from: start)
      return .container
    case UInt8(ascii: "#"):
      return startHeading(depth)
    case UInt8(ascii: "`"), UInt8(ascii: "~"):
      return startFence(depth)
    case UInt8(ascii: "<"):
      return startHTML(depth)
    case UInt8(ascii: "{") where options.kramdown:
      return startBraces(depth)
    case UInt8(ascii: "[") where options.footnotes:
      return startFootnote(depth)
    case UInt8(ascii: "^") where options.kramdown:
      guard firstNonspace == lineStart, isOnly(UInt8(ascii: "^")) else { return .nothing }
      closeTo(depth)
      closeUntil(accepting: .paragraph)
      separation = nodes.count
      return .line
    case UInt8(ascii: "$") where options.math && !isParagraph:
      return startFormula(depth)
    case UInt8(ascii: "=") where isParagraph:
      return startSetext(depth, level: 1)
    case UInt8(ascii: "|") where isParagraph && options.tables:
      return startTable(depth)
    case UInt8(ascii: ":"):
      if options.tables, isParagraph, case let found = startTable(depth), found != .nothing {
        return found
      }
      return options.kramdown ? startDefinition(depth) : .nothing
    case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "+"):
      if isParagraph, byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+"), options.tables,
        lineHasPipe,
        case let found = startTable(depth), found != .nothing
      {
        return found
      }
      if isParagraph, byte == UInt8(ascii: "-"), case let found = startSetext(depth, level: 2),
        found != .nothing
      {
        return found
      }
      if byte != UInt8(ascii: "+"), isThematicBreak() {
        closeTo(depth)
        add(.thematicBreak, from: firstNonspace)
        closeLast()
        return .line
      }
      if byte == UInt8(ascii: "*"), options.kramdown, !isParagraph,
        case let found = startAbbreviation(depth), found != .nothing
      {
        return found
      }
      return byte == UInt8(ascii: "_") ? .nothing : startItem(depth)
    default:
      return isDigit(byte) ? startItem(depth) : .nothing
    }
  }

  /// Whether the rest of the line is this byte alone.
  func isOnly(_ byte: UInt8) -> Bool {
    var at = firstNonspace
    while at < lineEnd, bytes[at] == byte { at += 1 }
    guard at == firstNonspace + 1 else { return false }
    return isBlank(at)
  }

  func isBlank(_ start: Int) -> Bool {
    var at = start
    while at < lineEnd, isSpaceOrTab(bytes[at]) { at += 1 }
    return at == lineEnd
  }

  // MARK: Headings

  private mutating func startHeading(_ depth: Int) -> Start {
    var at = firstNonspace
    while at < lineEnd, bytes[at] == UInt8(ascii: "#") { at += 1 }
    let level = at - firstNonspace
    guard level <= 6 else { return .nothing }
    guard at == lineEnd || isSpaceOrTab(bytes[at]) else { return .nothing }
    closeTo(depth)
    let node = add(.heading, from: firstNonspace)
    nodes[node].headingLevel = level
    nodes[node].first = Int32(segments.count)
    while at < lineEnd, isSpaceOrTab(bytes[at]) { at += 1 }
    var end = trimmedEnd(at, lineEnd)
    if options.kramdown { end = takeHeadingAttributes(at, end, node) }
    // A closing run of # follows a space or is all that is left.
    var hashes = end
    while hashes > at, bytes[hashes - 1] == UInt8(ascii: "#") { hashes -= 1 }
    if hashes < end, hashes == at || isSpaceOrTab(bytes[hashes - 1]) {
      end = trimmedEnd(at, hashes)
    }
    if at < end { addSegment(at, end: end) }
    closeLast()
    return .line
  }

  func trimmedEnd(_ start: Int, _ end: Int) -> Int {
    var at = end
    while at > start, isSpaceOrTab(bytes[at - 1]) { at -= 1 }
    return at
  }

  private mutating func startSetext(_ depth: Int, level: Int) -> Start {
    let mark: UInt8 = level == 1 ? UInt8(ascii: "=") : UInt8(ascii: "-")
    var at = firstNonspace
    while at < lineEnd, bytes[at] == mark { at += 1 }
    guard isBlank(at) else { return .nothing }
    takeLinkDefinitions()
    let node = open[depth - 1].node
    if nodes[node].kind == .none {
      // Nothing is left that could be a heading, so the line is text.
      closeLast()
      startParagraph()
      return .line
    }
    nodes[node].kind = .heading
    nodes[node].headingLevel = level
    open[depth - 1].kind = .heading
    nodes[node].stop = UInt32(lineEnd)
    let last = Int(nodes[node].first + nodes[node].second) - 1
    var end = trimmedEnd(Int(segments[last].start), Int(segments[last].end))
    if options.kramdown { end = takeHeadingAttributes(Int(segments[last].start), end, node) }
    segments[last].end = Int32(end)
    closeLast()
    return .line
  }

  // MARK: Code

  private mutating func startFence(_ depth: Int) -> Start {
    let fence = bytes[firstNonspace]
    var at = firstNonspace
    while at < lineEnd, bytes[at] == fence { at += 1 }
    let length = at - firstNonspace
    guard length >= 3 else { return .nothing }
    if fence == UInt8(ascii: "`") {
      var rest = at
      while rest < lineEnd {
        if bytes[rest] == UInt8(ascii: "`") { return .nothing }
        rest += 1
      }
    }
    closeTo(depth)
    let start = firstNonspace
    let spaces = indent
    while at < lineEnd, isSpaceOrTab(bytes[at]) { at += 1 }
    let info = at..<trimmedEnd(at, lineEnd)
    let node = add(.codeBlock, from: start)
    let last = open.count - 1
    open[last].fence = fence
    open[last].fenceLength = length
    open[last].indent = spaces
    open[last].info = info
    nodes[node].first = Int32(segments.count)
    return .line
  }

  /// Closes a code block; trailing blank lines do not belong to an indented one.
  mutating func finishCode(_ block: Open) {
    let node = block.node
    if block.fence == 0 {
      while nodes[node].second > 0 {
        let segment = segments[segments.count - 1]
        guard segment.range.allSatisfy({ isSpaceOrTab(bytes[$0]) }) else { break }
        segments.removeLast()
        nodes[node].second -= 1
      }
    } else if !block.isClosed {
      let start = nodes[node].range.lowerBound
      diagnostics.append(.unclosedFence(start..<start + block.fenceLength, file))
    }
    nodes[node].isFenced = block.fence != 0
    codeInfos.append(block.info)
  }

  // MARK: Thematic breaks and lists

  private mutating func isThematicBreak() -> Bool {
    guard thematicFailure <= firstNonspace else { return false }
    let mark = bytes[firstNonspace]
    var count = 0
    var at = firstNonspace
    while at < lineEnd {
      if bytes[at] == mark {
        count += 1
      } else if !isSpaceOrTab(bytes[at]) {
        thematicFailure = at
        return false
      }
      at += 1
    }
    return count >= 3
  }

  private mutating func startItem(_ depth: Int) -> Start {
    let interrupts = open[depth - 1].kind == .paragraph
    var at = firstNonspace
    var number = 0
    var mark = bytes[at]
    let isOrdered = isDigit(mark)
    if isOrdered {
      while at < lineEnd, isDigit(bytes[at]), at - firstNonspace < 9 {
        number = number * 10 + Int(bytes[at] - 0x30)
        at += 1
      }
      guard at < lineEnd, bytes[at] == UInt8(ascii: ".") || bytes[at] == UInt8(ascii: ")") else {
        return .nothing
      }
      if interrupts, number != 1 { return .nothing }
      mark = bytes[at]
    }
    at += 1
    guard at == lineEnd || isSpaceOrTab(bytes[at]) else { return .nothing }
    if interrupts, isBlank(at) { return .nothing }
    guard fits(firstNonspace) else { return .nothing }
    let markStart = firstNonspace
    let markIndent = indent
    let width = at - firstNonspace
    closeTo(depth)
    advanceToNonspace()
    advance(columns: width)
    let padding = readPadding(width)
    if open[open.count - 1].kind != .list { closeUntil(accepting: .list) }
    let last = open[open.count - 1]
    if last.kind != .list || last.fence != mark {
      if last.kind == .list { closeLast() }
      let list = add(.list, from: markStart)
      open[open.count - 1].fence = mark
      nodes[list].isOrdered = isOrdered
      nodes[list].first = Int32(number)
    }
    add(.item, from: markStart)
    open[open.count - 1].indent = markIndent + padding
    return .container
  }

  /// Consumes the spaces after a list marker of that width, and returns the columns of both.
  mutating func readPadding(_ width: Int) -> Int {
    let saved = (offset, column, tabColumns)
    var spaces = 0
    while spaces <= 5, offset < lineEnd, isSpaceOrTab(bytes[offset]) {
      let before = column
      advance(columns: 1)
      spaces += column - before
    }
    guard spaces >= 5 || spaces < 1 || offset == lineEnd else { return width + spaces }
    (offset, column, tabColumns) = saved
    if spaces > 0 { advance(columns: 1) }
    return width + 1
  }

  // MARK: Paragraphs

  mutating func startParagraph() {
    advanceToNonspace()
    let parent = open[open.count - 1]
    let isFirst = parent.lastChild < 0
    let node = add(.paragraph, from: firstNonspace)
    nodes[node].first = Int32(segments.count)
    if isFirst, parent.kind == .item, options.taskLists {
      takeTaskBox(parent.node)
      nodes[node].start = UInt32(min(offset, lineEnd))
    }
    addSegment(offset)
    lookForFormula(offset)
  }

  mutating func addParagraphLine() {
    findNonspace()
    let start = firstNonspace
    addSegment(start)
    if start >= formulaEnd {
      lookForFormula(start)
    } else if formulaEnd <= lineEnd {
      lookForFormula(formulaEnd)
    }
  }

  /// Consumes the box of a task, `[ ]` or `[x]`, before an item's text.
  private mutating func takeTaskBox(_ item: Int) {
    guard offset + 3 < lineEnd, bytes[offset] == UInt8(ascii: "["),
      bytes[offset + 2] == UInt8(ascii: "]"),
      isSpaceOrTab(bytes[offset + 3]), !isBlank(offset + 3)
    else { return }
    let mark = bytes[offset + 1]
    guard isSpaceOrTab(mark) || mark == UInt8(ascii: "x") || mark == UInt8(ascii: "X") else {
      return
    }
    nodes[item].isTask = true
    nodes[item].isDone = !isSpaceOrTab(mark)
    offset += 4
    while offset < lineEnd, isSpaceOrTab(bytes[offset]) { offset += 1 }
  }

  /// Closes a paragraph: link definitions at its start are taken out, and what the dialect reads as
  /// something else is converted.
  mutating func finishParagraph() {
    takeLinkDefinitions()
    let node = open[open.count - 1].node
    guard nodes[node].kind == .paragraph else { return }
    if options.alerts { makeAlert(node) }
    if options.tables, options.kramdown { makeHeaderlessTable(node) }
  }

  /// Takes the link reference definitions from the start of the open paragraph. They stay in the
  /// tree as a node that shows nothing; the rest becomes a node of its own after it.
  mutating func takeLinkDefinitions() {
    let node = open[open.count - 1].node
    let first = Int(nodes[node].first)
    let count = Int(nodes[node].second)
    guard nodes[node].kind == .paragraph, count > 0,
      bytes[Int(segments[first].start)] == UInt8(ascii: "[")
    else { return }
    let found = LinkDefinition.lines(
      in: bytes, segments[first..<first + count], footnotes: options.footnotes)
    guard let lines = found.last else { return }
    nodes[node].kind = .none
    nodes[node].isLinkDefinition = true
    nodes[node].second = Int32(lines)
    guard lines < count else { return }
    let rest = nodes.count
    var paragraph = Node(.paragraph, Int(segments[first + lines].start)..<lastContentEnd)
    paragraph.first = Int32(first + lines)
    paragraph.second = Int32(count - lines)
    swap(&paragraph.attributes, &nodes[node].attributes)
    nodes[node].end = Int32(rest)
    nodes.append(paragraph)
    open[open.count - 1].node = rest
    open[open.count - 2].lastChild = rest
  }
}

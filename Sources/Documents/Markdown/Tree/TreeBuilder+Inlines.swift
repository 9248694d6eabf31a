import Diagnostics

/// The content of leaves, as libcmark reports it.
extension TreeBuilder {
  // MARK: Leaves

  mutating func enterLeaf(line: Int) {
    isInLeaf = false
    while nextUnit < source.units.count, source.units[nextUnit].line < line { nextUnit += 1 }
    guard nextUnit < source.units.count, source.units[nextUnit].line == line else { return }
    let unit = source.units[nextUnit]
    guard unit.code < 0 else { return }
    copyBlocks(upTo: unit.node + 1)
    startLeaf(hasMarks: unit.hasMarks)
    skipsBreak = unit.isGuarded
  }

  /// Starts the content of the leaf that is the last node.
  private mutating func startLeaf(hasMarks: Bool) {
    isInLeaf = true
    leafHasMarks = hasMarks
    skipsBreak = false
    leaf = document.nodes.count - 1
    frames.removeAll(keepingCapacity: true)
    tildes.removeAll(keepingCapacity: true)
    linkDepth = 0
    imageDepth = 0
    run = -1
    lastSpan = -1
  }

  /// Reads the content of the last node, a leaf that was not passed to libcmark.
  mutating func readPlainLeaf() {
    let unit = source.plainUnits[nextPlain]
    nextPlain += 1
    startLeaf(hasMarks: unit.hasMarks)
    let all = source.plainText
    let text = all.span.extracting(unit.text)
    if unit.hasMarks { split(text, at: unit.place) } else { append(text, at: unit.place) }
    exitLeaf()
  }

  mutating func fenceInfo(_ info: Span<UInt8>) {
    guard nextUnit < source.units.count, source.units[nextUnit].code >= 0 else { return }
    infoTexts[source.units[nextUnit].code] = Array(copying: info)
  }

  mutating func exitLeaf() {
    guard isInLeaf else { return }
    isInLeaf = false
    finishRun()
    resolveBreaks()
    makeFigure()
  }

  // MARK: Text

  mutating func text(_ text: Span<UInt8>, from place: CMarkPlace) {
    guard isInLeaf else { return }
    let start = fileOffset(place)
    if leafHasMarks { split(text, at: start) } else { append(text, at: start) }
  }

  /// Adds text that starts at an offset of the file, putting back the pieces that were set aside
  /// and finding strikethroughs.
  private mutating func split(_ text: Span<UInt8>, at offset: Int) {
    /// The offset in the file that the text's first byte would have if nothing were set aside
    /// before `at`.
    var base = offset
    var start = 0
    var at = 0
    let count = text.count
    let findsTildes = options.strikethrough
    while at < count {
      let byte = text[at]
      if byte == PlaceholderMark.lead, at + 3 < count, text[at + 1] >= 0x8D {
        append(text.extracting(start..<at), at: base + start)
        if PlaceholderMark.isJoiner(text[at + 1]) {
          at += 4
          base -= 4
        } else if at + 7 < count {
          let index = PlaceholderMark.index(text[at + 2], text[at + 3], text[at + 6], text[at + 7])
          let end = insert(index, at: base + at)
          at += PlaceholderMark.length
          base = end - at
        } else {
          at = count
        }
        start = at
      } else if byte == UInt8(ascii: "~"), findsTildes {
        var end = at
        while end < count, text[end] == UInt8(ascii: "~") { end += 1 }
        if end - at <= 2 {
          append(text.extracting(start..<at), at: base + start)
          addTildes(end - at, next: end < count ? scalar(text, end) : nil, at: base + at)
          start = end
        }
        at = end
      } else {
        at += 1
      }
    }
    append(text.extracting(start..<count), at: base + start)
  }

  private func scalar(_ text: Span<UInt8>, _ at: Int) -> UInt32 {
    var bytes: [UInt8] = []
    for offset in at..<min(at + 4, text.count) { bytes.append(text[offset]) }
    return bytes.scalar(at: 0)
  }

  private mutating func append(_ text: Span<UInt8>, at offset: Int) {
    let count = text.count
    guard count > 0 else { return }
    if run < 0 { startRun(offset) }
    document.text.append(copying: text)
    document.nodes[run].second += Int32(count)
    document.nodes[run].stop = UInt32(max(0, offset + count))
  }

  mutating func append(_ bytes: ArraySlice<UInt8>, at place: Range<Int>) {
    if run < 0 { startRun(place.lowerBound) }
    document.text.append(contentsOf: bytes)
    document.nodes[run].second += Int32(bytes.count)
    document.nodes[run].stop = UInt32(place.upperBound)
  }

  private mutating func startRun(_ offset: Int) {
    run = document.nodes.count
    var node = Node(.text, offset..<offset, end: run + 1)
    node.first = Int32(document.text.count)
    document.nodes.append(node)
    lastSpan = -1
  }

  /// Ends the text node to which text is being added.
  mutating func finishRun() {
    guard run >= 0 else { return }
    let node = run
    run = -1
    if !abbreviations.isEmpty { splitAbbreviations(node) }
  }

  mutating func softBreak() {
    guard isInLeaf else { return }
    if skipsBreak {
      skipsBreak = false
      return
    }
    if run < 0 { startRun(lastOffset) }
    if options.cjk { breaks.append((document.text.count, run)) }
    document.text.append(0x0A)
    document.nodes[run].second += 1
  }

  mutating func lineBreak() {
    guard isInLeaf else { return }
    addLeaf(Node(.lineBreak, lastOffset..<lastOffset))
  }

  var lastOffset: Int { Int(document.nodes[document.nodes.count - 1].stop) }

  /// Adds an inline without children.
  @discardableResult
  mutating func addLeaf(_ node: Node) -> Int {
    finishRun()
    let at = document.nodes.count
    document.nodes.append(node)
    document.nodes[at].end = Int32(at + 1)
    lastSpan = at
    return at
  }

  mutating func code(_ text: Span<UInt8>, from place: CMarkPlace, to end: CMarkPlace) {
    guard isInLeaf else { return }
    // libcmark's positions are those of the code without its backquotes.
    let start = fileOffset(place)
    let stop = min(bytes.count, fileOffset(end) + 1)
    var node = Node(.code, start..<max(start, stop))
    let content = restored(text)
    if options.experiments, content.count > 3, content.has("nn ", at: 0) {
      let index = document.inlineValues.count
      node.kind = .inlineValue
      node.first = Int32(index)
      var skip = 3
      while skip < content.count, content[skip] == 0x20 { skip += 1 }
      let range = start..<max(start, stop)
      let expression = placed(content[skip...], at: start + skip, in: range)
      let at = addLeaf(node)
      document.inlineValues.append(
        InlineValue(index: index, node: at, expression: expression, range: range))
      return
    }
    addText(node, content)
  }

  /// Code with its offsets in the file, where a zero byte takes one byte but U+FFFD takes three.
  private func placed(
    _ code: some Collection<UInt8>, at start: Int, in range: Range<Int>
  ) -> ExtractedText {
    var text = ExtractedText()
    var rest = code[...]
    var offset = start
    let last = max(0, min(range.upperBound, bytes.count) - 1)
    while !rest.isEmpty {
      let isZero = offset < bytes.count && bytes[offset] == 0 && rest.starts(with: "\u{FFFD}".utf8)
      for byte in rest.prefix(isZero ? 3 : 1) {
        text.append(CollectionOfOne(byte), at: min(offset, last))
      }
      rest = rest.dropFirst(isZero ? 3 : 1)
      offset += 1
    }
    return text
  }

  mutating func html(_ text: Span<UInt8>, from place: CMarkPlace) {
    guard isInLeaf else { return }
    let start = fileOffset(place)
    let content = restored(text)
    noteAnchors(in: content, 0..<content.count, at: start)
    addText(Node(.html, start..<start + content.count), content)
  }

  mutating func addText(_ node: Node, _ content: [UInt8]) {
    finishRun()
    var node = node
    node.first = Int32(document.text.count)
    node.second = Int32(content.count)
    document.text.append(contentsOf: content)
    addLeaf(node)
  }

  // MARK: Spans

  mutating func enter(_ kind: Node.Kind, from place: CMarkPlace, to end: CMarkPlace) {
    guard isInLeaf else { return }
    let start = fileOffset(place)
    open(Node(kind, start..<max(start, min(bytes.count, fileOffset(end) + 1))), isLink: false)
  }

  mutating func enterLink(
    isImage: Bool, destination: Span<UInt8>, title: Span<UInt8>, from place: CMarkPlace,
    to end: CMarkPlace
  ) {
    guard isInLeaf else { return }
    let start = fileOffset(place)
    // For an automatic link below another line, libcmark reports an end after that of the line.
    let stop = max(start, min(bytes.count, fileOffset(end) + 1))
    openLink(
      isImage: isImage, destination: String(decoding: restored(destination), as: UTF8.self),
      title: String(decoding: restored(title), as: UTF8.self), start..<stop)
  }

  mutating func openLink(
    isImage: Bool, destination: String, title: String, _ range: Range<Int>
  ) {
    var node = Node(isImage ? .image : .link, range)
    node.first = Int32(document.links.count)
    let link = Link(
      index: document.links.count, node: document.nodes.count, isImage: isImage,
      destination: destination, title: title, range: range, html: options.html)
    switch link.treatment {
    case .asWritten: break
    case .link: document.diagnostics.append(.outsideImage(range, file))
    case .text: document.diagnostics.append(.refusedLink(destination, range, file))
    }
    document.links.append(link)
    open(node, isLink: true, isImage: isImage)
    document.links[Int(node.first)].node = document.nodes.count - 1
  }

  private mutating func open(_ node: Node, isLink: Bool, isImage: Bool = false) {
    finishRun()
    frames.append(
      Frame(
        node: document.nodes.count, isLink: isLink, isImage: isImage, firstTilde: tildes.count))
    if isLink { linkDepth += 1 }
    if isImage { imageDepth += 1 }
    document.nodes.append(node)
    lastSpan = -1
  }

  mutating func exit() {
    guard isInLeaf, let frame = frames.popLast() else { return }
    finishRun()
    tildes.removeSubrange(frame.firstTilde...)
    document.nodes[frame.node].end = count
    if frame.isLink {
      linkDepth -= 1
      if frame.isImage { imageDepth -= 1 }
      // Of nested images, only the outermost is visible.
      if imageDepth == 0 {
        let index = Int(document.nodes[frame.node].first)
        document.links[index].text = document.plainText(of: frame.node)
      }
    }
    lastSpan = frame.node
  }

  // MARK: Strikethrough

  private mutating func addTildes(_ length: Int, next: UInt32?, at start: Int) {
    let previous: UInt32 =
      run >= 0
      ? document.text.scalar(before: document.text.count, from: 0) ?? 0x20
      : document.nodes.count - 1 > leaf ? 0x61 : 0x20
    let before = frames.last?.node == document.nodes.count - 1 ? 0x2A : previous
    finishRun()
    var node = Node(.text, start..<start + length)
    node.first = Int32(document.text.count)
    node.second = Int32(length)
    for _ in 0..<length { document.text.append(UInt8(ascii: "~")) }
    let index = addLeaf(node)
    lastSpan = -1
    let after = next ?? 0x61
    // As for emphasis, punctuation is not special next to CJK.
    let isCJK = options.cjk && (ScalarClass.isCJK(before) || ScalarClass.isCJK(after))
    let canClose =
      !ScalarClass.isWhitespace(before)
      && (isCJK || !ScalarClass.isPunctuation(before) || next == nil
        || ScalarClass.isWhitespace(after)
        || ScalarClass.isPunctuation(after))
    let canOpen =
      !ScalarClass.isWhitespace(after)
      && (isCJK || !ScalarClass.isPunctuation(after) || ScalarClass.isWhitespace(before)
        || ScalarClass.isPunctuation(before))
    let first = frames.last?.firstTilde ?? 0
    let waiting = tildes.count > first ? tildes[tildes.count - 1].waiting : (0, 0)
    if canClose, length == 1 ? waiting.0 > 0 : waiting.1 > 0,
      let opener = tildes[first...].lastIndex(where: { $0.length == length })
    {
      let from = tildes[opener].node
      document.nodes[from].kind = .strikethrough
      document.nodes[from].end = Int32(index + 1)
      document.nodes[from].stop = UInt32(start + length)
      document.nodes[index].kind = .none
      tildes.removeSubrange(opener...)
      lastSpan = from
    } else if canOpen {
      tildes.append(
        Tilde(
          node: index, length: length,
          waiting: length == 1 ? (waiting.0 + 1, waiting.1) : (waiting.0, waiting.1 + 1)))
    }
  }

  // MARK: Places

  /// The file offset of a position in libcmark's input.
  mutating func fileOffset(_ place: CMarkPlace) -> Int {
    guard place.line > 0, place.line <= source.lineStarts.count else { return lastOffset }
    let offset = Int(source.lineStarts[place.line - 1]) + max(0, place.column - 1)
    let count = source.pieces.count
    // Positions are nearly in order.
    if pieceCursor >= count || Int(source.pieces[pieceCursor].buffer) > offset {
      pieceCursor = 0
      var high = count
      while high - pieceCursor > 1 {
        let middle = (pieceCursor + high) / 2
        if Int(source.pieces[middle].buffer) <= offset {
          pieceCursor = middle
        } else {
          high = middle
        }
      }
    }
    while pieceCursor + 1 < count, Int(source.pieces[pieceCursor + 1].buffer) <= offset {
      pieceCursor += 1
    }
    guard pieceCursor < count else { return lastOffset }
    let piece = source.pieces[pieceCursor]
    return min(bytes.count, Int(piece.file) + max(0, offset - Int(piece.buffer)))
  }

  // MARK: After a leaf

  /// Turns an image that is alone in its paragraph into a figure.
  private mutating func makeFigure() {
    guard options.figures, document.nodes[leaf].kind == .paragraph,
      document.nodes.count > leaf + 1, document.nodes[leaf + 1].kind == .image,
      Int(document.nodes[leaf + 1].end) == document.nodes.count
    else { return }
    document.nodes[leaf].kind = .figure
  }
}

extension Node {
  var hasText: Bool { kind == .text || kind == .abbreviation }
  /// Whether the node's text is a range of the document's.
  var isText: Bool {
    switch kind {
    case .text, .code, .html, .abbreviation, .htmlBlock, .htmlElement: true
    default: false
    }
  }
  var holdsInlines: Bool {
    kind == .emphasis || kind == .strong || kind == .strikethrough || kind == .link
  }
}

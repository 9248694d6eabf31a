import Diagnostics

/// Assembles a document's tree: the blocks that were parsed from its lines and, in their leaves,
/// what libcmark found in the text, with the pieces that were set aside back in their places.
struct TreeBuilder: InlineVisitor {
  /// An open inline.
  struct Frame {
    var node: Int
    var isLink: Bool
    var isImage = false
    /// The index in `tildes` at which its strikethrough delimiters start.
    var firstTilde: Int
  }

  /// A run of one or two tildes that may open a strikethrough.
  struct Tilde {
    var node: Int
    var length: Int
    /// The number of runs of each length that are waiting in the frame, including this one, which
    /// saves futile searches.
    var waiting: (single: Int, double: Int)
  }

  var document: Document
  let blocks: [Node]
  let segments: [Segment]
  let attributeLists: [AttributeList]
  var source: InlineSource
  let bytes: [UInt8]
  let options: MarkdownOptions
  let file: SourceFile
  let abbreviations: AbbreviationIndex
  let codeInfos: [Range<Int>]
  var infoTexts: [Int: [UInt8]] = [:]
  /// The formulas that make up whole paragraphs, by block.
  var wholeFormulas: [(block: Int, placeholder: Placeholder, text: [UInt8])] = []

  // The state of assembly.
  var nextBlock = 0
  var nextUnit = 0
  var nextPlain = 0
  var nextFormula = 0
  var nextCode = 0
  var openBlocks: [(end: Int, node: Int)] = []
  // The current leaf.
  var leaf = -1
  var isInLeaf = false
  var leafHasMarks = false
  var skipsBreak = false
  var frames: [Frame] = []
  var tildes: [Tilde] = []
  var linkDepth = 0
  var imageDepth = 0
  /// The text node to which more text is added; -1 if the last node is of another kind.
  var run = -1
  /// The inline that just ended, to which an attribute list may apply.
  var lastSpan = -1
  /// The line breaks in the leaf's text, and the nodes to which they were added.
  var breaks: [(offset: Int, node: Int)] = []
  var pieceCursor = 0

  init(
    _ file: SourceFile, bytes: [UInt8], _ parser: BlockParser, document: Document, hasMarks: Bool
  ) {
    self.file = file
    self.bytes = bytes
    options = document.options
    self.document = document
    blocks = parser.nodes
    segments = parser.segments
    attributeLists = parser.attributeLists
    codeInfos = parser.codeInfos
    abbreviations = AbbreviationIndex(parser.abbreviations)
    source = InlineSource(
      bytes, file, document.options, hasMarks: hasMarks, footnotes: parser.footnoteIndex)
    self.document.attributeLists = parser.attributeLists
    self.document.nodes.removeAll()
    self.document.nodes.reserveCapacity(blocks.count * 3)
    self.document.text.reserveCapacity(bytes.count)
  }

  /// Returns the document without keeping a reference to it, so that the caller does not copy it.
  mutating func takeDocument() -> Document {
    let result = document
    document = Document(file, options)
    return result
  }

  mutating func build() {
    prepare()
    CMark.read(source.buffer, smart: options.smartPunctuation, &self)
    copyBlocks(upTo: blocks.count)
    while let last = openBlocks.popLast() { document.nodes[last.node].end = count }
    document.diagnostics += source.diagnostics
  }

  var count: Int32 { Int32(document.nodes.count) }

  // MARK: Input of libcmark

  private mutating func prepare() {
    var code = 0
    for (index, block) in blocks.enumerated() {
      let lines = Int(block.first)..<Int(block.first) + Int(block.second)
      switch block.kind {
      case .paragraph, .heading, .tableCell, .term:
        guard !lines.isEmpty else { break }
        let formula = source.add(
          index, segments[lines], isParagraph: block.kind == .paragraph,
          isCell: block.kind == .tableCell)
        if let formula { wholeFormulas.append((index, formula, source.text)) }
      case .none where block.isLinkDefinition:
        addDefinitions(lines)
      case .codeBlock:
        let info = codeInfos[code]
        if bytes[info].contains(where: { $0 == UInt8(ascii: "&") || $0 == UInt8(ascii: "\\") }) {
          source.addInfo(info, code: code, node: index)
        }
        code += 1
      default: break
      }
    }
  }

  /// Passes link definitions to libcmark, except for those that are so long that their uses would
  /// make the page grow quadratically: libcmark copies a definition to each of its uses.
  private mutating func addDefinitions(_ lines: Range<Int>) {
    func length(_ lines: Range<Int>) -> Int {
      segments[lines].reduce(0) { $0 + $1.range.count }
    }
    guard length(lines) > 1000 else { return source.addDefinitions(segments[lines]) }
    let uses = bytes.count { $0 == UInt8(ascii: "[") }
    let longest = (1_000_000 + 8 * bytes.count) / uses
    var start = lines.lowerBound
    for end in LinkDefinition.lines(in: bytes, segments[lines], footnotes: options.footnotes) {
      let definition = start..<lines.lowerBound + end
      if length(definition) <= longest { source.addDefinitions(segments[definition]) }
      start = definition.upperBound
    }
  }

  // MARK: Blocks

  /// Copies the blocks before `end` to the document.
  mutating func copyBlocks(upTo end: Int) {
    while nextBlock < end {
      copyBlock(nextBlock)
      if nextPlain < source.plainUnits.count, source.plainUnits[nextPlain].node == nextBlock {
        readPlainLeaf()
      }
      nextBlock += 1
    }
  }

  private mutating func copyBlock(_ index: Int) {
    while let last = openBlocks.last, last.end <= index {
      document.nodes[last.node].end = count
      openBlocks.removeLast()
    }
    var node = blocks[index]
    if node.kind == .none { return }
    let at = document.nodes.count
    node.endsBlank = false
    let lines = Int(node.first)..<Int(node.first) + max(0, Int(node.second))
    node.end = Int32(at + 1)
    switch node.kind {
    case .paragraph:
      if nextFormula < wholeFormulas.count, wholeFormulas[nextFormula].block == index {
        let (_, placeholder, text) = wholeFormulas[nextFormula]
        nextFormula += 1
        node.kind = .formulaBlock
        node.first = Int32(
          addFormula(
            text[Int(placeholder.content.lowerBound)..<Int(placeholder.content.upperBound)],
            node: at,
            lines: lines, offset: Int(placeholder.content.lowerBound), place: node.range,
            isBlock: true))
      }
      node.isBare = isBareParagraph(at)
    case .heading:
      document.headings.append(
        Heading(
          node: at, level: node.headingLevel, id: nil, kramdownID: nil, text: "",
          isInContents: true, range: node.range))
      if options.headingIDs == .kramdown || options.headingIDs == .readableAndKramdown {
        rawHeadings.append(
          segments[lines].map { bytes.string($0.range) }.joined(separator: " "))
      }
      node.first = Int32(document.headings.count - 1)
    case .formulaBlock:
      var text: [UInt8] = []
      for line in segments[lines] {
        text.append(contentsOf: bytes[line.range])
        text.append(0x0A)
      }
      node.first = Int32(
        addFormula(text[...], node: at, lines: lines, offset: 0, place: node.range, isBlock: true))
    case .codeBlock:
      node.first = Int32(addCode(node, at: at, lines))
    case .htmlBlock, .htmlElement:
      let start = document.text.count
      addHTML(node, lines)
      node.first = Int32(start)
      node.second = Int32(document.text.count - start)
    default: break
    }
    if node.kind != .htmlBlock, node.kind != .htmlElement { node.second = 0 }
    document.nodes.append(node)
    if Int(blocks[index].end) > index + 1 || isLeaf(node.kind) {
      openBlocks.append((Int(blocks[index].end), at))
    }
  }

  /// The headings as written, from which kramdown derives ids.
  var rawHeadings: [String] = []

  private func isLeaf(_ kind: Node.Kind) -> Bool {
    switch kind {
    case .paragraph, .heading, .tableCell, .term: true
    default: false
    }
  }

  /// Whether the paragraph that is about to be added is written without a `p` element: in a tight
  /// list, as the first block of a definition, or in an HTML element that holds text.
  private func isBareParagraph(_ at: Int) -> Bool {
    guard let parent = openBlocks.last else { return false }
    let node = document.nodes[parent.node]
    switch node.kind {
    case .item:
      guard openBlocks.count > 1 else { return false }
      return !document.nodes[openBlocks[openBlocks.count - 2].node].isLoose
    case .definition: return !node.isLooseDefinition && at == parent.node + 1
    case .htmlElement: return node.holdsText
    default: return false
    }
  }

  private mutating func addHTML(_ node: Node, _ lines: Range<Int>) {
    for line in segments[lines] {
      for _ in 0..<line.indent { document.text.append(0x20) }
      document.text.append(contentsOf: bytes[line.range])
      if node.kind == .htmlBlock { document.text.append(0x0A) }
      noteAnchors(in: bytes, line.range, at: line.range.lowerBound)
    }
  }

  /// The text of a leaf whose lines were joined, with its offsets in the file.
  func extracted(_ text: ArraySlice<UInt8>, _ lines: Range<Int>, offset: Int) -> ExtractedText {
    var result = ExtractedText()
    // Each line of the text comes from a segment; the text may start within the first one.
    var at = text.startIndex
    var position = 0
    for line in segments[lines] {
      let length = line.range.count
      let start = max(position, offset)
      if at < text.endIndex, start <= position + length {
        let take = min(position + length - start, text.endIndex - at)
        result.append(text[at..<at + take], at: line.range.lowerBound + start - position)
        at += take
        if at < text.endIndex, text[at] == 0x0A {
          result.append(CollectionOfOne(0x0A), at: line.range.upperBound)
          at += 1
        }
      }
      position += length + 1
    }
    if at < text.endIndex {
      result.append(text[at...], at: result.fileOffset(of: result.bytes.count))
    }
    return result
  }

  mutating func addFormula(
    _ text: ArraySlice<UInt8>, node: Int, lines: Range<Int>, offset: Int, place: Range<Int>,
    isBlock: Bool
  ) -> Int {
    let tex = extracted(text, lines, offset: offset)
    return addFormula(tex, node: node, place: place, isBlock: isBlock)
  }

  mutating func addFormula(
    _ tex: ExtractedText, node: Int, place: Range<Int>, isBlock: Bool
  ) -> Int {
    let index = document.formulas.count
    document.formulas.append(
      Formula(
        index: index, node: node, tex: tex, isDisplay: isBlock, labels: [], range: place))
    return index
  }

  private mutating func addCode(_ node: Node, at: Int, _ lines: Range<Int>) -> Int {
    let index = document.codeBlocks.count
    var content = ExtractedText()
    for line in segments[lines] {
      // A newline that the file's last line lacks gets the offset of the file's last byte.
      for _ in 0..<line.indent {
        content.append(CollectionOfOne(0x20), at: min(line.range.lowerBound, bytes.count - 1))
      }
      content.append(bytes[line.range], at: line.range.lowerBound)
      content.append(CollectionOfOne(0x0A), at: min(line.range.upperBound, bytes.count - 1))
    }
    let isFenced = node.isFenced
    var info = FenceInfo()
    if isFenced {
      let range = codeInfos[nextCode]
      let resolved = infoTexts[nextCode] ?? Array(bytes[range])
      var reader = FenceInfoReader(file: file, bytes: bytes, options: options)
      info = reader.read(resolved, range)
      document.diagnostics += reader.diagnostics
    }
    nextCode += 1
    if info.include != nil { content = ExtractedText() }
    document.codeBlocks.append(
      CodeBlock(
        index: index, node: at, isFenced: isFenced, info: info, content: content, figure: nil,
        range: node.range))
    return index
  }
}

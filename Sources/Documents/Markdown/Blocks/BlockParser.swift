import Diagnostics

/// A part of one source line that belongs to a block: `indent` spaces (the rest of a tab that a
/// container consumed in part), then the bytes from `start` to `end`.
struct Segment {
  var start: Int32
  var end: Int32
  var indent: Int32 = 0

  var range: Range<Int> { Int(start)..<Int(end) }
}

/// Parses the block structure of an article in one pass over its lines, by the algorithm in the
/// appendix of the CommonMark specification.
///
/// libcmark has no extension point for blocks, and most of the dialect is about blocks: a footnote
/// or a definition contains lists and code, an attribute list ends a paragraph, a formula's second
/// line may begin with `+`. So blocks are parsed here, with exact positions in the file, and
/// libcmark parses what is inside them (``InlineSource``). Tests compare the results for CommonMark
/// with libcmark's own HTML.
struct BlockParser {
  /// A block that the next line may continue. It is plain data, since it is copied often.
  struct Open {
    var kind: Node.Kind
    var node: Int
    var lastChild = -1
    /// The child before `lastChild`.
    var previousChild = -1
    /// The columns that a line of an item must be indented by, or the spaces to remove from a line
    /// of a fence or of an element.
    var indent = 0
    var fence: UInt8 = 0
    var fenceLength = 0
    var htmlEnd = HTMLBlockEnd.blankLine
    var startLine: Int
    /// For an `htmlElement`: the index of its name among the open ones, how many elements of that
    /// name are open, and whether its content is text.
    var tag = 0
    var tagDepth = 0
    var holdsText = false
    /// Whether the line that ends the block was found.
    var isClosed = false
    var info = 0..<0
  }

  /// The maximum nesting of containers; browsers give up at about twice that.
  static let maximumDepth = 200

  let bytes: [UInt8]
  let options: MarkdownOptions
  let file: SourceFile
  let blockStart = ByteClass.blockStart
  var nodes: [Node]
  var segments: [Segment] = []
  var attributeLists: [AttributeList] = []
  /// The range of each code block's info string, in order.
  var codeInfos: [Range<Int>] = []
  /// The names of the open `htmlElement`s.
  var openTags: [[UInt8]] = []
  /// The alignments of the open table.
  var alignments: [ColumnAlignment] = []
  var columns = 0
  /// The number of rows in its header.
  var headRows = 1
  /// The number of cells that were added to fill up short rows of tables.
  var filledCells = 0
  /// Whether excessive nesting was already reported.
  var toldOfDepth = false
  var diagnostics: [Diagnostic] = []
  var footnotes: [FootnoteDefinition] = []
  /// The first footnote with each label.
  var footnoteIndex: [String: Int] = [:]
  var abbreviations: [Abbreviation] = []
  var definedAttributes: [String: AttributeList] = [:]

  var open: [Open] = []
  // The current line, and the position in it.
  var lineNumber = 0
  var lineStart = 0
  var lineEnd = 0
  var offset = 0
  var column = 0
  /// The columns left of a tab that was consumed in part.
  var tabColumns = 0
  var firstNonspace = 0
  var firstNonspaceColumn = 0
  var indent = 0
  var isBlank = false
  var lastContentLine = 0
  var lastContentEnd = 0

  /// The offset before which lines are inside a formula that a paragraph opened.
  var formulaEnd = 0
  /// An attribute list on the previous line, which applies to the next block.
  var pendingAttributes: (list: AttributeList, line: Int, range: Range<Int>)?
  /// The number of nodes at the last `^`: what follows is not joined to what precedes it.
  var separation = -1
  var abbreviationLine = -1
  /// The offset at which the line was found not to be a thematic break.
  var thematicFailure = -1
  var lineHasDollar = false
  var lineHasPipe = false
  /// The indentation of an element that starts within an HTML block.
  var elementIndent = 0
  /// The index of the open element that ends after the line's text; -1 for none.
  var elementEnd = -1
  /// An offset after which there is no `{:/}`.
  var lastExtensionEnd = Int.max

  init(_ file: SourceFile, bytes: [UInt8], from start: Int, options: MarkdownOptions) {
    self.file = file
    self.bytes = bytes
    self.options = options
    nodes = [Node(.document, start..<bytes.count)]
    nodes.reserveCapacity((bytes.count - start) / 40 + 8)
    segments.reserveCapacity((bytes.count - start) / 40 + 8)
    open = [Open(kind: .document, node: 0, startLine: 0)]
    lastContentEnd = start
    readLines(from: start)
    while open.count > 1 { closeLast() }
    dropPendingAttributes()
    nodes[0].end = Int32(nodes.count)
  }

  private mutating func readLines(from start: Int) {
    var at = start
    while at < bytes.count {
      lineStart = at
      var end = at
      lineHasDollar = false
      lineHasPipe = false
      while end < bytes.count {
        let byte = bytes[end]
        if byte >= 0x80 {
          end = bytes.span.nextASCII(from: end + 1, to: bytes.count)
          continue
        } else if byte < 0x0E {
          if byte == 0x0A || byte == 0x0D { break }
        } else if byte == 0x24 {
          lineHasDollar = true
        } else if byte == 0x7C {
          lineHasPipe = true
        }
        end += 1
      }
      lineEnd = end
      at = end + 1
      if end < bytes.count, bytes[end] == 0x0D, at < bytes.count, bytes[at] == 0x0A { at += 1 }
      lineNumber += 1
      readLine()
      if elementEnd >= 0 { closeElementBehindText() }
    }
  }

  // MARK: A line

  /// The result of trying to start a block.
  enum Start {
    case nothing
    /// A block that contains blocks: the rest of the line may start another.
    case container
    /// A block that takes the rest of the line.
    case leaf
    /// The line is consumed.
    case line
  }

  private mutating func readLine() {
    offset = lineStart
    column = 0
    tabColumns = 0
    thematicFailure = -1
    elementIndent = 0
    findNonspace()
    guard let matched = matchOpenBlocks() else {
      noteContent()
      return
    }
    let current = open[open.count - 1].kind
    if current == .paragraph, lineStart < formulaEnd, !isBlank {
      addParagraphLine()
      noteContent()
      return
    }
    var depth = matched
    var maybeLazy = current == .paragraph
    search: while !holdsRawLines(open[depth - 1].kind) {
      findNonspace()
      if isBlank { break }
      // Two conditions: a method to the right of `||` would copy the parser for every line.
      if isInTextElement(depth) { break }
      if indent >= 4 {
        if maybeLazy || open[depth - 1].kind == .table { break }
        closeTo(depth)
        advance(columns: 4)
        add(.codeBlock, from: offset)
        nodes[open[open.count - 1].node].first = Int32(segments.count)
        depth = open.count
        break
      }
      guard blockStart.flags[Int(bytes[firstNonspace])] != 0 else { break }
      switch start(depth) {
      case .nothing: break search
      case .container: depth = open.count
      case .leaf:
        depth = open.count
        break search
      case .line:
        noteContent()
        return
      }
      maybeLazy = false
    }
    findNonspace()
    addText(depth: depth)
    if !isBlank { noteContent() }
  }

  private mutating func noteContent() {
    lastContentLine = lineNumber
    lastContentEnd = lineEnd
  }

  /// The number of open blocks that the line continues; `nil` if it closed a block and is consumed.
  private mutating func matchOpenBlocks() -> Int? {
    var index = 1
    while index < open.count {
      switch open[index].kind {
      case .blockQuote, .alert:
        guard indent <= 3, !isBlank, bytes[firstNonspace] == UInt8(ascii: ">") else { return index }
        advance(columns: indent + 1)
        if offset < lineEnd, isSpaceOrTab(bytes[offset]) || tabColumns > 0 { advance(columns: 1) }
        findNonspace()
      case .item, .definition:
        if case .definition = open[index].kind, indent >= 4, open[index].lastChild < 0 {
          // Only attributes follow the colon: what is below is indented by four columns.
          open[index].indent = 4
        }
        if indent >= open[index].indent {
          advance(columns: open[index].indent)
        } else if isBlank, open[index].lastChild >= 0 {
          advanceToNonspace()
        } else {
          return index
        }
        findNonspace()
      case .footnote:
        if isBlank {
          advanceToNonspace()
        } else if indent >= 4 {
          advance(columns: 4)
        } else {
          return index
        }
        findNonspace()
      case .codeBlock:
        if open[index].fence == 0 {
          if indent >= 4 {
            advance(columns: 4)
          } else if isBlank {
            advanceToNonspace()
          } else {
            return index
          }
        } else if isClosingFence(of: open[index]) {
          lastContentEnd = lineEnd
          open[index].isClosed = true
          closeTo(index)
          return nil
        } else {
          var spaces = open[index].indent
          while spaces > 0, offset < lineEnd, isSpaceOrTab(bytes[offset]) {
            advance(columns: 1)
            spaces -= 1
          }
        }
      case .htmlBlock:
        if endsExtension(index) { return nil }
        guard open[index].htmlEnd == .blankLine else { break }
        if isBlank || isAttributeLine() { return index }
        if startsElement() {
          elementIndent = indent
          advanceToNonspace()
          return index
        }
      case .htmlElement:
        if closesElement(index) { return nil }
        if indent > 0, open[index].indent > 0 {
          advance(columns: min(indent, open[index].indent))
          findNonspace()
        }
      case .formulaBlock:
        if endsFormula(index) { return nil }
      case .paragraph, .table:
        if isBlank { return index }
      default:
        break
      }
      index += 1
    }
    return index
  }

  /// Whether the line consists of an attribute list.
  private func isAttributeLine() -> Bool {
    guard options.kramdown, indent < 4, bytes[firstNonspace] == UInt8(ascii: "{"),
      let found = AttributeListParser.list(
        in: bytes, at: firstNonspace, end: lineEnd, html: options.html)
    else { return false }
    return isBlank(found.end)
  }

  private func isClosingFence(of block: Open) -> Bool {
    guard indent <= 3, !isBlank else { return false }
    var at = firstNonspace
    while at < lineEnd, bytes[at] == block.fence { at += 1 }
    guard at - firstNonspace >= block.fenceLength else { return false }
    while at < lineEnd, isSpaceOrTab(bytes[at]) { at += 1 }
    return at == lineEnd
  }

  /// Adds the rest of the line to the block that accepts it, or opens a paragraph for it.
  private mutating func addText(depth: Int) {
    markBlank(depth)
    if depth < open.count, !isBlank, open[open.count - 1].kind == .paragraph {
      addParagraphLine()  // a lazy continuation
      return
    }
    closeTo(depth)
    switch open[depth - 1].kind {
    case .codeBlock, .formulaBlock:
      addRestOfLine()
    case .htmlBlock:
      addRestOfLine()
      if open[depth - 1].htmlEnd.ends(in: bytes, offset..<lineEnd) {
        lastContentEnd = lineEnd
        closeLast()
      }
    case _ where isBlank:
      if pendingAttributes != nil { dropPendingAttributes() }
    case .paragraph:
      addParagraphLine()
    case .table:
      addTableRow()
    default:
      startParagraph()
    }
  }

  /// Records blank lines, from which lists know whether they are loose.
  private mutating func markBlank(_ depth: Int) {
    let container = open[depth - 1]
    if isBlank {
      if container.lastChild >= 0 { nodes[container.lastChild].endsBlank = true }
      switch container.kind {
      case .blockQuote, .alert, .heading, .thematicBreak: nodes[container.node].endsBlank = false
      case .codeBlock: nodes[container.node].endsBlank = container.fence == 0
      case .item where container.lastChild < 0 && container.startLine == lineNumber:
        nodes[container.node].endsBlank = false
      default: nodes[container.node].endsBlank = true
      }
    } else {
      nodes[container.node].endsBlank = false
    }
    for index in 0..<depth - 1 { nodes[open[index].node].endsBlank = false }
  }

  private mutating func addRestOfLine() {
    addSegment(tabColumns > 0 ? offset + 1 : offset, indented: tabColumns)
  }
}

import Diagnostics

/// The input of libcmark: every leaf of the article as a paragraph of its own, or as a heading if
/// its text could be mistaken for a block, with the pieces set aside that are not CommonMark.
///
/// Thus libcmark resolves emphasis, links, entities and code as usual, and the lines of a leaf are
/// at positions that can be mapped back to the file.
struct InlineSource {
  /// A leaf, by the line (from 1) of libcmark's input at which it starts.
  struct Unit {
    var line: Int
    var node: Int
    /// For an info string, the index of the code block; otherwise -1.
    var code = -1
    /// Whether a joiner and a line break precede the leaf's text in libcmark's input.
    var isGuarded = false
    /// Whether its text may contain marks or tildes.
    var hasMarks = true
  }

  /// A leaf in which libcmark would find nothing to resolve, and which is therefore not passed to
  /// it.
  struct PlainUnit {
    var node: Int
    /// The range of its text in ``plainText``. In the file, the text is contiguous except for
    /// marks.
    var text: Range<Int>
    var place: Int
    var hasMarks: Bool
  }

  let bytes: [UInt8]
  let file: SourceFile
  let options: MarkdownOptions
  /// The characters at which scanning stops; all others are copied.
  let special: ByteClass
  let hasMarks: Bool

  var buffer: [UInt8] = []
  var units: [Unit] = []
  var plainText: [UInt8] = []
  var plainUnits: [PlainUnit] = []
  var placeholders: [Placeholder] = []
  var placeholderText: [UInt8] = []
  /// The offset in the buffer at which each line's text starts.
  var lineStarts: [UInt32] = []
  /// The file offsets of pieces of the buffer, in order.
  var pieces: [(buffer: UInt32, file: UInt32)] = []
  var diagnostics: [Diagnostic] = []
  var footnoteIndex: [String: Int] = [:]
  var nearFootnotes = NearNames()

  /// The current leaf: its lines, joined by newlines, and their offsets in the file.
  var text: [UInt8] = []
  var textPieces: [(text: Int, file: Int)] = []
  /// The offset up to which the text is written.
  var copied = 0
  /// Whether the text has so far contained nothing that libcmark would have to resolve.
  var isPlain = true
  /// Whether the text contains anything that has to be put back, or looked for, in libcmark's
  /// output.
  var hasMarksInLeaf = false
  /// The end of the last piece that was set aside.
  var lastPlaceholderEnd = -1
  /// Offsets after which something is known to be absent from this leaf.
  var noDollars = Int.max
  var noComment = Int.max
  var noExtension = Int.max
  var missingRuns: UInt64 = 0
  /// The open brackets of this leaf: for each, whether it is that of an image.
  var openBrackets: [Bool] = []
  var openImages = 0

  init(
    _ bytes: [UInt8], _ file: SourceFile, _ options: MarkdownOptions, hasMarks: Bool,
    footnotes: [String: Int]
  ) {
    self.bytes = bytes
    self.file = file
    self.options = options
    self.hasMarks = hasMarks
    footnoteIndex = footnotes
    var stops = ""
    if options.math { stops += "$" }
    if options.autolinks { stops += ":@w]" }
    if options.kramdown { stops += "{" }
    if options.smartPunctuation { stops += "'\"-." }
    let resolved = ByteClass.resolved
    let own = ByteClass(of: stops)
    special = ByteClass { resolved[$0] || own[$0] }
    buffer.reserveCapacity(bytes.count / 2)
    plainText.reserveCapacity(bytes.count)
  }

  // MARK: Leaves

  /// Adds the leaf at `node`, which consists of these lines.
  ///
  /// - Returns: The formula, if the leaf consists of one; it is not added then.
  mutating func add(
    _ node: Int, _ segments: ArraySlice<Segment>, isParagraph: Bool, isCell: Bool
  ) -> Placeholder? {
    join(segments, isCell: isCell)
    if options.math, isParagraph, text.count > 4, text[0] == UInt8(ascii: "$"),
      let whole = wholeFormula()
    {
      return whole
    }
    let before = (lines: lineStarts.count, pieces: pieces.count, placeholders: placeholders.count)
    let bufferStart = buffer.count
    isPlain = textPieces.count == 1
    hasMarksInLeaf = hasMarks
    startLine()
    var unit = Unit(line: lineStarts.count, node: node)
    if segments.count == 1, let first = text.first, !isPlainStart(first) || !isParagraph {
      buffer.append(UInt8(ascii: "#"))
      buffer.append(0x20)
      let start = buffer.count
      note(0)
      scan()
      if !isPlain { raw(" #\n\n") } else { takePlain(from: start, node, before.placeholders) }
    } else {
      if let first = text.first, !isPlainStart(first) {
        isPlain = false
        hasMarksInLeaf = true
        unit.isGuarded = true
        buffer.append(contentsOf: PlaceholderMark.joiner)
        newLine()
      }
      let start = buffer.count
      note(0)
      scan()
      if !isPlain { raw("\n\n") } else { takePlain(from: start, node, before.placeholders) }
    }
    if isPlain {
      buffer.removeLast(buffer.count - bufferStart)
      lineStarts.removeLast(lineStarts.count - before.lines)
      pieces.removeLast(pieces.count - before.pieces)
    } else {
      startLine()
      unit.hasMarks = hasMarksInLeaf || placeholders.count > before.placeholders
      units.append(unit)
    }
    return nil
  }

  /// Moves what was written from `start` on to the text of plain leaves, without trailing spaces.
  private mutating func takePlain(from start: Int, _ node: Int, _ placeholdersBefore: Int) {
    var end = buffer.count
    while end > start, isWhitespace(buffer[end - 1]) { end -= 1 }
    let first = plainText.count
    plainText.append(contentsOf: buffer[start..<end])
    plainUnits.append(
      PlainUnit(
        node: node, text: first..<plainText.count, place: textPieces[0].file,
        hasMarks: placeholders.count > placeholdersBefore))
  }

  private mutating func raw(_ string: StaticString) {
    string.withUTF8Buffer { unsafe buffer.append(contentsOf: $0) }
  }

  /// Adds link reference definitions unchanged.
  mutating func addDefinitions(_ segments: ArraySlice<Segment>) {
    startLine()
    for segment in segments {
      let start = buffer.count
      buffer.append(contentsOf: bytes[segment.range])
      if hasMarks { protectMarks(from: start) }
      buffer.append(0x0A)
      startLine()
    }
    buffer.append(0x0A)
  }

  /// Adds a fence's info string, in which libcmark resolves backslashes and entities.
  mutating func addInfo(_ range: Range<Int>, code: Int, node: Int) {
    startLine()
    units.append(Unit(line: lineStarts.count, node: node, code: code))
    raw("~~~ ")
    buffer.append(contentsOf: bytes[range])
    raw("\n~~~\n\n")
    for _ in 0..<2 { startLine() }
  }

  /// Whether libcmark reads text that starts with this byte as a paragraph, too.
  private func isPlainStart(_ byte: UInt8) -> Bool {
    !ByteClass.risky[byte]
  }

  /// Records the start of a line's text at the end of the buffer.
  mutating func startLine() {
    lineStarts.append(UInt32(truncatingIfNeeded: buffer.count))
  }

  /// Writes a line break within a leaf. The spaces prevent the line from starting a block, and are
  /// dropped.
  mutating func newLine() {
    raw("\n    ")
    startLine()
  }

  private mutating func join(_ segments: ArraySlice<Segment>, isCell: Bool) {
    text.removeAll(keepingCapacity: true)
    textPieces.removeAll(keepingCapacity: true)
    copied = 0
    lastPlaceholderEnd = -1
    noDollars = .max
    noComment = .max
    noExtension = .max
    missingRuns = 0
    openBrackets.removeAll(keepingCapacity: true)
    openImages = 0
    var isFirst = true
    for segment in segments {
      if !isFirst { text.append(0x0A) }
      isFirst = false
      textPieces.append((text.count, Int(segment.start)))
      text.append(contentsOf: bytes[segment.range])
    }
    if isCell { unescapePipes() }
  }

  /// In a table's cell, `\|` is a pipe, even in code, but not in a formula.
  private mutating func unescapePipes() {
    guard text.contains(UInt8(ascii: "\\")) else { return }
    let cell = text
    let start = textPieces.first?.file ?? 0
    text.removeAll(keepingCapacity: true)
    var at = 0
    var isFormula = false
    while at < cell.count {
      if options.math, cell.has("$$", at: at) {
        isFormula.toggle()
        text.append(cell[at])
        at += 1
      } else if cell[at] == UInt8(ascii: "\\"), at + 1 < cell.count, !isFormula {
        if cell[at + 1] == UInt8(ascii: "|") {
          textPieces.append((text.count, start + at + 1))
        } else {
          text.append(cell[at])
        }
        at += 1
      }
      text.append(cell[at])
      at += 1
    }
  }

  // MARK: Places

  /// The file offset of an offset in the text.
  func fileOffset(_ offset: Int) -> Int {
    var low = 0
    var high = textPieces.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if textPieces[middle].text <= offset { low = middle } else { high = middle }
    }
    guard high > 0 else { return 0 }
    return textPieces[low].file + offset - textPieces[low].text
  }

  /// Records that what is written to the buffer next comes from this offset in the text.
  mutating func note(_ offset: Int) {
    pieces.append(
      (
        UInt32(truncatingIfNeeded: buffer.count), UInt32(truncatingIfNeeded: fileOffset(offset))
      ))
  }

  // MARK: Writing

  /// Writes the text up to an offset; that part contains no newline.
  mutating func flush(to offset: Int) {
    if offset > copied {
      let start = buffer.count
      buffer.append(contentsOf: text[copied..<offset])
      if hasMarks { protectMarks(from: start) }
    }
    copied = offset
  }

  /// Writes something that is not in the text, and continues at `offset`.
  mutating func write(_ string: StaticString, skippingTo offset: Int) {
    raw(string)
    copied = offset
    note(offset)
  }

  mutating func writeJoiner() {
    hasMarksInLeaf = true
    buffer.append(contentsOf: PlaceholderMark.joiner)
    note(copied)
  }

  /// Sets a piece of the text aside, and writes a mark for it.
  mutating func addPlaceholder(
    _ kind: Placeholder.Kind, _ range: Range<Int>, content: Range<Int>, payload: Int = 0
  ) {
    guard placeholders.count < PlaceholderMark.limit else { return }
    flush(to: range.lowerBound)
    PlaceholderMark.append(placeholders.count, to: &buffer)
    placeholders.append(makePlaceholder(kind, range, content: content, payload: payload))
    copied = range.upperBound
    lastPlaceholderEnd = range.upperBound
    note(range.upperBound)
  }

  private mutating func makePlaceholder(
    _ kind: Placeholder.Kind, _ range: Range<Int>, content: Range<Int>, payload: Int = 0
  ) -> Placeholder {
    let start = placeholderText.count
    placeholderText.append(contentsOf: text[range])
    let first = start + content.lowerBound - range.lowerBound
    return Placeholder(
      kind: kind, payload: Int32(payload), content: Int32(first)..<Int32(first + content.count),
      original: Int32(start)..<Int32(start + range.count),
      place: Int32(fileOffset(range.lowerBound))..<Int32(fileOffset(range.upperBound)))
  }

  /// Sets aside the article's own private-use characters in what was written from `start` on.
  private mutating func protectMarks(from start: Int) {
    var at = start
    var hasMark = false
    while at + 3 < buffer.count {
      if PlaceholderMark.isMark(buffer[at], buffer[at + 1]) { hasMark = true }
      at += 1
    }
    guard hasMark else { return }
    let written = Array(buffer[start...])
    buffer.removeSubrange(start...)
    at = 0
    while at < written.count {
      if at + 3 < written.count, PlaceholderMark.isMark(written[at], written[at + 1]) {
        let from = placeholderText.count
        placeholderText.append(contentsOf: written[at..<at + 4])
        PlaceholderMark.append(placeholders.count, to: &buffer)
        let range = Int32(from)..<Int32(from + 4)
        placeholders.append(
          Placeholder(kind: .literal, content: range, original: range, place: 0..<0))
        at += 4
      } else {
        buffer.append(written[at])
        at += 1
      }
    }
  }
}

extension ByteClass {
  /// If one of these occurs outside of what is set aside, libcmark has something to resolve: a
  /// break, an escape, code, an entity, emphasis, a link, HTML, a strikethrough or a zero byte.
  static let resolved = ByteClass(of: "\n\\`&*_[<~\0")
  /// A line that starts with one of these may be something other than a paragraph to libcmark.
  static let risky = ByteClass(of: "#>`~<=-_*+0123456789[ \t")
  /// The last characters of spans to which an attribute list may apply.
  static let spanEnd = ByteClass(of: "*_`)]>~$")
}

/// A formula in the TeX that KaTeX accepts, converted from the TeX of notes written for MathJax,
/// with a map from its offsets to the author's.
///
/// ``TeXPrelude`` does what macros can do. This does what requires the text itself: environments
/// that KaTeX does not have, equation numbers that it would add by default (MathJax does not),
/// column specifications beyond `l`, `c`, `r` and bars, `_` and similar characters within `\text`,
/// `\label` and `\ref`, and `\color{red}{x}`, which colors only `x`.
struct CompatibleTeX {
  /// The input for KaTeX.
  private(set) var bytes: [UInt8] = []
  /// Whether the formula uses what works only in display style: `\tag`, or an environment like
  /// `align`.
  private(set) var needsDisplay = false
  /// Whether the formula uses `\ce` or `\pu`.
  private(set) var needsChemistry = false

  /// A run of `bytes` that is copied from the source or replaces a run of it.
  private struct Piece {
    var offset: Int
    var source: Range<Int>
    var isVerbatim: Bool
  }

  private let source: [UInt8]
  private let references: [String: String]
  private var pieces: [Piece] = []

  init(_ formula: Formula) {
    source = Array(formula.tex.utf8)
    references = formula.references
    bytes.reserveCapacity(source.count + 32)
    rewrite(0..<source.count)
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  var isUnchanged: Bool { bytes == source }

  /// The range in the source of a range in `bytes`.
  func sourceRange(of range: Range<Int>) -> Range<Int> {
    let start = sourceOffset(of: range.lowerBound, isEnd: false)
    guard !range.isEmpty else { return start..<start }
    return start..<max(start, sourceOffset(of: range.upperBound, isEnd: true))
  }

  private func sourceOffset(of offset: Int, isEnd: Bool) -> Int {
    guard offset < bytes.count || isEnd, !pieces.isEmpty else { return source.count }
    let before = pieces.lastIndex { isEnd ? $0.offset < offset : $0.offset <= offset } ?? 0
    let piece = pieces[before]
    guard piece.isVerbatim else {
      return isEnd ? piece.source.upperBound : piece.source.lowerBound
    }
    return min(piece.source.upperBound, piece.source.lowerBound + max(0, offset - piece.offset))
  }

  // MARK: Writing

  private mutating func copy(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    if let last = pieces.last, last.isVerbatim, last.source.upperBound == range.lowerBound {
      pieces[pieces.count - 1].source = last.source.lowerBound..<range.upperBound
    } else {
      pieces.append(Piece(offset: bytes.count, source: range, isVerbatim: true))
    }
    bytes.append(contentsOf: source[range])
  }

  private mutating func write(_ text: String, for range: Range<Int>) {
    guard !text.isEmpty else { return }
    pieces.append(Piece(offset: bytes.count, source: range, isVerbatim: false))
    bytes.append(contentsOf: text.utf8)
  }

  // MARK: Reading

  private mutating func rewrite(_ range: Range<Int>) {
    var offset = range.lowerBound
    while offset < range.upperBound {
      switch source[offset] {
      case UInt8(ascii: "\\"):
        offset = command(at: offset, before: range.upperBound)
      case UInt8(ascii: "%"):
        let end = lineEnd(from: offset, before: range.upperBound)
        copy(offset..<end)
        offset = end
      default:
        var end = offset + 1
        while end < range.upperBound, source[end] != UInt8(ascii: "\\"),
          source[end] != UInt8(ascii: "%")
        {
          end += 1
        }
        copy(offset..<end)
        offset = end
      }
    }
  }

  /// Rewrites the command at `start`, with those of its arguments that matter here, and returns the
  /// offset after it.
  private mutating func command(at start: Int, before end: Int) -> Int {
    var after = start + 1
    while after < end, isLetter(source[after]) { after += 1 }
    if after == start + 1 {
      after = min(end, after + 1)
      copy(start..<after)
      return after
    }
    let name = String(decoding: source[start + 1..<after], as: UTF8.self)
    switch name {
    case "label":
      guard let group = group(from: after, before: end) else { break }
      return group.upperBound + 1
    case "ref", "eqref":
      guard let group = group(from: after, before: end) else { break }
      let label = String(decoding: source[group], as: UTF8.self)
      let number = Self.escapedText(Array((references[label] ?? "??").utf8))
      let range = start..<group.upperBound + 1
      write(name == "ref" ? "\\text{\(number)}" : "\\text{(\(number))}", for: range)
      return range.upperBound
    case "begin", "end":
      guard let group = group(from: after, before: end) else { break }
      return environment(name, named: group, at: start, before: end)
    case "color":
      guard let color = group(from: after, before: end),
        skipSpace(from: color.upperBound + 1, before: end) < end,
        source[skipSpace(from: color.upperBound + 1, before: end)] == UInt8(ascii: "{")
      else { break }
      write("\\textcolor", for: start..<after)
      return after
    case "ce", "pu":
      needsChemistry = true
      guard let group = group(from: after, before: end) else { break }
      copy(start..<group.upperBound + 1)
      return group.upperBound + 1
    case "verb":
      guard after < end, let close = source[(after + 1)..<end].firstIndex(of: source[after]) else {
        break
      }
      copy(start..<close + 1)
      return close + 1
    case _ where Self.textCommands.contains(name):
      if name == "tag" {
        needsDisplay = true
        if after < end, source[after] == UInt8(ascii: "*") { after += 1 }
      }
      guard let group = group(from: after, before: end) else { break }
      copy(start..<group.lowerBound)
      text(group)
      return group.upperBound
    default:
      break
    }
    copy(start..<after)
    return after
  }

  /// Commands with a text argument, in which MathJax takes `_` and similar characters literally.
  private static let textCommands: Set<String> = [
    "text", "mbox", "hbox", "fbox", "tag", "textrm", "textbf", "textit", "texttt", "textsf",
    "textnormal", "textup", "textmd", "textsc", "emph", "framebox", "textsuperscript",
    "textsubscript",
  ]

  private mutating func text(_ range: Range<Int>) {
    var offset = range.lowerBound
    while offset < range.upperBound {
      let byte = source[offset]
      if byte == UInt8(ascii: "\\") {
        let end = min(range.upperBound, offset + 2)
        copy(offset..<end)
        offset = end
      } else if byte == UInt8(ascii: "$"),
        let close = source[(offset + 1)..<range.upperBound].firstIndex(of: byte)
      {
        copy(offset..<offset + 1)
        rewrite(offset + 1..<close)
        copy(close..<close + 1)
        offset = close + 1
      } else if let replacement = Self.textEscape(byte) {
        write(replacement, for: offset..<offset + 1)
        offset += 1
      } else {
        copy(offset..<offset + 1)
        offset += 1
      }
    }
  }

  private static func textEscape(_ byte: UInt8) -> String? {
    switch byte {
    case UInt8(ascii: "_"): "\\_"
    case UInt8(ascii: "^"): "\\textasciicircum{}"
    case UInt8(ascii: "#"): "\\#"
    case UInt8(ascii: "&"): "\\&"
    case UInt8(ascii: "%"): "\\%"
    case UInt8(ascii: "$"): "\\$"
    default: nil
    }
  }

  private static func escapedText(_ text: [UInt8]) -> String {
    let formula = Formula("\\text{\(String(decoding: text, as: UTF8.self))}", isDisplay: false)
    return String(CompatibleTeX(formula).text.dropFirst("\\text{".count).dropLast())
  }

  // MARK: Environments

  private mutating func environment(
    _ command: String, named name: Range<Int>, at start: Int, before end: Int
  ) -> Int {
    let after = name.upperBound + 1
    switch String(decoding: source[name], as: UTF8.self) {
    case "equation", "align", "gather", "alignat":
      needsDisplay = true
      copy(start..<name.upperBound)
      write("*", for: name)
      copy(name.upperBound..<after)
    case "equation*", "align*", "gather*", "alignat*", "CD":
      needsDisplay = true
      copy(start..<after)
    case "multline", "multline*":
      needsDisplay = true
      write("\\\(command){gather*}", for: start..<after)
    case "flalign", "flalign*":
      needsDisplay = true
      write("\\\(command){align*}", for: start..<after)
    case "eqnarray", "eqnarray*":
      needsDisplay = true
      write(command == "begin" ? "\\begin{darray}{rcl}" : "\\end{darray}", for: start..<after)
    case "math", "displaymath", "subequations", "center", "document":
      write(command == "begin" ? "{" : "}", for: start..<after)
    case "array", "darray", "tabular", "tabular*":
      let isTabular = source[name].first == UInt8(ascii: "t")
      if isTabular { write("\\\(command){array}", for: start..<after) } else { copy(start..<after) }
      if command == "begin" { return columns(at: after, before: end) }
    default:
      copy(start..<after)
    }
    return after
  }

  /// Rewrites the column specification of an array. If there is none, as in `\begin{array}\\`,
  /// columns are centered.
  private mutating func columns(at start: Int, before end: Int) -> Int {
    var after = skipSpace(from: start, before: end)
    if after < end, source[after] == UInt8(ascii: "["),
      let close = source[after..<end].firstIndex(of: UInt8(ascii: "]"))
    {
      after = close + 1
    }
    guard let group = group(from: after, before: end) else {
      write("{c}", for: start..<start)
      let isBreak = source[after..<end].starts(with: "\\\\".utf8)
      return isBreak ? after + 2 : start
    }
    let columns = Self.simpleColumns(source[group])
    if columns.elementsEqual(source[group]), after == start {
      copy(start..<group.upperBound + 1)
    } else {
      write("{\(String(decoding: columns, as: UTF8.self))}", for: start..<group.upperBound + 1)
    }
    return group.upperBound + 1
  }

  /// - Parameter depth: The nesting depth of `*{2}{…}`; from sixteen on, nothing is repeated.
  private static func simpleColumns(_ columns: ArraySlice<UInt8>, depth: Int = 0) -> [UInt8] {
    var simple: [UInt8] = []
    var rest = columns
    func takeGroup() -> ArraySlice<UInt8> {
      while rest.first == UInt8(ascii: " ") { rest.removeFirst() }
      guard rest.first == UInt8(ascii: "{") else { return rest.popFirst().map { [$0] } ?? [] }
      var depth = 0
      let start = rest.startIndex + 1
      while let byte = rest.popFirst() {
        if byte == UInt8(ascii: "{") { depth += 1 }
        if byte == UInt8(ascii: "}") { depth -= 1 }
        if depth == 0 { break }
      }
      return columns[start..<max(start, rest.startIndex - 1)]
    }
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "l"), UInt8(ascii: "c"), UInt8(ascii: "r"), UInt8(ascii: "|"),
        UInt8(ascii: ":"):
        simple.append(byte)
      case UInt8(ascii: "@"), UInt8(ascii: "!"), UInt8(ascii: ">"), UInt8(ascii: "<"):
        _ = takeGroup()
      case UInt8(ascii: "p"), UInt8(ascii: "m"), UInt8(ascii: "b"):
        _ = takeGroup()
        simple.append(UInt8(ascii: "l"))
      case UInt8(ascii: "*"):
        let count = Int(String(decoding: takeGroup(), as: UTF8.self)) ?? 1
        let repeated = depth < 16 ? simpleColumns(takeGroup(), depth: depth + 1) : []
        for _ in 0..<max(0, min(count, 100)) where simple.count < 1000 { simple += repeated }
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"):
        simple.append(byte)
      default:
        simple.append(UInt8(ascii: "c"))
      }
    }
    return simple
  }

  // MARK: Tokens

  private func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private func skipSpace(from start: Int, before end: Int) -> Int {
    source[start..<end].firstIndex { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 } ?? end
  }

  private func lineEnd(from start: Int, before end: Int) -> Int {
    source[start..<end].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? end
  }

  /// The range between the braces that open at `start`, ignoring spaces before them; `nil` if none
  /// open there or if they are not closed.
  private func group(from start: Int, before end: Int) -> Range<Int>? {
    let open = skipSpace(from: start, before: end)
    guard open < end, source[open] == UInt8(ascii: "{") else { return nil }
    var depth = 0
    var offset = open
    while offset < end {
      switch source[offset] {
      case UInt8(ascii: "\\"): offset += 1
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}"):
        depth -= 1
        if depth == 0 { return open + 1..<offset }
      default: break
      }
      offset += 1
    }
    return nil
  }
}

/// The text of a piece of HTML, for summaries: without tags, with single spaces, and with formulas
/// as TeX.
struct PlainText {
  private var text: [UInt8] = []
  private var needsBlank = false

  static func of(_ html: some Collection<UInt8>, limit: Int = .max) -> String {
    var reader = PlainText()
    reader.read(Array(html), limit: limit)
    return String(decoding: reader.text, as: UTF8.self)
  }

  /// The text of the first paragraph that is not empty.
  static func firstParagraph(of html: [UInt8], limit: Int) -> String {
    var index = 0
    let open = Array("<p".utf8)
    let close = Array("</p>".utf8)
    while let start = find(open, in: html, from: index) {
      let after = start + 2
      index = after
      guard after < html.count, html[after] == UInt8(ascii: ">") || html[after] == 32 else {
        continue
      }
      // If this paragraph has no end, neither do those after it.
      guard let end = find(close, in: html, from: after) else { return "" }
      index = end
      let bodyStart = html[after..<end].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 } ?? after
      let words = of(html[bodyStart..<end])
      if !words.isEmpty { return shortened(words, to: limit) }
    }
    return ""
  }

  /// The text cut at the end of a word, with an ellipsis, so that it keeps at most `limit`
  /// characters.
  static func shortened(_ text: String, to limit: Int) -> String {
    guard text.count > limit else { return text }
    let head = text.prefix(limit)
    let cut = head.lastIndex(of: " ") ?? head.endIndex
    let kept = head.distance(from: head.startIndex, to: cut) > limit / 2 ? head[..<cut] : head
    return kept + "…"
  }

  private mutating func read(_ html: [UInt8], limit: Int) {
    var index = 0
    while index < html.count, text.count < limit {
      let byte = html[index]
      if byte == UInt8(ascii: "<") {
        index = tag(html, index)
      } else if byte == UInt8(ascii: "&") {
        index = reference(html, index)
      } else if byte == 32 || (9...13).contains(byte) {
        needsBlank = true
        index += 1
      } else {
        append(byte)
        index += 1
      }
    }
  }

  private mutating func append(_ byte: UInt8) {
    if needsBlank, !text.isEmpty { text.append(32) }
    needsBlank = false
    text.append(byte)
  }

  /// Elements whose text is meant only for eyes or for machines.
  private static let skipped: [(open: [UInt8], close: [UInt8])] = [
    ("<span class=\"katex-html\"", "</math>"), ("<svg", "</svg>"), ("<style", "</style>"),
    ("<script", "</script>"), ("<mrow", "<annotation"), ("<mtable", "<annotation"),
    ("<table", "</table>"), ("<button", "</button>"), ("<a class=\"heading-anchor\"", "</a>"),
  ].map { (Array($0.0.utf8), Array($0.1.utf8)) }

  /// The index after the tag, or after the whole element if its text does not count.
  private mutating func tag(_ html: [UInt8], _ start: Int) -> Int {
    if html[start...].starts(with: "<span class=\"katex-html\"".utf8) {
      return Self.endOfSpan(html, start)
    }
    for (open, close) in Self.skipped where html[start...].starts(with: open) {
      guard let end = Self.find(close, in: html, from: start) else { return html.count }
      return (html[end...].firstIndex(of: UInt8(ascii: ">")) ?? html.count - 1) + 1
    }
    let isInline = [
      "<a", "<em", "<strong", "<code", "<span", "<del", "<sub", "<sup", "</", "<math",
    ]
    .contains { html[start...].starts(with: $0.utf8) }
    if !isInline { needsBlank = true }
    return (html[start...].firstIndex(of: UInt8(ascii: ">")) ?? html.count - 1) + 1
  }

  private static func endOfSpan(_ html: [UInt8], _ start: Int) -> Int {
    var depth = 0
    var index = start
    while index < html.count {
      if html[index] == UInt8(ascii: "<") {
        if html[index...].starts(with: "<span".utf8) { depth += 1 }
        if html[index...].starts(with: "</span>".utf8) {
          depth -= 1
          if depth == 0 { return index + 7 }
        }
      }
      index += 1
    }
    return html.count
  }

  private mutating func reference(_ html: [UInt8], _ start: Int) -> Int {
    for (name, byte) in [
      ("&amp;", UInt8(ascii: "&")), ("&lt;", UInt8(ascii: "<")), ("&gt;", UInt8(ascii: ">")),
      ("&quot;", UInt8(ascii: "\"")), ("&#39;", UInt8(ascii: "'")),
    ] where html[start...].starts(with: name.utf8) {
      append(byte)
      return start + name.utf8.count
    }
    append(html[start])
    return start + 1
  }

  private static func find(_ mark: [UInt8], in html: [UInt8], from start: Int) -> Int? {
    var index = start
    while index + mark.count <= html.count {
      if html[index] == mark[0], html[index...].starts(with: mark) { return index }
      index += 1
    }
    return nil
  }
}

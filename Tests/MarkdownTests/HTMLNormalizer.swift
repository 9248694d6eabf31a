/// Normalizes HTML so that only differences remain that a reader could notice: attributes are
/// sorted, each character has one spelling, and space between blocks is removed.
struct HTMLNormalizer {
  private enum Token: Equatable {
    case open(String, [String: String])
    case close(String)
    case text(String)
    case other(String)
  }

  private static let blocks: Set<String> = [
    "address", "article", "aside", "blockquote", "body", "center", "col", "colgroup", "dd",
    "details",
    "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2",
    "h3",
    "h4", "h5", "h6", "head", "header", "hr", "html", "iframe", "legend", "li", "link", "main",
    "menu",
    "nav", "ol", "p", "pre", "section", "style", "script", "summary", "table", "tbody", "td",
    "tfoot",
    "th", "thead", "title", "tr", "ul", "video", "text", "svg",
  ]

  static func normalize(_ html: String) -> String {
    var tokens = HTMLNormalizer(html).tokens()
    tokens = tidy(tokens)
    return tokens.map(write).joined(separator: "\n")
  }

  private let scalars: [Character]

  private init(_ html: String) { scalars = Array(html.replacing("\r\n", with: "\n")) }

  private func tokens() -> [Token] {
    var tokens: [Token] = []
    var at = 0
    var text = ""
    func flush() {
      if !text.isEmpty { tokens.append(.text(Self.decoded(text))) }
      text = ""
    }
    while at < scalars.count {
      guard scalars[at] == "<" else {
        text.append(scalars[at])
        at += 1
        continue
      }
      if let (token, end) = tag(at) {
        flush()
        tokens.append(token)
        at = end
      } else {
        text.append("<")
        at += 1
      }
    }
    flush()
    return tokens
  }

  private func tag(_ start: Int) -> (Token, Int)? {
    var at = start + 1
    guard at < scalars.count else { return nil }
    if scalars[at] == "!" || scalars[at] == "?" {
      let close = String(scalars[start...].prefix(4)) == "<!--" ? "-->" : ">"
      guard let end = find(close, from: at) else { return nil }
      return (.other(String(scalars[start..<end])), end)
    }
    let isClosing = scalars[at] == "/"
    if isClosing { at += 1 }
    let nameStart = at
    while at < scalars.count, scalars[at].isLetter || scalars[at].isNumber || scalars[at] == "-" {
      at += 1
    }
    guard at > nameStart else { return nil }
    let name = String(scalars[nameStart..<at]).lowercased()
    var attributes: [String: String] = [:]
    while at < scalars.count, scalars[at] != ">" {
      if scalars[at].isWhitespace || scalars[at] == "/" {
        at += 1
        continue
      }
      let keyStart = at
      while at < scalars.count, !scalars[at].isWhitespace, scalars[at] != "=", scalars[at] != ">",
        scalars[at] != "/"
      { at += 1 }
      guard at > keyStart else { return nil }
      let key = String(scalars[keyStart..<at]).lowercased()
      var value = ""
      if at < scalars.count, scalars[at] == "=" {
        at += 1
        if at < scalars.count, scalars[at] == "\"" || scalars[at] == "'" {
          let quote = scalars[at]
          at += 1
          let valueStart = at
          while at < scalars.count, scalars[at] != quote { at += 1 }
          guard at < scalars.count else { return nil }
          value = String(scalars[valueStart..<at])
          at += 1
        } else {
          let valueStart = at
          while at < scalars.count, !scalars[at].isWhitespace, scalars[at] != ">" { at += 1 }
          value = String(scalars[valueStart..<at])
        }
      }
      if attributes[key] == nil { attributes[key] = Self.decoded(value) }
    }
    guard at < scalars.count else { return nil }
    // GitHub writes a cell's alignment as `align`, kramdown as a style.
    if let align = attributes.removeValue(forKey: "align"), name == "td" || name == "th" {
      attributes["style"] = "text-align: \(align)"
    }
    return (isClosing ? .close(name) : .open(name, attributes), at + 1)
  }

  private func find(_ text: String, from start: Int) -> Int? {
    let wanted = Array(text)
    var at = start
    while at + wanted.count <= scalars.count {
      if Array(scalars[at..<at + wanted.count]) == wanted { return at + wanted.count }
      at += 1
    }
    return nil
  }

  /// Removes space at the edges of blocks and collapses it within text, except in `pre`.
  private static func tidy(_ tokens: [Token]) -> [Token] {
    var result: [Token] = []
    var preDepth = 0
    func isBlock(_ token: Token?) -> Bool {
      switch token {
      case .open(let name, _), .close(let name): blocks.contains(name)
      case .other, nil: true
      case .text: false
      }
    }
    for (index, token) in tokens.enumerated() {
      switch token {
      case .open(let name, _) where name == "pre" || name == "textarea": preDepth += 1
      case .close(let name) where name == "pre" || name == "textarea": preDepth -= 1
      default: break
      }
      guard case .text(let text) = token, preDepth <= 0 else {
        result.append(token)
        continue
      }
      var collapsed = ""
      for character in text {
        let isSpace = character == " " || character == "\n" || character == "\t"
        if isSpace, collapsed.last == " " { continue }
        collapsed.append(isSpace ? " " : character)
      }
      let before = index > 0 ? tokens[index - 1] : nil
      let after = index + 1 < tokens.count ? tokens[index + 1] : nil
      if isBlock(before) || before == .open("br", [:]) {
        while collapsed.first == " " { collapsed.removeFirst() }
      }
      if isBlock(after) { while collapsed.last == " " { collapsed.removeLast() } }
      if !collapsed.isEmpty { result.append(.text(collapsed)) }
    }
    return result
  }

  private static func write(_ token: Token) -> String {
    switch token {
    case .open(let name, let attributes):
      let list = attributes.sorted { $0.key < $1.key }.map { " \($0.key)=\"\($0.value)\"" }
      return "<" + name + list.joined() + ">"
    case .close(let name): return "</\(name)>"
    case .text(let text): return text
    case .other(let text): return text
    }
  }

  private static func decoded(_ text: String) -> String {
    guard text.contains("&") else { return text }
    var result = text
    for (entity, character) in [
      ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#39;", "'"),
      ("&nbsp;", "\u{A0}"), ("&#160;", "\u{A0}"), ("&#8617;", "↩"), ("&amp;", "&"),
    ] { result = result.replacing(entity, with: character) }
    return result
  }
}

import Diagnostics

/// Code blocks and experiments.
extension DocumentWriter {
  mutating func writeCode(_ code: CodeBlock, _ node: Node) {
    html.line()
    if code.info.experiment != nil, let figure = renderer.hooks.experiment(code, code.figure) {
      html.raw(figure)
      html.line()
      return
    }
    let content = shownContent(code)
    guard isPage else {
      html.raw("<pre")
      writeAttributes(node)
      html.raw("><code")
      if !code.info.language.isEmpty {
        html.attribute("class", "language-" + code.info.language)
      }
      html.raw(">")
      html.text(content)
      html.raw("</code></pre>\n")
      return
    }
    writeFigure(code, node, content)
  }

  private mutating func writeFigure(_ code: CodeBlock, _ node: Node, _ content: ArraySlice<UInt8>) {
    let info = code.info
    let isMermaid = info.language == "mermaid"
    var attributes = list(node) ?? AttributeList()
    if let id = info.attributes.id { attributes.id = attributes.id ?? id }
    html.raw("<figure")
    html.attributes(attributes, classes: isMermaid ? "code mermaid" : "code")
    if !info.language.isEmpty { html.attribute("data-language", info.language) }
    html.raw(">\n")
    if let title = info.title ?? info.attributes["caption"] ?? info.include?.path {
      html.raw("<figcaption class=\"code-title\">")
      html.text(title)
      html.raw("</figcaption>\n")
    }
    html.raw("<button class=\"copy\" type=\"button\" hidden>")
    html.text(labels.copy)
    html.raw("</button>\n<pre tabindex=\"0\"><code")
    if !info.language.isEmpty { html.attribute("class", "language-" + info.language) }
    html.raw(">")
    let inner = renderer.hooks.code(resolved(code, content)) ?? escaped(content)
    if info.highlightedLines.isEmpty, info.firstLineNumber == nil {
      html.raw(inner)
    } else {
      writeLines(inner, info)
    }
    html.raw("</code></pre>\n")
    if isMermaid {
      html.raw("<p class=\"code-note\">")
      html.text(labels.mermaidNote)
      html.raw("</p>\n")
    }
    html.raw("</figure>\n")
  }

  private func escaped(_ content: ArraySlice<UInt8>) -> String {
    var inner = HTMLBytes()
    inner.text(content)
    return String(decoding: inner.bytes, as: UTF8.self)
  }

  /// The block's own lines, or those of the file that it names.
  private func shownContent(_ code: CodeBlock) -> ArraySlice<UInt8> {
    guard let include = code.info.include else { return code.content.bytes[...] }
    guard let bytes = renderer.hooks.file(include) else { return [] }
    return include.select(from: bytes)[...]
  }

  /// The block with the lines of the file that it names, for the hook that highlights it.
  private func resolved(_ code: CodeBlock, _ content: ArraySlice<UInt8>) -> CodeBlock {
    guard code.info.include != nil else { return code }
    var code = code
    code.content = ExtractedText()
    code.content.append(content, at: code.range.lowerBound)
    return code
  }

  /// Writes each line in an element of its own. Spans that the highlighter left open at a line's end
  /// are closed there and opened again.
  private mutating func writeLines(_ inner: String, _ info: FenceInfo) {
    let bytes = Array(inner.utf8)
    var open: [Range<Int>] = []
    var line = 1
    var at = 0
    startLine(line, info)
    while at < bytes.count {
      if bytes[at] == 0x0A {
        for _ in open { html.raw("</span>") }
        html.raw("\n</span>")
        at += 1
        guard at < bytes.count else { return }
        line += 1
        startLine(line, info)
        for tag in open { html.bytes += bytes[tag] }
      } else if bytes[at] == UInt8(ascii: "<"),
        let end = bytes[at...].firstIndex(of: UInt8(ascii: ">"))
      {
        if bytes[at + 1] == UInt8(ascii: "/") {
          _ = open.popLast()
        } else {
          open.append(at..<end + 1)
        }
        html.bytes += bytes[at...end]
        at = end + 1
      } else {
        html.bytes.append(bytes[at])
        at += 1
      }
    }
    html.raw("</span>")
  }

  private mutating func startLine(_ line: Int, _ info: FenceInfo) {
    let isMarked = info.highlightedLines.contains { $0.contains(line) }
    html.raw(isMarked ? "<span class=\"line marked\"" : "<span class=\"line\"")
    if let first = info.firstLineNumber { html.attribute("data-line", String(first + (line - 1))) }
    html.raw(">")
  }
}

extension FileInclude {
  /// The lines that are wanted of a file's bytes, each ended by a newline.
  package func select(from bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var line = 1
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      if lines?.contains(line) ?? true {
        var stop = end
        if stop > start, bytes[stop - 1] == 0x0D { stop -= 1 }
        result += bytes[start..<stop]
        result.append(0x0A)
      }
      start = end + 1
      line += 1
    }
    return result
  }
}

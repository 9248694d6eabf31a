import Diagnostics
import Localization

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
    write(attributes, of: node, classes: isMermaid ? "code mermaid" : "code")
    if !info.language.isEmpty { html.attribute("data-language", info.language) }
    html.raw(">\n")
    if let title = info.title ?? info.attributes["caption"] ?? info.include?.path {
      html.raw("<figcaption class=\"code-title\">")
      html.text(title)
      html.raw("</figcaption>\n")
    }
    html.raw("<button class=\"copy\" type=\"button\" hidden>")
    html.text(words(.copy))
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
      html.text(words(.mermaidNote))
      html.raw("</p>\n")
    }
    html.raw("</figure>\n")
  }

  private func escaped(_ content: ArraySlice<UInt8>) -> String {
    var inner = HTMLBytes()
    inner.text(content)
    return String(decoding: inner.bytes, as: UTF8.self)
  }

  /// The block's own lines, or those of the file that it includes.
  private func shownContent(_ code: CodeBlock) -> ArraySlice<UInt8> {
    guard let include = code.info.include else { return code.content.bytes[...] }
    return (renderer.hooks.lines(include) ?? [])[...]
  }

  /// The block with the included lines, for the hook that highlights it.
  private func resolved(_ code: CodeBlock, _ content: ArraySlice<UInt8>) -> CodeBlock {
    guard code.info.include != nil else { return code }
    var code = code
    code.content = ExtractedText()
    code.content.append(content, at: code.range.lowerBound)
    return code
  }

  /// Writes each line as an element of its own. Spans that are open at the end of a line are closed
  /// there and reopened in the next line.
  private mutating func writeLines(_ inner: String, _ info: FenceInfo) {
    let bytes = Array(inner.utf8)
    var open: [Range<Int>] = []
    var line = 1
    var at = 0
    var marks = LineMarks(info.highlightedLines)
    startLine(line, info, isMarked: marks.hold(line))
    while at < bytes.count {
      if bytes[at] == 0x0A {
        for _ in open { html.raw("</span>") }
        html.raw("\n</span>")
        at += 1
        guard at < bytes.count else { return }
        line += 1
        startLine(line, info, isMarked: marks.hold(line))
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

  private mutating func startLine(_ line: Int, _ info: FenceInfo, isMarked: Bool) {
    html.raw(isMarked ? "<span class=\"line marked\"" : "<span class=\"line\"")
    if let first = info.firstLineNumber { html.attribute("data-line", String(first + (line - 1))) }
    html.raw(">")
  }
}

/// The lines of a block that are to be marked, queried in ascending order.
private struct LineMarks {
  private let ranges: [ClosedRange<Int>]
  private var next = 0
  private var last = 0

  init(_ ranges: [ClosedRange<Int>]) {
    self.ranges = ranges.sorted { $0.lowerBound < $1.lowerBound }
  }

  /// - Parameter line: A line not before that of the previous call.
  mutating func hold(_ line: Int) -> Bool {
    while next < ranges.count, ranges[next].lowerBound <= line {
      last = max(last, ranges[next].upperBound)
      next += 1
    }
    return line <= last
  }
}

/// A file from which code blocks include lines, with the offsets of its lines.
package struct IncludedFile: Sendable {
  let bytes: [UInt8]
  /// The offset at which each line starts, then the end.
  private let starts: [Int]

  /// Finds the lines of a file; the last one may lack its newline.
  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == 0x0A { starts.append(offset + 1) }
    if starts[starts.count - 1] < bytes.count { starts.append(bytes.count) }
    self.starts = starts
  }

  /// The range of the included lines in the file.
  package func range(of include: FileInclude) -> Range<Int> {
    guard let lines = include.lines else { return 0..<bytes.count }
    let last = starts.count - 1
    let first = min(lines.lowerBound - 1, last)
    return starts[first]..<starts[max(first, min(lines.upperBound, last))]
  }
}

extension FileInclude {
  /// The included lines of a file, each ended by a newline.
  ///
  /// - Complexity: Linear in these lines, independent of the rest of the file.
  package func select(from file: IncludedFile) -> [UInt8] {
    var result: [UInt8] = []
    var rest = file.bytes[file.range(of: self)]
    while !rest.isEmpty {
      let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
      let line = rest[..<end]
      result += line.last == 0x0D ? line.dropLast() : line
      result.append(0x0A)
      rest = rest[min(end + 1, rest.endIndex)...]
    }
    return result
  }
}

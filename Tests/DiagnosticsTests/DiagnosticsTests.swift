import Diagnostics
import Testing

struct DiagnosticsTests {
  @Test func renderingUnderlinesTheRangeAndGivesTheHint() {
    let file = SourceFile(
      path: "content/a.md", text: "# Title\n\ntrain: [dense 16, leakyrelu, dense 1]\n")
    let start = 9 + 18
    let diagnostic = Diagnostic(
      "nn.unknown-name", path: "content/a.md", range: start..<start + 9,
      message: "no activation is named `leakyrelu`", hint: "did you mean `leaky_relu`?")
    #expect(
      diagnostic.rendered { _ in file } == """
        content/a.md:3:19: error: no activation is named `leakyrelu` [nn.unknown-name]
        3 | train: [dense 16, leakyrelu, dense 1]
          |                   ^~~~~~~~~
          = hint: did you mean `leaky_relu`?

        """)
  }

  @Test func wideCharactersAreUnderlinedByColumns() {
    let file = SourceFile(path: "a.md", text: "深度x学习")
    let diagnostic = Diagnostic("a", path: "a.md", range: 7..<13, message: "m")
    #expect(diagnostic.rendered { _ in file }.contains("  |      ^~~~\n"))
  }

  @Test(arguments: ["a\nb\nc", "a\r\nb\r\nc", "a\rb\rc"])
  func everyLineEndingCountsLines(text: String) {
    let file = SourceFile(path: "a", text: text)
    #expect(file.lineCount == 3)
    #expect(file.text(file.lineRange(2)) == "b")
    #expect(file.position(of: file.bytes.count).line == 3)
  }

  @Test func extractedTextFindsItsWayBack() {
    var text = ExtractedText()
    text.append(Array("one\n".utf8), at: 10)
    text.append(Array("two\n".utf8), at: 20)
    #expect(text.fileRange(of: 1..<3) == 11..<13)
    #expect(text.fileRange(of: 4..<7) == 20..<23)
    #expect(text.fileRange(of: 2..<6) == 12..<22)
    #expect(text.fileOffset(of: 8) == 24)
  }

  @Test func partsOfAnExtractedTextKeepTheirPlaces() {
    var text = ExtractedText()
    text.append(Array(" one\n".utf8), at: 10)
    text.append(Array("two\n".utf8), at: 20)
    text.append("\\tag".utf8, allAt: 30)
    text.append(Array(" x ".utf8), at: 40)
    for lower in 0..<text.bytes.count {
      for upper in lower...text.bytes.count {
        let slice = text.slice(lower..<upper)
        #expect(slice.bytes == Array(text.bytes[lower..<upper]))
        #expect(
          slice.bytes.indices.map { slice.fileOffset(of: $0) }
            == (lower..<upper).map { text.fileOffset(of: $0) })
      }
    }
    #expect(text.trimmed == text.slice(1..<text.bytes.count - 1))
    var copy = text.slice(0..<7)
    copy.append(text, 7..<text.bytes.count)
    #expect(copy == text)
    copy.append(text)
    #expect(copy.fileOffset(of: copy.bytes.count - 1) == 42)
    #expect(ExtractedText("abc", allAt: 5).fileRange(of: 0..<3) == 5..<6)
  }

  @Test func nearestNameForgivesCaseUnderscoresAndASwap() {
    let names = ["leaky_relu", "relu", "tanh"]
    #expect(nearestName(to: "LeakyRelu", among: names) == "leaky_relu")
    #expect(nearestName(to: "rleu", among: names) == "relu")
    #expect(nearestName(to: "banana", among: names) == nil)
  }

  @Test func columnsOfLongLinesCountScalars() {
    let text = String(repeating: "é中a", count: 5000)
    let file = SourceFile(path: "a", text: "x\n" + text + "\n" + text)
    let bytes = Array(text.utf8)
    for offset in stride(from: 0, through: bytes.count, by: 997) {
      let scalars = bytes[..<offset].count { $0 & 0xC0 != 0x80 }
      #expect(file.position(of: 2 + offset) == (2, scalars + 1))
      #expect(file.position(of: 3 + bytes.count + offset) == (3, scalars + 1))
    }
  }

  @Test func ofALongLineAWindowIsShown() {
    let text = String(repeating: "中", count: 1000)
    let file = SourceFile(path: "a.md", text: text)
    let diagnostic = Diagnostic("a.b", path: "a.md", range: 1500..<1506, message: "m")
    let shown = diagnostic.rendered { _ in file }
    let lines = shown.split(separator: "\n")
    #expect(lines[0] == "a.md:1:501: error: m [a.b]")
    #expect(lines[1] == "1 | …" + String(repeating: "中", count: 102) + "…")
    #expect(lines[2].hasSuffix(" ^~~~"))
  }

  @Test func controlCharactersDoNotReachTheTerminal() {
    let diagnostic = Diagnostic(
      "a.b", path: "a\u{1B}.md", message: "m\u{1B}[31m", hint: "h\u{7}",
      notes: [.init("n\u{9B}", path: "b\n")])
    let shown = diagnostic.rendered { _ in nil }
    #expect(
      shown == """
        a\u{FFFD}.md: error: m\u{FFFD}[31m [a.b]
           = hint: h\u{FFFD}
        b\u{FFFD}: note: n\u{FFFD}

        """)
  }

  @Test func hintsAreLookedForOnlySoOften() {
    var near = NearNames(looks: 2)
    #expect(near.nearest(to: "relv", among: ["relu", "tanh"]) == "relu")
    #expect(near.hint(for: "tahn", among: ["relu", "tanh"]) == "did you mean `tanh`?")
    #expect(near.nearest(to: "relv", among: ["relu", "tanh"]) == nil)
  }
}

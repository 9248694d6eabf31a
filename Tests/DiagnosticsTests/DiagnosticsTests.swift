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

  @Test func nearestNameForgivesCaseUnderscoresAndASwap() {
    let names = ["leaky_relu", "relu", "tanh"]
    #expect(nearestName(to: "LeakyRelu", among: names) == "leaky_relu")
    #expect(nearestName(to: "rleu", among: names) == "relu")
    #expect(nearestName(to: "banana", among: names) == nil)
  }
}

import Diagnostics
import Markdown
import Testing

/// Hostile input at the sizes that the limits are about. ``Growth`` tests that the time grows only
/// linearly.
@Suite struct HostileInput {
  @Test(.timeLimit(.minutes(1)), arguments: [">", "> ", "[", "![", "*", "(", "- ", "$$ ", "<a "])
  func fiftyThousandNestedOpeningsAreRead(unit: String) {
    let bytes = Array(String(repeating: unit, count: 50_000).utf8)
    read(bytes)
    read(Array("x ".utf8) + bytes + Array(" y".utf8))
  }

  @Test(.timeLimit(.minutes(1))) func aLineOfAMegabyteIsRead() {
    read(Array(String(repeating: "word *em* `code` $$x$$ http://a.b/c ", count: 30_000).utf8))
  }

  @Test(arguments: UInt64(0)..<40) func randomBytesAreRead(seed: UInt64) {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
    read((0..<20_000).map { _ in UInt8(truncatingIfNeeded: next()) })
    // Also bytes that are special in Markdown.
    let alphabet = Array("ab \n\t>#*_`~[]()<>!|:-+=$\\{}.^\"'&@/0123 中。\r".utf8)
    read((0..<20_000).map { _ in alphabet[Int(next() % UInt64(alphabet.count))] })
  }

  @Test func invalidUTF8IsADiagnosticAtItsOffset() {
    let document = read(Array("a\n\nb".utf8) + [0xFF] + Array("c\n".utf8))
    #expect(document.diagnostics.map(\.id) == ["markdown.invalid-utf8"])
    #expect(document.diagnostics.first?.range == 4..<5)
    #expect(html(document) == "<p>a</p>\n<p>b\u{FFFD}c</p>\n")
  }

  @Test func lineEndingsAndMarksAtTheStartMakeNoDifference() {
    let plain = html(read(Array("# a\n\nb\nc\n\n- d\n".utf8)))
    #expect(html(read(Array("# a\r\n\r\nb\r\nc\r\n\r\n- d\r\n".utf8))) == plain)
    #expect(html(read(Array("# a\r\rb\rc\r\r- d\r".utf8))) == plain)
    #expect(html(read(Array("\u{FEFF}# a\n\nb\nc\n\n- d\n".utf8))) == plain)
  }

  @Test func privateUseCharactersSurvive() {
    let text =
      "a\u{10D000}b\u{10E000}\u{10F000}c `\u{10F123}` [\u{E000}](/\u{10D000} \"\u{10E001}\")"
    let found = html(read(Array(text.utf8)))
    #expect(
      found == """
        <p>a\u{10D000}b\u{10E000}\u{10F000}c <code>\u{10F123}</code> \
        <a href="/%F4%8D%80%80" title="\u{10E001}">\u{E000}</a></p>

        """)
  }

  @discardableResult private func read(_ bytes: [UInt8]) -> Document {
    let document = Document(
      parsing: SourceFile(path: "hostile.md", bytes: bytes), options: .init(html: .pass))
    let page = HTMLRenderer().render(document).body
    #expect(page.count < bytes.count * 200 + 1000)
    return document
  }

  private func html(_ document: Document) -> String {
    String(decoding: HTMLRenderer(markup: .plain).render(document).body, as: UTF8.self)
  }
}

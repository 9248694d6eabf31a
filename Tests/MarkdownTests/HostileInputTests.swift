import Diagnostics
import Markdown
import Testing

/// Input that someone made to hurt: every kind at two sizes, and the work may not grow faster than the
/// input. Time would be the clock's; what is measured instead is that all of it ends, within the test's
/// time limit, at a size at which quadratic work would take hours.
@Suite struct HostileInput {
  static let kinds: [(String, String)] = [
    ("quotations", ">"), ("quotations with spaces", "> "), ("brackets", "["), ("images", "!["),
    ("stars", "*"), ("stars and text", "*a "), ("strong and text", "**a "), ("parentheses", "("),
    ("link openings", "[a]("), ("angle brackets", "<"), ("unclosed tags", "<a b=\""),
    ("tags in tags", "<a "), ("comments", "<!--"), ("instructions", "<?"), ("declarations", "<!A "),
    ("CDATA", "<![CDATA["), ("backquotes of all lengths", "` `` ``` "), ("dollars", "$"),
    ("double dollars", "$$ "), ("formula lines", "$$\n"), ("lists in lists", "- "),
    ("ordered lists", "1. "), ("list lines", "- a\n"), ("braces", "{"), ("attribute lists", "{: "),
    ("attribute lines", "{:.a}\n"), ("comments of kramdown", "{::comment}"),
    ("footnote openings", "[^"), ("footnotes", "[^a]: b\n"), ("references", "[a]: b\n"),
    ("tildes", "~"), ("tildes and text", "~a ~~b "), ("pipes", "|"), ("pipe lines", "| a | b\n"),
    ("delimiter rows", "a|b\n-|-\n"), ("colons", ":"), ("definitions", "a\n: b\n"),
    ("addresses", "a@"), ("dotted addresses", "a.b@c.d."), ("links", "http://"),
    ("link text", "http://a]("), ("underscores", "_a_b"), ("entities", "&"), ("escapes", "\\"),
    ("closing brackets", "](a"), ("abbreviations", "*[a]: b\n"), ("hashes", "#"),
    ("headings", "# a\n"), ("fences", "```\n"), ("open fences", "~~~ a\n> "),
    ("HTML blocks", "<div markdown=\"1\">\n"), ("blank lines", "\n"), ("spaces", " "),
    ("tabs", "\t"), ("carriage returns", "\r"), ("zero bytes", "\0"), ("equals", "a\n=\n"),
    ("CJK stars", "中**。"), ("CJK lines", "中\n"), ("private use", "\u{10E000}"),
    ("quoted lists", "> - "), ("unclosed math in lists", "- $$a\n"),
  ]

  @Test(.timeLimit(.minutes(1)), arguments: kinds)
  func takesNoMoreThanLinearTime(kind: (name: String, unit: String)) {
    let unit = Array(kind.unit.utf8)
    var bytes: [UInt8] = []
    for _ in 0..<20_000 { bytes += unit }
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
    // And bytes that mean something.
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
    let document = Document(parsing: SourceFile(path: "hostile.md", bytes: bytes))
    let page = HTMLRenderer().render(document)
    #expect(page.count < bytes.count * 200 + 1000)
    return document
  }

  private func html(_ document: Document) -> String {
    String(decoding: HTMLRenderer(markup: .plain).render(document), as: UTF8.self)
  }
}

import Diagnostics
import Foundation
import Markdown
import Testing

/// Hostile input at two sizes: eight times as much may take sixteen times as long. Linear work
/// stays far below that limit, and quadratic work far above it.
///
/// What is measured is the processor time of this thread, on which other work on the machine has
/// little effect; the best of several tries counts.
@Suite(.serialized) struct Growth {
  /// A kind of hostile input, made of `count` pieces.
  struct Kind: CustomTestStringConvertible, Sendable {
    var name: String
    var text: @Sendable (_ count: Int) -> String
    var testDescription: String { name }
  }

  private static func many(_ name: String, _ unit: String) -> Kind {
    Kind(name: name) { String(repeating: unit, count: $0) }
  }

  private static func numbered(_ name: String, _ unit: @escaping @Sendable (Int) -> String) -> Kind
  {
    Kind(name: name) { (0..<$0).map(unit).joined() }
  }

  static let kinds: [Kind] = [
    many("quotations", ">"), many("quotations with spaces", "> "), many("brackets", "["),
    many("images", "!["), many("stars", "*"), many("stars and text", "*a "),
    many("strong and text", "**a "), many("stars of two lengths", "*a **b "),
    many("parentheses", "("), many("link openings", "[a]("),
    many("link openings in angles", "[a](<b"),
    many("angle brackets", "<"), many("unclosed tags", "<a b=\""), many("tags in tags", "<a "),
    many("comments", "<!--"), many("instructions", "<?"), many("declarations", "<!A "),
    many("CDATA", "<![CDATA["), many("backquotes of three lengths", "` `` ``` "),
    many("dollars", "$"), many("double dollars", "$$ "), many("formulas without end", "$$a b\n\n"),
    many("formula lines", "$$\n"), many("lists in lists", "- "), many("ordered lists", "1. "),
    many("list lines", "- a\n"), many("braces", "{"), many("attribute lists", "{: "),
    many("attribute lines", "{:.a}\n"), many("comments of kramdown", "{::comment}"),
    many("paragraphs of comments", "{::comment}\n\n"), many("unknown extensions", "{::"),
    many("footnote openings", "[^"), many("unknown footnotes", "[^a] "),
    many("one footnote again", "[^a]: b\n"), many("one reference again", "[a]: b\n"),
    many("tildes", "~"), many("tildes and text", "~a ~~b "), many("pipes", "|"),
    many("pipe lines", "| a | b\n"), many("delimiter rows", "a|b\n-|-\n"), many("colons", ":"),
    many("definitions", "a\n: b\n"), many("addresses", "a@"), many("dotted addresses", "a.b@c.d."),
    many("links", "http://"), many("links in links", "http://a]("), many("www", "www."),
    many("underscores", "_a_b"), many("entities", "&"), many("escapes", "\\"),
    many("closing brackets", "](a"), many("one abbreviation again", "*[a]: b\n"),
    many("hashes", "#"), many("headings", "# a\n"), many("fences", "```\n"),
    many("open fences", "~~~ a\n> "), many("HTML elements", "<div markdown=\"1\">\n"),
    many("HTML blocks", "<div>\n"), many("tags over lines", "<div\n<a b='\n"),
    many("blank lines", "\n"), many("spaces", " "), many("tabs", "\t"),
    many("carriage returns", "\r"), many("CRLF", "a\r\n"), many("zero bytes", "\0"),
    many("underlines", "a\n=\n"), many("CJK stars", "中**。"), many("CJK lines", "中\n"),
    many("private use", "\u{10E000}"), many("quoted lists", "> - "),
    many("unclosed formulas in lists", "- $$a\n"), many("contents", "* a\n{:toc}\n\n# b\n"),
    many("byte order marks", "\u{FEFF}"),
    Kind(name: "backquotes of growing length") { count in
      (1...Int(Double(2 * count).squareRoot())).map { String(repeating: "`", count: $0) + " " }
        .joined()
    },
    Kind(name: "one long line") {
      String(repeating: "word *em* `code` $$x$$ http://a.b/c ", count: $0)
    },
    Kind(name: "nested images") {
      String(repeating: "![", count: $0) + "a" + String(repeating: "](b)", count: $0)
    },
    Kind(name: "nested emphasis") {
      String(repeating: "*a ", count: $0) + String(repeating: " b*", count: $0)
    },
    Kind(name: "strikethroughs that do not match") {
      String(repeating: "~a ", count: $0) + String(repeating: "b~~ ", count: $0)
    },
    Kind(name: "a wide table of short rows") { count in
      String(repeating: "|a", count: count) + "\n" + String(repeating: "|-", count: count) + "\n"
        + String(repeating: "|b\n", count: count)
    },
    Kind(name: "a long reference often used") { count in
      "[a]: /" + String(repeating: "b", count: count) + "\n\n"
        + String(repeating: "[a] ", count: count)
    },
    Kind(name: "a long title often used") { count in
      "[a]: b \"" + String(repeating: "[c]\n", count: count) + "\"\n\n"
        + String(repeating: "[a] ", count: count)
    },
    numbered("footnotes, each used") { "[^\($0)]: b\n\n[^\($0)]\n\n" },
    numbered("footnotes that nobody defined") { "[^a\($0)] [^b\($0)]: c\n\n[^c\($0)]: d\n\n" },
    numbered("references") { "[a\($0)]: /b\n\n[a\($0)]\n\n" },
    numbered("abbreviations") { "*[a\($0)]: b\n\na\($0) a a\n\n" },
    numbered("headings and links to them") { "# a {#a\($0)}\n\n[](#a\($0))\n\n" },
    numbered("links to nothing") { "# a {#a\($0)}\n\n[](#b\($0))\n\n" },
    numbered("labels and references") {
      "$$a\\label{l\($0)}$$\n\n\\eqref{l\($0)} \\ref{m\($0)}\n\n"
    },
    numbered("attribute definitions") { "{:a\($0): .b}\n\ntext\n{: a\($0) c\($0)}\n\n" },
    numbered("lines between abbreviations") { $0 == 0 ? "*[HTML]: a\n\n" : "中HTML\n文" },
  ]

  @Test(arguments: kinds) func isLinear(kind: Kind) {
    let small = Array(kind.text(1000).utf8)
    let large = Array(kind.text(8000).utf8)
    var best = (small: Double.infinity, large: Double.infinity)
    // A measurement that was only unlucky is repeated.
    for _ in 0..<6 {
      best.small = min(best.small, time(small))
      best.large = min(best.large, time(large))
      if best.large < 16 * max(best.small, 0.000_2) { return }
    }
    Issue.record("\(best.small * 1000) ms became \(best.large * 1000) ms at eight times the size")
  }

  /// The seconds for parsing and rendering an article.
  private func time(_ bytes: [UInt8]) -> Double {
    let file = SourceFile(path: "hostile.md", bytes: bytes)
    let start = processorSeconds()
    let document = Document(parsing: file, options: .init(html: .pass))
    _ = document.unresolvedReferences()
    let page = HTMLRenderer().render(document).body
    let seconds = processorSeconds() - start
    #expect(page.count < bytes.count * 200 + 2_000_000)
    return seconds
  }

  private func processorSeconds() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

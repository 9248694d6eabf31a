/// Inputs made of the elements of Markdown and its dialect.
extension GrowthInput {
  static let words: [GrowthInput] = [
    many("paragraphs", "some words of *prose* and `code`.\n\n"),
    many("one long line", "word *em* `code` http://a.b/c "),
    many("one long word", "word"), many("one long paragraph", "some words of prose\n"),
    many("lines that break", "a\\\nb  \n"), many("CJK lines", "中文\n"),
    many("CJK strong", "中**粗。**文"), many("entities", "&amp; &#1; &nosuch; "),
    many("escapes", "\\* \\$ "), many("bare links", "https://example.org/a "),
    many("bare addresses", "a@b.c "), many("strikethroughs", "~~a~~ ~b~ "),
    many("emphasis of two lengths", "*a **b "), many("closed emphasis", "*a **b** c* "),
    many("underscores", "_a_b_ "), many("code spans", "`a` ``b`c`` "),
    page("backquotes of growing length") { count in
      (1...Int(Double(8 * count).squareRoot())).map { String(repeating: "`", count: $0) + " " }
        .joined()
    },
    many("control characters", "\u{1}\u{7F}"), many("zero bytes", "a\0"),
    many("smart quotes without smart", "\"a\" 'b' -- "),
  ]

  static let openings: [GrowthInput] = [
    many("brackets", "["), many("closing brackets", "]"), many("images", "!["),
    many("images with a link inside", "![[]()"), many("images within links", "[![]()"),
    many("links with an image inside", "[a![b]("), many("links within links", "[[a](b)"),
    many("empty links", "[]()"), many("link openings", "[a]("), many("link titles", "[a](b \"c"),
    many("link openings in angles", "[a](<b"), many("parentheses in links", "[a](b(c"),
    many("closing links", "](a"), many("stars", "*"), many("parentheses", "("),
    many("angle brackets", "<"), many("unclosed tags", "<a b=\""), many("tags in tags", "<a "),
    many("closed tags", "<b>a</b> "), many("comments", "<!--"),
    many("closed comments", "<!-- a -->"), many("instructions", "<?"), many("CDATA", "<![CDATA["),
    many("declarations", "<!A "), many("unknown tags", "<your name> "),
    many("unclosed elements", "<div>\n"), many("inline elements", "<kbd>a"),
    many("Markdown in HTML", "<div markdown=\"1\">\n"), many("scripts", "<script>"),
    many("headings in HTML", "<h2 id=a>"), many("dollars", "$"), many("double dollars", "$$ "),
    many("formulas without end", "$$a b\n\n"), many("formula lines", "$$\n"),
    many("braces", "{"), many("attribute lists", "{: "), many("span lists", "*a*{: .b}"),
    many("attribute lines", "{:.a}\n"), many("block lists", "a\n{: .b c=\"d\"}\n\n"),
    many("kramdown comments", "{::comment}"), many("closed kramdown comments", "{::comment}a{:/}"),
    many("nomarkdown", "{::nomarkdown}*a*{:/} "), many("unknown extensions", "{::"),
    many("quotes in quotes", "> "), many("lists in lists", "- "), many("ordered lists", "1. "),
    page("nested lists", start: 100) { count in
      (0..<count).map { String(repeating: "  ", count: $0) + "- a\n" }.joined()
    },
    many("list lines", "- a\n"), many("loose lists", "- a\n\n"), many("tasks", "- [x] a\n"),
    many("lists apart", "- a\n^\n"), many("definitions", "a\n: b\n"),
    many("definitions with blank lines", "a\n\n: b\n\n"), many("quotes", "> a\n\n"),
    many("alerts", "> [!NOTE]\n> a\n\n"), many("rules", "---\n\n"), many("underlines", "a\n=\n"),
  ]

  static let references: [GrowthInput] = [
    numbered("headings") { "## Heading number \($0)\n\n" },
    many("same headings", "## Same\n\n"), many("untitled headings", "##\n\n"),
    many("headings of one level above", "# a\n## b\n### c\n"),
    numbered("headings with formulas", start: 100) { "## Of $$x_{\($0)}$$\n\n" },
    numbered("headings with links") { "## A [link](#b) \($0)\n\n" },
    numbered("headings with ids and links to them") { "## a {#a\($0)}\n\n[](#a\($0))\n\n" },
    page("headings with a written table of contents") { count in
      "* toc\n{:toc}\n\n" + (0..<count).map { "## h\($0)\n\n" }.joined()
    },
    many("tables of contents", start: 100, "* toc\n{:toc}\n\n# a\n\n"),
    numbered("links to nothing") { "[a](nothing-\($0).md) " },
    numbered("images of nothing") { "![a](nothing-\($0).png)\n\n" },
    numbered("anchors that are not") { "## a {#a\($0)}\n\n[b](#b\($0))\n\n" },
    numbered("links in HTML to nothing") { "<a href=\"nothing-\($0)\">a</a>\n" },
    many("same links in HTML", "<a href=\"nothing\">a</a>\n"),
    numbered("links in HTML to places") { "<a href=\"#p\($0)\">a</a> <b id=\"p\($0)\">b</b>\n" },
    many("links to this page", "[a](index.md) "), many("links to the root", "[a](/) "),
    many("links with many parts", "[a](a/b/c/../../d/e/../f.md) "),
    numbered("references") { "[a\($0)]: /b\n\n[a\($0)]\n\n" },
    many("one reference again", "[a]: b\n"), many("unknown references", "[a][b] "),
    page("a long reference often used") { count in
      "[a]: /" + String(repeating: "b", count: count) + "\n\n"
        + String(repeating: "[a] ", count: count)
    },
    numbered("footnotes") { "[^\($0)]\n\n[^\($0)]: b\n\n" },
    page("footnotes at the end") { count in
      (0..<count).map { "a[^\($0)] " }.joined() + "\n\n"
        + (0..<count).map { "[^\($0)]: b\n" }.joined()
    },
    page("one footnote often used") { count in
      String(repeating: "a[^1] ", count: count) + "\n\n[^1]: b\n"
    },
    page("footnotes within footnotes") { count in
      "[^0]\n\n" + (0..<count).map { "[^\($0)]: a[^\($0 + 1)]\n" }.joined()
    },
    many("one footnote again", "[^a]: b\n"), many("unknown footnotes", "[^a] "),
    numbered("footnotes that nobody uses") { "[^a\($0)]: b\n" },
    numbered("abbreviations and words") { "*[a\($0)]: b\n\nword a\($0) a a\n\n" },
    page("one abbreviation and many words") { count in
      String(repeating: "HTML a ", count: count) + "\n\n*[HTML]: b\n"
    },
    page("abbreviations with the same start") { count in
      (0..<count).map { "*[a b c\($0)]: d\n" }.joined() + "\n"
        + String(repeating: "a b c ", count: count)
    },
    numbered("attribute definitions") { "{:a\($0): .b}\n\ntext\n{: a\($0) c\($0)}\n\n" },
    many("same ids", "a\n{: #same}\n\n"),
    numbered("formulas, all different", start: 100) { "$$x_{\($0)}$$\n\n" },
    many("same formulas", "$$x$$\n\n"),
    numbered("wrong formulas", start: 100) { "$$\\a\($0){$$\n" },
    numbered("labels and references", start: 100) {
      "$$a\\label{l\($0)}$$\n\n\\eqref{l\($0)} \\ref{m\($0)}\n\n"
    },
    page("one formula of many terms", start: 500) { count in
      "$$" + (0..<count).map { "x_{\($0)}+" }.joined() + "y$$\n"
    },
  ]

  static let tables: [GrowthInput] = [
    page("long tables") { "| a | b |\n|---|---|\n" + String(repeating: "| c | d |\n", count: $0) },
    page("wide tables") { count in
      ["a", "-", "b"].map { String(repeating: "|" + $0, count: count) + "|\n" }.joined()
    },
    page("wide tables of short rows") { count in
      String(repeating: "|a", count: count) + "\n" + String(repeating: "|-", count: count) + "\n"
        + String(repeating: "|b\n", count: count)
    },
    many("small tables", "|a|b|\n|-|-|\n|c|d|\n{: #t caption=\"e\"}\n\n"),
    many("tables without header", "|a|b|\n"), many("pipes", "|"), many("bodies", "|a|\n|-\n"),
    page("one code block") { "```\n" + String(repeating: "a = b + c\n", count: $0) + "```\n" },
    page("one highlighted block", start: 500) {
      "```python\n" + String(repeating: "a = b + 'c'  # d\n", count: $0) + "```\n"
    },
    numbered("highlighted blocks", start: 100) { "```python\na = \($0)\n```\n\n" },
    numbered("unknown languages") { "```lang\($0)\na\n```\n\n" },
    many("open fences", "```\n~~~\n"), many("indented code", "    a\n\n"),
    many("marked lines", "```a {lines=\"1-2\" numbers title=\"t\"}\na\nb\n```\n\n"),
    page("many marked lines") { count in
      "```a {lines=\"" + (1...count).map { "\($0)" }.joined(separator: ",") + "\"}\n"
        + String(repeating: "a\n", count: count) + "```\n"
    },
    numbered("includes of nothing") { "```text {file=\"nothing\($0)\"}\n```\n\n" },
    GrowthInput(name: "includes of a file", start: 100) { count in
      [
        "content/index.md": Array(
          String(repeating: "```text {file=\"a.txt\" lines=\"1-2\"}\n```\n\n", count: count).utf8),
        "a.txt": Array(String(repeating: "line\n", count: 1000).utf8),
      ]
    },
  ]
}

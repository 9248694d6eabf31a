/// Inputs of `nn` blocks, and of whole sites.
extension GrowthInput {
  static let blocks: [GrowthInput] = [
    numbered("blocks", start: 25) {
      block("plot: relu\nx: -\($0 + 1)..1\npoints: 11", id: "e\($0)")
    },
    many("same blocks", start: 25, block("plot: relu\npoints: 11")),
    many("blocks with the same id", start: 100, block("plot: relu\npoints: 11", id: "a")),
    numbered("mistaken blocks", start: 100) { block("plot: nosuch\($0)", id: "e\($0)") },
    numbered("blocks that are not YAML", start: 100) { block("[a: \($0)") },
    numbered("small trainings", start: 10) {
      block("train: [dense 1]\ndata: xor\nepochs: 1\nseed: \($0)", id: "e\($0)")
    },
    page("numbers in prose", start: 500) { count in
      block("plot: relu\npoints: 11", id: "a")
        + String(repeating: "`nn a.steepest[function=relu]` ", count: count)
    },
    numbered("numbers of nothing", start: 500) { "`nn nothing\($0).loss` " },
    page("numbers that a block lacks", start: 500) { count in
      block("plot: relu\npoints: 11", id: "a")
        + (0..<count).map { "`nn a.nothing\($0)` " }.joined()
    },
    page("one block of many layers", start: 50) { count in
      block("diagram: [" + String(repeating: "dense 2, ", count: count) + "dense 1]\ninput: 2")
    },
    page("one block of many claims", start: 100) { count in
      block(
        "plot: relu\npoints: 11\nexpect:\n"
          + String(repeating: "  - steepest[function=relu] <= 2\n", count: count))
    },
    page("a long claim", start: 100) { count in
      block(
        "plot: relu\npoints: 11\nexpect: 0 < 1"
          + String(repeating: " + 1", count: count))
    },
    page("a claim of many parentheses", start: 10) { count in
      let (open, close) = (
        String(repeating: "(", count: count), String(repeating: ")", count: count)
      )
      return block("plot: relu\npoints: 11\nexpect: \(open)1\(close) < 2")
    },
    page("a long expression", start: 100) { count in
      block("graph: x" + String(repeating: " + x", count: count) + "\nat: {x: 1}")
    },
    page("many values", start: 20) { count in
      block(
        "plot: leaky_relu slope=$a\npoints: 11\nvary: {a: ["
          + (1...count).map { "0.\($0)" }.joined(separator: ", ") + "]}")
    },
    page("many functions", start: 20) { count in
      block(
        "plot: [" + (1...count).map { "leaky_relu slope=0.\($0)" }.joined(separator: ", ")
          + "]\npoints: 11")
    },
    page("many unknown layers", start: 100) { count in
      block(
        "diagram: [" + (0..<count).map { "nosuch\($0)" }.joined(separator: ", ") + "]\ninput: 2")
    },
    page("a long caption", start: 500) { count in
      block("plot: relu\npoints: 11\ncaption: a" + String(repeating: " *b*", count: count))
    },
    page("deep blocks", start: 8) { count in
      block(
        "diagram: " + String(repeating: "[{residual: ", count: count) + "[dense 2]"
          + String(repeating: "}]", count: count) + "\ninput: 2")
    },
    data("CSV of many rows", start: 500) { count in
      "a,b,class\n" + (0..<count).map { "\($0),\($0 % 7),\($0 % 2)\n" }.joined()
    },
    data("CSV of many columns", start: 50) { count in
      (0..<count).map { "a\($0)," }.joined() + "class\n"
        + (0..<8).map { row in String(repeating: "1,", count: count) + "\(row % 2)\n" }.joined()
    },
    data("CSV of many words", start: 500) { count in
      "a,class\n" + (0..<count).map { "\($0),w\($0 % 2)\n" }.joined()
    },
  ]

  private static func data(
    _ name: String, start: Int, _ text: @escaping @Sendable (Int) -> String
  ) -> GrowthInput {
    GrowthInput(name: name, start: start) { count in
      [
        "content/index.md": Array(block("dataset: csv file=a.csv target=class").utf8),
        "content/a.csv": Array(text(count).utf8),
      ]
    }
  }

  static let numbers: [GrowthInput] = [
    GrowthInput(name: "templates of many partials", start: 100) { count in
      var files = smallest
      files["templates/article.html"] = Array(
        (0..<count).map { "{{>p\($0)}}" }.joined().utf8)
      for index in 0..<count { files["templates/p\(index).html"] = Array("{{title}}".utf8) }
      return files
    },
    GrowthInput(name: "templates that go in one circle", start: 100) { count in
      var files = smallest
      for index in 0..<count {
        files["templates/p\(index).html"] = Array("{{>p\((index + 1) % count)}}".utf8)
      }
      return files
    },
    GrowthInput(name: "templates with unknown names", start: 500) { count in
      var files = smallest
      files["templates/article.html"] = Array(
        (0..<count).map { "{{nosuch\($0)}}{{>none\($0)}}" }.joined().utf8)
      return files
    },
    GrowthInput(name: "a long template") { count in
      var files = smallest
      files["templates/article.html"] = Array(
        String(repeating: "<p>{{title}}</p>\n", count: count).utf8)
      return files
    },
  ]

  static let frontMatter: [GrowthInput] = [
    front("unknown keys") { (0..<$0).map { "key\($0): a\n" }.joined() },
    front("same keys") { String(repeating: "title: a\n", count: $0) },
    front("long lists") { "tags:\n" + (0..<$0).map { "  - tag\($0)\n" }.joined() },
    front("flow lists") { "tags: [" + (0..<$0).map { "tag\($0), " }.joined() + "a]\n" },
    front("aliases of pages") { "aliases:\n" + (0..<$0).map { "  - /old/\($0)/\n" }.joined() },
    front("wrong aliases of pages") { "aliases:\n" + (0..<$0).map { _ in "  - /\n" }.joined() },
    front("YAML anchors") { "tags:\n" + (0..<$0).map { "  - &a\($0) b\n" }.joined() },
    front("YAML aliases") { "tags:\n  - &a b\n" + (0..<$0).map { _ in "  - *a\n" }.joined() },
    front("YAML anchors and aliases") {
      "tags:\n" + (0..<$0).map { "  - &a\($0) b\n  - *a\($0)\n" }.joined()
    },
    GrowthInput(name: "YAML doubled by aliases", start: 4, most: 4096) { count in
      let lines = (1...count).map { "  - &a\($0) [*a\($0 - 1), *a\($0 - 1)]\n" }.joined()
      return article("---\ntags:\n  - &a0 b\n" + lines + "---\n\na\n")
    },
    page("blocks doubled by aliases", start: 4) { count in
      let lines = (1...count).map { "  - &a\($0) [*a\($0 - 1), *a\($0 - 1)]\n" }.joined()
      return block("plot: relu\ncaption:\n  - &a0 b\n" + lines)
    },
    front("a long title") { "title: " + String(repeating: "word ", count: $0) + "\n" },
    front("a folded title") { "title: >\n" + String(repeating: "  word\n", count: $0) },
    front("comments in YAML") { String(repeating: "# a\n", count: $0) },
    GrowthInput(name: "navigation") { count in
      var files = smallest
      files["sitegen.yml"] = Array(
        ("navigation:\n" + (0..<count).map { "  - {title: t\($0), link: index.md}\n" }.joined())
          .utf8)
      return files
    },
    GrowthInput(name: "broken navigation") { count in
      var files = smallest
      files["sitegen.yml"] = Array(
        ("navigation:\n" + (0..<count).map { "  - {title: t\($0), link: n\($0).md}\n" }.joined())
          .utf8)
      return files
    },
    GrowthInput(name: "macros", start: 250) { count in
      var files = article("$$x$$\n")
      files["sitegen.yml"] = Array(
        ("math:\n  macros:\n" + (0..<count).map { "    \\m\($0): x\n" }.joined()).utf8)
      return files
    },
  ]

  private static func front(
    _ name: String, _ text: @escaping @Sendable (Int) -> String
  ) -> GrowthInput {
    GrowthInput(name: name) { article("---\n" + text($0) + "---\n\na\n") }
  }

  static func article(_ text: String) -> [String: [UInt8]] {
    ["content/index.md": Array(text.utf8)]
  }

  static let sites: [GrowthInput] = [
    articles("articles in one folder") { ("a\($0).md", "# Article \($0)\n\nwords\n") },
    articles("articles in folders of ten") {
      ("f\($0 / 10)/a\($0).md", "# Article \($0)\n\nwords\n")
    },
    articles("articles each in a folder") { ("f\($0)/a.md", "# Article \($0)\n\nwords\n") },
    articles("dated articles") {
      ("\(1000 + $0 % 1000)-01-0\($0 % 9 + 1)-a\($0).md", "# Article \($0)\n\nwords\n")
    },
    articles("articles of the same title") { ("f\($0 / 10)/a\($0).md", "# Same\n\nwords\n") },
    articles("articles of the same address") { ("a\($0).md", "---\npermalink: /a/\n---\n\nb\n") },
    articles("articles of the same alias") { ("a\($0).md", "---\naliases: [/b/]\n---\n\nb\n") },
    articles("articles of many aliases") {
      ("a\($0).md", "---\naliases: [/b/\($0), /c/\($0)]\n---\n\nb\n")
    },
    articles("articles with one tag") { ("a\($0).md", "---\ntags: [a]\n---\n\nb\n") },
    articles("articles with a tag each") { ("a\($0).md", "---\ntags: [t\($0)]\n---\n\nb\n") },
    articles("articles that link to the next") { ("a\($0).md", "[b](a\($0 + 1).md)\n") },
    articles("articles with broken links") { ("a\($0).md", "[b](n\($0).md) ![](i\($0).png)\n") },
    articles("articles with mistakes") { ("a\($0).md", "---\nnokey: a\n---\n\n[^a] <b\n") },
    articles("articles with a block each", start: 25) {
      ("a\($0).md", block("plot: relu\npoints: 11", id: "a"))
    },
    articles("files") { $0 == 0 ? ("index.md", "a") : ("f\($0).bin", "bytes") },
    GrowthInput(name: "deep folders", start: 10, most: 2000) { count in
      let path = String(repeating: "d/", count: count)
      return ["content/index.md": Array("a\n".utf8), "content/\(path)a.md": Array("b\n".utf8)]
    },
    GrowthInput(name: "deep folders, each with an article", start: 10, most: 2000) { count in
      var files: [String: [UInt8]] = [:]
      for depth in 0..<count {
        files["content/" + String(repeating: "d/", count: depth) + "a.md"] = Array("b\n".utf8)
      }
      return files
    },
  ]

  /// Inputs with many repeated diagnostics.
  static let mistakes: [GrowthInput] = [
    page("mistakes on one line") { String(repeating: "[a](b.md) ", count: $0) },
    numbered("different mistakes on one line") { "[a](b\($0).md) " },
    many("mistakes on lines", "[a](b.md)\n"), many("unclosed formulas", "$$a\n\n"),
    GrowthInput(name: "bytes that are no UTF-8", start: 4000) { count in
      ["content/index.md": (0..<count).flatMap { _ in [0x61, 0xFF] as [UInt8] }]
    },
    page("near names of ids") { count in
      (0..<count).map { "<b id=\"name-\($0)\">a</b> <a href=\"#nome-\($0)\">b</a>\n" }.joined()
    },
    GrowthInput(name: "near names of files", start: 250) { count in
      var files: [String: [UInt8]] = [:]
      for index in 0..<count {
        files["content/article-\(index).md"] = Array("[a](artikle-\(index).md)\n".utf8)
      }
      return files
    },
  ]
}

import Site

extension FuzzTarget {
  /// Targets that build whole small sites.
  static let sites: [FuzzTarget] = [
    FuzzTarget("site", weight: 1, make: { site(&$0, $1) }, run: plainBuild),
    FuzzTarget("configuration", weight: 2, make: { configuration(&$0, $1) }, run: plainBuild),
    FuzzTarget("front-matter", weight: 2, make: { frontMatter(&$0, $1) }, run: plainBuild),
    FuzzTarget("template", weight: 2, make: { template(&$0, $1) }, run: plainBuild),
    FuzzTarget("names", weight: 2, make: { names(&$0, $1) }, run: plainBuild),
    FuzzTarget("values", weight: 2, make: { values(&$0, $1) }, run: plainBuild),
    FuzzTarget("images", weight: 2, make: { images(&$0, $1) }, run: plainBuild),
    FuzzTarget("escape", weight: 2, make: { escape(&$0, $1) }, run: escapingBuild),
    FuzzTarget("state", weight: 1, make: { StateTarget.input(&$0, $1) }, run: StateTarget.run),
  ]

  /// The cost limits of the blocks in a site: low, as for single blocks.
  static let limits = "nn: {limit: 2e7, build_limit: 2e7}\n"

  @Sendable private static func plainBuild(
    _ input: FuzzInput, _ surroundings: Surroundings
  ) async -> [String] {
    await SiteChecks.build(input.tree, isTwice: isSampled(input))
  }

  @Sendable private static func escapingBuild(
    _ input: FuzzInput, _ surroundings: Surroundings
  ) async -> [String] {
    await SiteChecks.build(input.tree, isEscaping: true, isTwice: isSampled(input))
  }

  /// Selects one input in eight, the same ones each time.
  private static func isSampled(_ input: FuzzInput) -> Bool {
    var hash: UInt64 = 0
    for file in input.files { for byte in file.bytes { hash = hash &* 31 &+ UInt64(byte) } }
    return (hash ^ hash >> 32) % 8 == 0
  }

  private static func vocabulary(for path: String) -> Vocabulary? {
    switch path.split(separator: ".").last {
    case "md", "markdown": .markdown
    case "yml": .yaml
    case "html": .template
    case "csv": .csv
    case "css", "svg", "txt", "py", "js": .general
    default: nil
    }
  }

  // MARK: Whole sites

  private static func site(_ random: inout FuzzRandom, _ corpus: Corpus) -> FuzzInput {
    var site = random.element(of: corpus.sites)
    if random.once(in: 3) {
      site = FuzzInput(
        (0..<1 + random.below(4)).map {
          .init("content/a\($0).md", random.element(of: corpus["md"]))
        })
    }
    if random.once(in: 3) {
      let block = Array("\n```nn b\n".utf8) + blockText(&random, corpus) + Array("\n```\n".utf8)
      site["content/b.md"] = Array("# B\n".utf8) + block
    }
    var mutator = Mutator(random)
    mutator.longest = 20_000
    defer { random = mutator.random }
    for _ in 0..<1 + mutator.random.below(3) {
      let place = mutator.random.below(site.files.count)
      let file = site.files[place]
      // Limits must not change: otherwise blocks could be expensive.
      guard file.path != "sitegen.yml", let words = vocabulary(for: file.path) else { continue }
      let others = corpus[String(file.path.split(separator: ".").last ?? "")]
      site.files[place].bytes = mutator.mutate(file.bytes, words, others: others)
    }
    site["sitegen.yml", default: []] += Array(("\n" + limits).utf8)
    return site
  }

  private static let article = FuzzInput.File(
    "content/notes/2016-01-02-one.md",
    "---\ntitle: One\ntags: [a, b]\ncategories: c\ndate: 2016-01-02\n---\n\n# H\n\n[x](two.md) *a*\n"
  )
  private static let other = FuzzInput.File(
    "content/notes/two.md", "# Two\n\n* toc\n{:toc}\n\n## A\n\nwords\n\n## B\n")

  private static func configuration(_ random: inout FuzzRandom, _ corpus: Corpus) -> FuzzInput {
    var mutator = Mutator(random)
    defer { random = mutator.random }
    mutator.longest = 20_000
    let seeds = corpus["yml"]
    let text = mutator.mutate(mutator.random.element(of: seeds), .yaml, others: seeds)
    return FuzzInput([.init("sitegen.yml", text), article, other])
  }

  private static func frontMatter(_ random: inout FuzzRandom, _ corpus: Corpus) -> FuzzInput {
    var mutator = Mutator(random)
    defer { random = mutator.random }
    mutator.longest = 20_000
    let seeds = corpus.frontMatters
    let text = mutator.mutate(mutator.random.element(of: seeds), .yaml, others: seeds)
    let bytes = Array("---\n".utf8) + text + Array("---\n\nText.\n".utf8)
    return FuzzInput([
      .init("content/a.md", bytes), other,
      .init("sitegen.yml", "base_url: https://example.org/\nfront_matter: [extra]\n"),
    ])
  }

  private static let templateNames = [
    "article", "base", "list", "entries", "taxonomy", "search", "breadcrumbs", "article-facts",
    "not-found", "redirect", "own",
  ]

  private static func template(_ random: inout FuzzRandom, _ corpus: Corpus) -> FuzzInput {
    var mutator = Mutator(random)
    defer { random = mutator.random }
    mutator.longest = 12_000
    let seeds = corpus["html"].filter { $0.count < 6000 }
    var files = [article, other]
    files.append(.init("content/c.md", "---\nlayout: own\naliases: [old.html]\n---\nx\n"))
    for _ in 0..<1 + mutator.random.below(2) {
      let name = mutator.random.element(of: templateNames)
      let text = mutator.mutate(mutator.random.element(of: seeds), .template, others: seeds)
      files.append(.init("templates/\(name).html", text))
    }
    return FuzzInput(files)
  }

  // MARK: Names and addresses

  private static let parts = [
    "a", "b", "index", "Index", "INDEX", "README", "2016-01-02-x", "2016-13-40-x", "0000-00-00-x",
    "99999-01-01-x", "_posts", "_drafts", "_x", ".git", ".well-known", "..", ".", "...", "", " ",
    "a b",
    "%2e%2e", "%00", "%", "中", "é", "e\u{301}", "a\u{0}b", "a\nb", "a\tb", "a\u{7F}b", "con", "a:b",
    "a?b", "a#b", "a&b", "a\"b", "a'b", "a<b>", "a\\b", "~", "*", "404", "tags", "categories",
    "search",
    "assets", "data", "feed.xml", "sitemap.xml", "katex", "-", "a.b.c", "A", "\u{202E}a", "ＡＢ", "İ",
  ]

  private static func path(_ random: inout FuzzRandom) -> String {
    var parts: [String] = []
    for _ in 0..<1 + random.below(4) { parts.append(random.element(of: Self.parts)) }
    if random.once(in: 30) { parts.append(String(repeating: "n", count: 200 + random.below(100))) }
    if random.once(in: 60) { parts += Array(repeating: "d", count: random.count(upTo: 400)) }
    return parts.joined(separator: "/")
  }

  /// A path that a file on disk can have.
  private static func name(_ random: inout FuzzRandom) -> String {
    let parts = path(&random).split(separator: "/").filter { $0 != "." && $0 != ".." }
    let name = parts.joined(separator: "/").filter { $0 != "\0" }
    return name.isEmpty ? "a" : name
  }

  private static func names(_ random: inout FuzzRandom, _ corpus: Corpus) -> FuzzInput {
    let endings = [".md", ".markdown", ".MD", ".html", ".txt", "", ".svg", ".csv", ".md.md"]
    var files: [FuzzInput.File] = []
    for _ in 0..<1 + random.below(5) {
      var text = "---\ntitle: T\n"
      if random.once(in: 3) { text += "permalink: \"\(quoted(path(&random)))\"\n" }
      if random.once(in: 4) { text += "permalink: \(random.element(of: placeholders))\n" }
      if random.once(in: 4) { text += "aliases: [\"\(quoted(path(&random)))\"]\n" }
      if random.once(in: 4) { text += "date: \(random.element(of: dates))\n" }
      if random.once(in: 6) { text += "tags: [\"\(quoted(path(&random)))\", a]\n" }
      if random.once(in: 6) { text += "layout: \"\(quoted(path(&random)))\"\n" }
      text += "---\n\n[x](<\(path(&random)).md>) ![y](\(path(&random))) [z](\(path(&random))#a)\n\n"
      text += "```python {file=\"\(path(&random))\"}\n```\n"
      let folder = random.once(in: 5) ? "" : "content/"
      files.append(.init(folder + name(&random) + random.element(of: endings), text))
    }
    files.append(.init("content/index.md", "# Home\n\n[a](a.md)\n"))
    if random.once(in: 2) {
      let pattern = random.element(of: placeholders)
      files.append(
        .init("sitegen.yml", "base_url: https://example.org/x\npermalink: \(pattern)\n"))
    }
    return FuzzInput(files)
  }

  private static func quoted(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"", "\\": "\\\(scalar)"
      case "\u{0}"..."\u{1F}", "\u{7F}":
        "\\u00" + (scalar.value < 16 ? "0" : "")
          + String(scalar.value, radix: 16)
      default: String(scalar)
      }
    }.joined()
  }

  private static let placeholders = [
    "pretty", "date", "none", "ordinal", "/:year/:month/:day/:title/", "/:categories/:title.html",
    "/:path/", "/:slug", "/:title:title/", "/../:title/", "/:x/", "\"\"", "/", "//", "/a//:title/",
    "/:title/../../x", "/%2e%2e/:title", "/.git/:title", "/a.md", "/:year", ":", "/:", "/feed.xml",
    "/assets/style.css", "/index.html/", "/\\:title/",
  ]
  private static let dates = [
    "2016-01-02", "2016-02-30", "2016-1-2", "20160102", "2016-01-02 25:61",
    "2016-01-02T10:00:00+25:00",
    "2016-01-02 10:00 +0800", "9999-12-31 23:59:59 -2359", "0001-01-01", "-5-01-01", "2016", "now",
    "99999999999999999999-01-01", "2016-01-02 10:00:00.123456789012345678901", "{a: b}", "[2016]",
    "~",
    "１２３４-01-01", "2024-02-29", "2023-02-29", "2016-01-02 10:00:00 +99999999999999999999",
  ]

  // MARK: Values in prose

  private static let measured =
    "```nn g\ngraph: (x + y) * z\nat: {x: 1, y: 2, z: 3}\nexpect: value > 0\n```\n"

  private static func values(_ random: inout FuzzRandom, _ corpus: Corpus) -> FuzzInput {
    var mutator = Mutator(random)
    defer { random = mutator.random }
    mutator.longest = 3000
    let words = Vocabulary([
      "g.value", "nn ", "nn g.value", "nn a#g.value", "nn g.gradient[of=x]", "%.1f",
      "%.99999999999999999f",
      "%d", "%s", "%n", "%.0e", "%5.2f%%", "%-10.3g", "%%", "%", "%.", "%.1", "[of=x, of=y]", "[",
      "]",
      "value", "gradient", "within 0..1", "~ 9 ± 5%", "<", "==", "#", ".", "*", "/ 0",
      "1e308 * 1e308",
      "-", "(", ")", "^", "nan", "\n- ", "expect: ", "at: ", "x: ", "\n",
    ])
    var inline = ""
    for _ in 0..<4 {
      let value = Array("nn g.value %.2f".utf8)
      inline += "`\(String(decoding: mutator.mutate(value, words + .block), as: UTF8.self))` and "
    }
    let block = mutator.mutate(Array(measured.utf8), words + .block, others: corpus.blocks)
    return FuzzInput([
      .init("content/a.md", Array("# A\n\n".utf8) + block + Array("\n\n\(inline)\n".utf8)),
      .init("content/b.md", "`nn a#g.value` `nn b#g.value` [](a.md#g)\n"),
      .init("sitegen.yml", limits),
    ])
  }

  // MARK: Pictures

  private static let pictures: [[UInt8]] = [
    [
      0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0,
      4,
    ]
      + [0, 0, 0, 4, 8, 2, 0, 0, 0],
    Array("GIF89a".utf8) + [4, 0, 4, 0, 0, 0, 0, 0],
    [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xC0, 0, 17, 8, 0, 4, 0, 4, 3, 1, 0, 0, 0, 0],
    Array("RIFF\u{10}\u{0}\u{0}\u{0}WEBPVP8 ".utf8) + [UInt8](repeating: 4, count: 16),
    Array("RIFF\u{10}\u{0}\u{0}\u{0}WEBPVP8L".utf8) + [UInt8](repeating: 4, count: 16),
    Array("RIFF\u{10}\u{0}\u{0}\u{0}WEBPVP8X".utf8) + [UInt8](repeating: 4, count: 16),
    Array("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"20\"/>".utf8),
    Array("<?xml version=\"1.0\"?><svg viewBox=\"0 0 10 20\"></svg>".utf8),
  ]

  private static func images(_ random: inout FuzzRandom, _ corpus: Corpus) -> FuzzInput {
    var mutator = Mutator(random)
    defer { random = mutator.random }
    mutator.longest = 3000
    let words = Vocabulary([
      "width=\"1e308\"", "height=\"-1\"", "viewBox=\"0 0 nan inf\"", "width=\"100%\"", "1e19px",
      "\u{0}",
      "viewBox=\"0 0 1e-320 1\"", "width='9223372036854775808'", "<svg", ">", "<!--", "cm",
      "\u{7F}",
    ])
    var files: [FuzzInput.File] = []
    var text = ""
    for (index, ending) in ["png", "svg", "jpg"].enumerated() {
      let picture = mutator.mutate(
        mutator.random.element(of: pictures), words, others: pictures)
      files.append(.init("content/p\(index).\(ending)", picture))
      text += "![p](p\(index).\(ending))\n\n"
    }
    return FuzzInput(files + [.init("content/a.md", text)])
  }

  // MARK: Strangers

  private static let escapingSite =
    "markdown: {html: escape, smart: true}\nmath: {single_dollar: true}\n" + limits

  /// An article by an author who wants a reader's browser to run something.
  private static func escape(_ random: inout FuzzRandom, _ corpus: Corpus) -> FuzzInput {
    var mutator = Mutator(random)
    defer { random = mutator.random }
    mutator.longest = 8000
    let words = mutator.random.once(in: 2) ? Vocabulary.attacks : .attacks + .markdown
    let seeds = corpus["md"].filter { $0.count < 6000 }
    var article = mutator.mutate(mutator.random.element(of: seeds), words, others: seeds)
    if mutator.random.once(in: 3) {
      let block = mutator.mutate(
        Array("plot: relu\ncaption: words\nalt: words\necho: true\n".utf8), words)
      article += Array("\n\n```nn\n".utf8) + block + Array("\n```\n".utf8)
    }
    if mutator.random.once(in: 2) {
      let head = mutator.mutate(
        Array("title: T\ndescription: D\nauthor: A\ntags: [t]\naliases: [o]\nlayout: x\n".utf8),
        words)
      article = Array("---\n".utf8) + head + Array("---\n".utf8) + article
    }
    return FuzzInput([
      .init("content/a.md", article), .init("content/index.md", "# Home\n"),
      .init("sitegen.yml", escapingSite),
    ])
  }
}

extension FuzzInput {
  subscript(path: String, default bytes: [UInt8]) -> [UInt8] {
    get { self[path] ?? bytes }
    set { self[path] = newValue }
  }
}

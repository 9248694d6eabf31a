import Diagnostics
import Markdown
import Experiments
import Testing

@testable import Site

@Suite struct ConfigurationTests {
  private func read(_ text: String) -> (Configuration, [Diagnostic]) {
    var diagnostics: [Diagnostic] = []
    let file = SourceFile(path: "sitegen.yml", text: text)
    return (Configuration(reading: file, diagnostics: &diagnostics), diagnostics)
  }

  @Test func everyKeyIsRead() {
    let (configuration, diagnostics) = read(
      """
      title: Notes
      description: On deep learning
      base_url: https://example.org/notes
      language: zh-Hans
      author: {name: 王, email: w@example.org}
      content: texts
      permalink: /:year/:title/
      navigation:
        - {title: Guide, link: guide/index.md}
      footer: "© all of us"
      math: {single_dollar: true, macros: {"\\\\R": "\\\\mathbb{R}"}}
      highlight: false
      markdown: {kramdown_ids: true, smart: on, html: escape, toc_levels: 2..3}
      taxonomies: false
      feed: no
      search: off
      front_matter: [subtitle]
      cache: {limit: 2 GB}
      nn: {echo: folded, width: 640, limit: 1e10}
      """)
    #expect(diagnostics.isEmpty)
    #expect(configuration.title == "Notes")
    #expect(configuration.baseURL == "https://example.org/notes/")
    #expect(configuration.statedLanguage == "zh-Hans")
    #expect(configuration.author == .init(name: "王", email: "w@example.org"))
    #expect(configuration.content == "texts")
    #expect(configuration.permalink == .pattern("/:year/:title/"))
    #expect(configuration.navigation.map(\.link) == ["guide/index.md"])
    #expect(configuration.mathematics.macros == ["\\R": "\\mathbb{R}"])
    #expect(!configuration.highlightsCode)
    #expect(configuration.dialect.addsKramdownIDs && configuration.dialect.smartPunctuation)
    #expect(configuration.dialect.html == .escape && configuration.dialect.contentsLevels == 2...3)
    #expect(!configuration.hasTaxonomies && !configuration.hasFeed && !configuration.hasSearch)
    #expect(configuration.extraKeys == ["subtitle"])
    #expect(configuration.cacheLimitBytes == 2_000_000_000)
    #expect(configuration.experiments.echo == .folded && configuration.experiments.limit == 1e10)
  }

  @Test func nothingIsRequired() {
    for text in ["", "\n", "# only a comment\n", "title:\nauthor:\nnn:\n"] {
      let (configuration, diagnostics) = read(text)
      #expect(diagnostics.isEmpty)
      #expect(configuration.title.isEmpty)
    }
  }

  @Test func aMistakeIsReportedAtItsPlaceAndTheRestIsStillRead() {
    let (configuration, diagnostics) = read("titel: A\nfeed: perhaps\nsearch: false\n")
    #expect(!configuration.hasSearch)
    #expect(diagnostics.map(\.id) == ["config.unknown-key", "config.wrong-type"])
    #expect(diagnostics[0].range == 0..<5)
    #expect(diagnostics[0].hint == "did you mean `title`?")
    #expect(diagnostics[1].range == 15..<22)
  }

  @Test(arguments: [
    "a: [", "a: b: c", "\tx: 1", "a: 'b", "- a\n- b\n", "? [a]: b", "%", "a: 1\na: 2\n", "\u{0}",
    String(repeating: "[", count: 100_000), String(repeating: "- ", count: 50_000),
  ])
  func whatIsNoMappingIsADiagnosticAndNeverACrash(_ text: String) {
    let (_, diagnostics) = read(text)
    #expect(!diagnostics.isEmpty)
    for diagnostic in diagnostics {
      #expect(diagnostic.path == "sitegen.yml")
      #expect(diagnostic.range.map { $0.upperBound <= text.utf8.count } ?? true)
    }
  }
}

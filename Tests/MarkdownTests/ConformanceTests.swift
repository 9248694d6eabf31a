import Diagnostics
import Foundation
import Markdown
import TestSupport
import Testing

/// An example of a conformance suite.
struct Example: Decodable, Sendable {
  var number: Int?
  var name: String?
  var section: String?
  var `extension`: String?
  var options: String?
  var markdown: String
  var html: String

  /// What a list of expected failures names it by.
  var label: String { name ?? "\(section ?? "") \(number ?? 0)" }
}

struct Suite: Decodable {
  var examples: [Example]
  var more: [Example]?

  static func load(_ file: String) throws -> Suite {
    let folder = Repository.data("SITEGEN_CONFORMANCE", "conformance")
    let data = try Data(contentsOf: URL(filePath: folder + "/" + file))
    return try JSONDecoder().decode(Suite.self, from: data)
  }
}

/// An example that cannot be right here: its Markdown's first characters tell it apart from others that
/// may have its label in another file.
struct ExpectedFailure {
  var label: String
  var start: String
  var reason: String

  init(_ label: String, _ start: String, _ reason: String) {
    self.label = label
    self.start = start
    self.reason = reason
  }
}

private func html(_ markdown: String, _ options: MarkdownOptions) -> String {
  let document = Document(
    parsing: SourceFile(path: "example.md", text: markdown), options: options)
  return String(decoding: HTMLRenderer(markup: .plain).render(document), as: UTF8.self)
}

/// Runs the examples: those listed must fail, all others pass.
private func check(
  _ examples: [Example], expected: [ExpectedFailure], _ options: (Example) -> MarkdownOptions
) {
  for example in examples where example.html != "<IGNORE>\n" {
    let found = html(example.markdown, options(example))
    let passes =
      HTMLNormalizer.normalize(found) == HTMLNormalizer.normalize(example.html)
    let failure = expected.first {
      $0.label == example.label && example.markdown.hasPrefix($0.start)
    }
    if let failure {
      if passes {
        Issue.record("\(example.label) passes, though it was not expected to: \(failure.reason)")
      }
    } else if !passes {
      Issue.record(
        """
        \(example.label)
        ---
        \(example.markdown)
        --- wanted
        \(example.html)
        --- found
        \(found)
        """)
    }
  }
}

@Suite struct Conformance {
  @Test func commonMarkExamplesPassWithExtensionsOff() throws {
    let suite = try Suite.load("commonmark-0.30.json")
    check(suite.examples, expected: []) { _ in .commonMark }
  }

  @Test func gitHubExtensionExamplesPass() throws {
    let suite = try Suite.load("gfm-extensions.json")
    check(suite.examples + (suite.more ?? []), expected: gitHubFailures) { example in
      var options = MarkdownOptions.commonMark
      let section = example.section ?? ""
      options.tables =
        section.contains("able") || section.contains("Interop") || section.contains("pipe")
        || section == "Escaping" || section == "Embedded HTML" || section.contains("Reference")
        || section.contains("Sequential") || section.contains("Interaction")
        || section.contains("Oddly")
      options.strikethrough = section.contains("Strike") || section.contains("Interop")
      options.autolinks = section.contains("Autolink") || section.contains("Interop")
      options.taskLists = section.contains("Task")
      options.footnotes = section.contains("Footnote")
      options.filtersTags = section.contains("filter")
      return options
    }
  }

  @Test func kramdownExamplesPass() throws {
    let suite = try Suite.load("kramdown.json")
    check(suite.examples, expected: kramdownFailures) { example in
      var options = MarkdownOptions.commonMark
      options.kramdown = true
      options.math = true
      options.tables = true
      options.footnotes = true
      let switches = example.options ?? ""
      // kramdown's own tests switch ids off unless an example has options.
      let hasIDs = !switches.isEmpty && !switches.contains(":auto_ids: false")
      options.headingIDs = hasIDs ? .kramdown : .none
      if switches.contains("toc_levels: 2..3") { options.tocLevels = 2...3 }
      return options
    }
  }
}

private let gitHubFailures = [
  ExpectedFailure(
    "Footnotes 23", "This is some text![^1]",
    "footnotes are marked up as kramdown does, so that links to `#fn:1` in old notes live")
]

private let kramdownFailures = [
  ExpectedFailure(
    "block/04_header/atx_header", "# This is a header",
    "headings are CommonMark's: `##Header` is text, `### ` in a quotation's lazy line a heading"),
  ExpectedFailure(
    "block/04_header/with_auto_ids", "# This is a header",
    "`transliterated_header_ids` is not Jekyll's default, and needs a table of transliterations"),
  ExpectedFailure(
    "block/04_header/with_header_links", "# This is a header {#header}",
    "`header_links` is not Jekyll's default; a page's headings have links of their own form"),
  ExpectedFailure(
    "block/13_definition_list/auto_ids", "{:auto_ids}",
    "ids for terms are not made; a term takes one by `{:#id}`"),
  ExpectedFailure(
    "block/13_definition_list/item_ial", "item\n:   {:.cls} definition",
    "code in a definition is indented by four columns from its text, as in CommonMark's lists"),
  ExpectedFailure(
    "block/14_table/escaping", "`cell 1 | cell 2`",
    "kramdown's known flaw: a line of prose with a pipe is not a table here"),
  ExpectedFailure(
    "block/15_math/no_engine", "{: #math-id}",
    "formulas are always typeset; a refused one shows its source"),
  ExpectedFailure(
    "span/04_footnote/backlink_inline", "This is [^paragraph]",
    "`footnote_backlink_inline` is not Jekyll's default"),
  ExpectedFailure(
    "span/04_footnote/backlink_text", "Some footnote here",
    "`footnote_backlink` is not a setting here; the arrow has a label for screen readers"),
  ExpectedFailure(
    "span/04_footnote/footnote_link_text", "This is a[^ab] footnote",
    "`footnote_link_text` is not a setting here"),
  ExpectedFailure(
    "span/04_footnote/footnote_nr", "This is a footnote[^ab]",
    "`footnote_nr` is not a setting here: footnotes count from 1 on each page"),
  ExpectedFailure(
    "span/04_footnote/footnote_prefix", "This is a[^ab] footnote",
    "`footnote_prefix` is not a setting here"),
  ExpectedFailure(
    "span/abbreviations/abbrev_in_html", "This is <em>some TEST</em>",
    "`markdown=\"span\"` inside an SVG element is not read"),
  ExpectedFailure(
    "span/02_emphasis/errors", "This is a *star.",
    "emphasis is CommonMark's: `**a *star*` has an emphasis in it"),
  ExpectedFailure(
    "span/02_emphasis/nesting", "- ***test test***",
    "emphasis is CommonMark's: `***` opens the emphasis outside, and nests"),
]

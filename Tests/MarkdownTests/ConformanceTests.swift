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

  /// The label by which a list of expected failures refers to the example.
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

/// An example that cannot pass here. The start of its Markdown distinguishes it from examples with
/// the same label in other files.
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

/// The options for parsing and rendering an example.
private struct Switches {
  var options = MarkdownOptions.commonMark(html: .pass)
  var renderer = HTMLRenderer(markup: .plain)

  func html(_ markdown: String) -> String {
    let document = Document(
      parsing: SourceFile(path: "example.md", text: markdown), options: options)
    return String(decoding: renderer.render(document).body, as: UTF8.self)
  }
}

/// Runs the examples: those that are listed must fail, all others must pass.
private func check(
  _ examples: [Example], expected: [ExpectedFailure], _ switches: (Example) -> Switches
) {
  for example in examples where example.html != "<IGNORE>\n" {
    let found = switches(example).html(example.markdown)
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
    check(suite.examples, expected: []) { _ in Switches() }
  }

  @Test func gitHubExtensionExamplesPass() throws {
    let suite = try Suite.load("gfm-extensions.json")
    check(suite.examples + (suite.more ?? []), expected: []) { Switches(gitHub: $0) }
  }

  @Test func kramdownExamplesPass() throws {
    let suite = try Suite.load("kramdown.json")
    check(suite.examples, expected: kramdownFailures) { Switches(kramdown: $0.options ?? "") }
  }

  @Test func moreKramdownExamplesPass() throws {
    let path = Repository.root + "/Tests/Fixtures/markdown/kramdown.json"
    let suite = try JSONDecoder().decode(Suite.self, from: Data(contentsOf: URL(filePath: path)))
    check(suite.examples, expected: []) { Switches(kramdown: $0.options ?? "") }
  }
}

extension Switches {
  /// Options for an example from the GFM specification, which names its extension, or from
  /// cmark-gfm's `extensions.txt`, which gives the heading above the example.
  init(gitHub example: Example) {
    let words = (example.extension ?? example.section ?? "").lowercased()
    let all = words.contains("interop")
    options.strikethrough = all || words.contains("strike")
    options.autolinks = all || words.contains("autolink")
    options.taskLists = words.contains("task") || words == "disabled"
    options.footnotes = words.contains("footnote")
    options.filtersTags = words.contains("filter")
    renderer.footnotes.isGitHubs = true
    // The other headings of `extensions.txt` are about tables.
    let isOther =
      options.strikethrough || options.autolinks || options.taskLists || options.footnotes
      || options.filtersTags
    options.tables = all || !isOther
  }

  /// Options for a kramdown test case, from the settings beside it; without settings, those of
  /// kramdown's own test runner.
  init(kramdown settings: String) {
    options.kramdown = true
    options.math = true
    options.tables = true
    options.footnotes = true
    var values: [String: String] = [:]
    for line in settings.split(separator: "\n") {
      let parts = line.drop { $0 == ":" }.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { continue }
      values[String(parts[0])] = parts[1].trimmingCharacters(in: CharacterSet(charactersIn: " '\""))
    }
    options.headingIDs = settings.isEmpty || values["auto_ids"] == "false" ? .none : .kramdown
    if let levels = values["toc_levels"] {
      let ends = levels.split(separator: ".").compactMap { Int($0) }
      if ends.count == 2 { options.tocLevels = ends[0]...ends[1] }
    }
    renderer.linksHeadings = values["header_links"] == "true"
    if values["math_engine"] == "~" { renderer.formulaSource = .dollars }
    renderer.footnotes.idPrefix = values["footnote_prefix"] ?? ""
    renderer.footnotes.firstNumber = values["footnote_nr"].flatMap { Int($0) } ?? 1
    renderer.footnotes.reference = values["footnote_link_text"] ?? "%s"
    renderer.footnotes.backlink = values["footnote_backlink"] ?? "↩"
    renderer.footnotes.putsBacklinkInside = values["footnote_backlink_inline"] == "true"
  }
}

private let kramdownFailures = [
  ExpectedFailure(
    "block/04_header/atx_header", "# This is a header",
    "headings are CommonMark's, as with Jekyll's GFM parser: `##Header` is text"),
  ExpectedFailure(
    "block/04_header/with_auto_ids", "# This is a header",
    "`transliterated_header_ids` is not Jekyll's default, and needs a table of transliterations"),
  ExpectedFailure(
    "block/14_table/escaping", "`cell 1 | cell 2`",
    "kramdown's known flaw: a line of prose with a pipe is not a table here"),
  ExpectedFailure(
    "span/02_emphasis/errors", "This is a *star.",
    "emphasis is CommonMark's: `**a *star*` has an emphasis in it"),
  ExpectedFailure(
    "span/02_emphasis/nesting", "- ***test test***",
    "emphasis is CommonMark's: `***` opens the emphasis outside, and nests"),
]

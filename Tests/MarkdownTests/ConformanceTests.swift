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

private let gitHubFailures: [ExpectedFailure] = []
private let kramdownFailures: [ExpectedFailure] = []

import Diagnostics
import Foundation
import Localization
import Markdown
import TestSupport
import Testing

/// A note for each construct, as a tree and as the HTML of a page, in which any change shows.
@Suite struct Notes {
  private static let folder = Repository.root + "/Tests/Fixtures/markdown/notes"

  static let names =
    (try? FileManager.default.contentsOfDirectory(atPath: folder))?
    .filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }.sorted() ?? []

  @Test func thereAreNotes() {
    #expect(Self.names.count >= 14)
  }

  @Test(arguments: names) func areReadAndWrittenAsLookedAt(name: String) throws {
    let bytes = try Data(contentsOf: URL(filePath: "\(Self.folder)/\(name).md"))
    let file = SourceFile(path: name + ".md", bytes: Array(bytes))
    var options = MarkdownOptions(html: name == "escaped" ? .escape : .pass)
    options.smartPunctuation = name == "smart"
    options.singleDollarMath = name == "single-dollars"
    if name == "headings" { options.headingIDs = .readableAndKramdown }
    let document = Document(parsing: file, options: options)
    try expectGolden(TreeDump(document).text, "markdown/notes/\(name).tree.txt")
    let page = HTMLRenderer(words: Words(tag: name == "cjk" ? "zh" : "en")).render(document)
      .body
    try expectGolden(page, "markdown/notes/\(name).html")
  }
}

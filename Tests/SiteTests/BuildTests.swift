import Diagnostics
import Markdown
import Storage
import TestSupport
import Testing

@testable import Site

@Suite struct BuildTests {
  /// Compares everything except style sheets and scripts, which belong to the theme and change with
  /// it.
  @Test func theSmallSiteIsBuiltAsItsGoldensSay() async throws {
    let fixture = try Fixture("site-small")
    let site = await build(fixture.sources, BuildSettings())
    #expect(fixture.text(of: site.diagnostics) == "")
    let files = try bytes(of: site, from: fixture.sources)
    for path in files.keys.sorted() where !path.hasPrefix("assets/") && path != "404.html" {
      try expectGolden(files[path]!, "site-small.expected/" + path)
    }
    try expectGolden(
      files.keys.sorted().joined(separator: "\n") + "\n", "site-small.expected/files.txt")
  }

  @Test(arguments: [true, false])
  func headingsAreNumberedWhereTheConfigurationAsksForIt(_ isAsked: Bool) async throws {
    let sources = SourceTree([
      "sitegen.yml": Array("title: Notes\nmarkdown: {number_headings: \(isAsked)}\n".utf8),
      "content/index.md": Array("# Notes\n\n## First\n\n### Part\n\n## Second\n".utf8),
    ])
    let site = await build(sources, BuildSettings())
    #expect(!site.hasErrors)
    let page = String(
      decoding: try #require(try bytes(of: site, from: sources)["index.html"]), as: UTF8.self)
    #expect(page.contains("class=\"prose numbered\"") == isAsked)
    // The style sheet numbers the headings that the page has.
    let sheet = String(
      decoding: try #require(try bytes(of: site, from: sources)["assets/style.css"]), as: UTF8.self)
    #expect(sheet.contains(".numbered > h2 { counter-increment: section; }"))
    #expect(page.contains("<h2 ") && page.contains("<h3 "))
  }

  @Test func draftsAreBuiltWhereAskedFor() async throws {
    let fixture = try Fixture("site-small")
    let site = await build(fixture.sources, BuildSettings(includesDrafts: true))
    #expect(site.output["draft/index.html"] != nil)
    // A draft's mistakes count only when it is built.
    #expect(site.diagnostics.map(\.id) == ["link.broken"])
    #expect(!site.hasErrors)
  }

  /// A dictionary's description has a different order in each build.
  @Test(
    arguments: [
      ("{{.}}", ""), ("{{{.}}}", ""), ("{{ }}", ""), ("{{site}}{{{words}}}", ""),
      ("{{style_sheets}}", ""), ("{{reversed(navigation)}}{{first(navigation)}}", ""),
      ("{{#site}}{{.}}{{/site}}", ""), ("{{#navigation}}{{.}}{{/navigation}}", ""),
      ("{{#enumerated(site)}}{{key}} {{value}}, {{/enumerated(site)}}", "language en, title T, "),
      ("{{#sorted(site)}}{{key}} {{/sorted(site)}}", "language title "),
      ("{{#sorted(site)}}{{.}}{{/sorted(site)}}", ""), ("{{count(navigation)}}", "2"),
      ("{{#reversed(navigation)}}{{title}}{{/reversed(navigation)}}", "YX"),
      (
        "{{^feed_url}}none{{/feed_url}}{{#navigation}}{{#last()}}{{title}}{{/last()}}{{/navigation}}",
        "noneY"
      ),
    ])
  func mappingsAndListsAreNoTexts(_ template: String, _ text: String) async throws {
    let sources = SourceTree([
      "sitegen.yml": Array(
        "title: T\nnavigation: [{title: X, link: a.md}, {title: Y, link: index.md}]\n".utf8),
      "content/a.md": Array("# A\n".utf8), "content/index.md": Array("# I\n".utf8),
      "templates/article.html": Array("<p>[\(template)]</p>".utf8),
    ])
    let site = await build(sources, BuildSettings())
    #expect(site.diagnostics.filter { $0.severity == .error } == [])
    let page = try #require(try bytes(of: site, from: sources)["a/index.html"])
    #expect(String(decoding: page, as: UTF8.self) == "<p>[\(text)]</p>")
  }

  @Test func strictBuildsTakeWarningsForErrors() async throws {
    let fixture = try Fixture("site-small")
    let settings = BuildSettings(includesDrafts: true, warningsAreErrors: true)
    #expect(await build(fixture.sources, settings).hasErrors)
  }

  @Test(arguments: try invalidSites())
  func everyMistakeIsReportedAsItsGoldenSays(_ name: String) async throws {
    let fixture = try Fixture("site-invalid/" + name)
    let site = await build(fixture.sources, BuildSettings(jobs: 2))
    #expect(!site.diagnostics.isEmpty)
    try expectGolden(
      fixture.text(of: site.diagnostics), "site-invalid/\(name)/expected.txt")
  }

  static func invalidSites() throws -> [String] {
    try FileSystem.list(Repository.root + "/Tests/Fixtures/site-invalid").filter {
      $0.kind == .folder
    }
    .map(\.name)
  }

  @Test func theNumberOfJobsDoesNotShow() async throws {
    let fixture = try Fixture("site-small")
    let one = await build(fixture.sources, BuildSettings(jobs: 1))
    let expected = try bytes(of: one, from: fixture.sources)
    for jobs in [2, 7] {
      let many = await build(fixture.sources, BuildSettings(jobs: jobs))
      #expect(try bytes(of: many, from: fixture.sources) == expected)
      #expect(many.diagnostics == one.diagnostics)
    }
  }

  @Test func everyLinkOfTheSmallSiteWorksOnDisk() async throws {
    let fixture = try Fixture("site-small")
    let site = await build(fixture.sources, BuildSettings())
    let files = try bytes(of: site, from: fixture.sources)
    for (path, html) in files where path.hasSuffix(".html") {
      let folder = path.split(separator: "/").dropLast().joined(separator: "/")
      var rewriter = AddressRewriter()
      _ = rewriter.rewrite(html) { address in
        guard let written = RelativeReference(address.value), !written.path.isEmpty else {
          return nil
        }
        let target = RelativeURL.resolve(written.path, against: folder)
        #expect(!written.path.hasPrefix("/"), "\(path): \(address.value)")
        #expect(target.flatMap { files[$0] } != nil, "\(path): \(address.value)")
        return nil
      }
    }
  }

  @Test func aFolderOfNotesIsASite() async throws {
    let note = "# 题目\n\n神经网络的参数的随机初始化的目的是使对称失效。\n\n![there](a.png) ![not there](/images/b.png)\n"
    let sources = SourceTree([
      "note.md": Array(note.utf8), "a.png": [1], "unused.zip": [2],
      "templates/other.txt": [3],
    ])
    let site = await build(sources, BuildSettings())
    #expect(site.diagnostics.map(\.id) == ["link.missing-image"])
    #expect(!site.hasErrors)
    #expect(
      site.pages.map(\.path) == ["404.html", "index.html", "note/index.html", "search/index.html"])
    #expect(site.output["a.png"] == .copy(of: "a.png"))
    #expect(site.output["unused.zip"] == nil)
    let page = try #require(try bytes(of: site, from: sources)["note/index.html"])
    #expect(String(decoding: page, as: UTF8.self).contains("<html lang=\"zh\">"))
  }

  @Test func anUnreadableFileIsReported() async {
    let sources = SourceTree { _ in
      SourceTree.Listing(paths: ["content/a.md", "content/b.md"])
    } reader: {
      (path, _) throws(FileError) in
      if path == "content/a.md" { throw .notPermitted(path: path) }
      if path == "content/b.md" { return Array("# B\n".utf8) }
      throw .notFound(path: path)
    }
    let site = await build(sources, BuildSettings())
    #expect(site.diagnostics.map(\.id) == ["file.unreadable"])
    #expect(site.diagnostics.map(\.path) == ["content/a.md"])
    #expect(site.hasErrors)
  }
}

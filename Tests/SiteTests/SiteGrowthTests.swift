import Diagnostics
import Foundation
import Testing

@testable import Site

/// Builds sites at two sizes: eight times the input may take at most sixteen times as long.
/// `sitegen-bench growth` has all inputs at all sizes; these are the ones that once took quadratic
/// time.
///
/// The time is the processor time of this thread; nothing here is typeset or computed, so the build
/// stays on it.
@Suite(.serialized) struct SiteGrowth {
  /// A kind of site that can be made of any number of pieces.
  struct Kind: CustomTestStringConvertible, Sendable {
    var name: String
    var files: @Sendable (_ count: Int) -> [String: String]
    var testDescription: String { name }
  }

  private static func page(_ name: String, _ piece: @escaping @Sendable (Int) -> String) -> Kind {
    Kind(name: name) { ["content/index.md": (0..<$0).map(piece).joined()] }
  }

  private static func front(_ name: String, _ piece: @escaping @Sendable (Int) -> String) -> Kind {
    Kind(name: name) {
      ["content/index.md": "---\n" + (0..<$0).map(piece).joined() + "\n---\n\na\n"]
    }
  }

  private static func articles(
    _ name: String, _ article: @escaping @Sendable (Int) -> (path: String, text: String)
  ) -> Kind {
    Kind(name: name) { count in
      Dictionary(
        uniqueKeysWithValues: (0..<count / 4).map {
          let (path, text) = article($0)
          return ("content/" + path, text)
        })
    }
  }

  static let kinds: [Kind] = [
    articles("a folder each") { ("f\($0)/a.md", "a\n") },
    page("headings") { "## h\($0)\n\n" }, page("same headings") { _ in "## h\n\n" },
    page("links off the site") { "[a](https://b.c/\($0)) " },
    page("links to nothing") { "[a](n\($0).md) " },
    page("links in HTML to nothing") { "<a href=\"n\($0)\">a</a>\n" },
    page("links in HTML to places") { "<a href=\"#p\($0)\">a</a> <b id=\"p\($0)\">b</b>\n" },
    page("anchors that are not") { "## a {#a\($0)}\n\n[b](#b\($0))\n\n" },
    page("footnotes") { "[^\($0)]\n\n[^\($0)]: b\n\n" },
    page("images with a link inside") { _ in "![[]()" },
    page("unknown tags") { _ in "<your name> " },
    page("numbers of nothing") { "`nn nothing\($0).loss` " },
    page("marked lines") {
      ($0 == 0 ? "```a {lines=\"" + (1...8000).map { "\($0)," }.joined() + "1\"}\n" : "") + "a\n"
    },
    Kind(name: "flow lists") { count in
      let tags = (0..<count).map { "tag\($0)" }.joined(separator: ", ")
      return ["content/index.md": "---\ntags: [\(tags)]\n---\n\na\n"]
    },
    front("unknown keys") { "key\($0): a\n" },
    front("aliases") { ($0 == 0 ? "aliases:\n" : "") + "  - /b/\($0)/\n" },
    front("YAML anchors") { ($0 == 0 ? "tags:\n" : "") + "  - &a\($0) b\n" },
    articles("articles in a folder each") { ("f\($0)/a.md", "# A\n") },
    articles("articles with a tag each") { ("a\($0).md", "---\ntags: [t\($0)]\n---\n\nb\n") },
    articles("articles with broken links") { ("a\($0).md", "[b](n\($0).md) ![](i\($0).png)\n") },
    articles("articles of one alias") { ("a\($0).md", "---\naliases: [/b/]\n---\n\nb\n") },
  ]

  @Test(arguments: kinds) func isLinear(kind: Kind) async {
    let small = kind.files(500)
    let large = kind.files(4000)
    var best = (small: Double.infinity, large: Double.infinity)
    // Measured repeatedly, because a busy machine can make a single measurement slow.
    for _ in 0..<6 {
      best.small = min(best.small, await time(small))
      best.large = min(best.large, await time(large))
      if best.large < 16 * max(best.small, 0.002) { return }
    }
    Issue.record("\(best.small * 1000) ms became \(best.large * 1000) ms at eight times the size")
  }

  /// The processor time of a build and of rendering its diagnostics, in seconds.
  private func time(_ files: [String: String]) async -> Double {
    let sources = SourceTree(files.mapValues { Array($0.utf8) })
    let start = processorSeconds()
    let site = await build(sources, BuildSettings())
    var known: [String: SourceFile?] = [:]
    for diagnostic in site.diagnostics {
      let text = diagnostic.rendered { path in
        if let file = known[path] { return file }
        let file = sources.sourceFile(path)
        known[path] = .some(file)
        return file
      }
      #expect(text.utf8.count < 20_000)
    }
    return processorSeconds() - start
  }

  private func processorSeconds() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

import Diagnostics
import Markdown

/// An article's HTML for its page, and what was found while rendering it.
struct RenderedArticle: Sendable {
  /// A link to an anchor on a page of the site, checked once all ids are known.
  struct Reference: Sendable {
    var page: String
    var fragment: String
    /// As the author wrote it.
    var written: String
    var range: Range<Int>
  }

  /// A broken address, reported once the paths that may have been meant are known.
  struct BrokenAddress: Sendable {
    /// As it is in the article.
    var written: String
    /// The path that it names, percent-decoded.
    var path: String
    var isImage: Bool
    var range: Range<Int>
  }

  var html: [UInt8] = []
  /// The heading that gives the page its title and is not in `html`.
  var title: RenderedDocument.Heading?
  /// One for each heading of the document.
  var headings: [RenderedDocument.Heading] = []
  var summary = ""
  var references: [Reference] = []
  /// Broken addresses, as they are in the HTML.
  var missing: Set<String> = []
  /// Every occurrence of a broken address.
  var broken: [BrokenAddress] = []
  /// Source paths of the files that the article shows or links to.
  var usedFiles: Set<String> = []
  var hasFormulas = false
  /// The result files of its experiments, with their output paths.
  var data: [(path: String, bytes: [UInt8])] = []
  var diagnostics: [Diagnostic] = []

  /// Records the target of an address of the article.
  mutating func note(
    _ outcome: PageLinks.Outcome, _ written: String, isImage: Bool, at range: Range<Int>
  ) {
    switch outcome {
    case .outside: break
    case .page(let path, let fragment?, _) where !fragment.isEmpty:
      references.append(.init(page: path, fragment: fragment, written: written, range: range))
    case .page: break
    case .file(let source, _): usedFiles.insert(source)
    case .missing(let path):
      missing.formUnion([written, LinkDestination.percentEncoded(written)])
      broken.append(.init(written: written, path: path, isImage: isImage, range: range))
    }
  }
}

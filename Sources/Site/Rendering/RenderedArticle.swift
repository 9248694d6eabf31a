import Diagnostics
import Markdown

/// An article's HTML for its page, and what was found while it was written.
struct RenderedArticle: Sendable {
  /// A link to a place on a page of the site, to be checked when all ids are known.
  struct Reference: Sendable {
    var page: String
    var fragment: String
    /// As the author wrote it.
    var written: String
    var range: Range<Int>
  }

  /// An address that leads to nothing, to be reported when it is known what may have been meant.
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
  /// Addresses that lead nowhere, as they are in the HTML.
  var missing: Set<String> = []
  /// The same addresses, each time that one is written.
  var broken: [BrokenAddress] = []
  /// Source paths of the files that the article shows or links to.
  var usedFiles: Set<String> = []
  var hasFormulas = false
  /// The files of its experiments' results, by their paths.
  var data: [(path: String, bytes: [UInt8])] = []
  var diagnostics: [Diagnostic] = []

  /// Notes where an address of the article leads.
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

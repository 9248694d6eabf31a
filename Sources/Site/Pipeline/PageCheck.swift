import Diagnostics
import Markdown
import Markup

/// A finished page, looked at as a browser will: every address on it made relative and followed, every
/// id noted.
struct PageCheck: Sendable {
  private(set) var html: [UInt8]
  private(set) var ids: Set<String> = []
  private(set) var diagnostics: [Diagnostic] = []

  /// - Parameters:
  ///   - files: What the site has beside its pages.
  ///   - html: What becomes of authors' HTML.
  init(
    _ bytes: [UInt8], of page: SitePlan.Page, _ plan: SitePlan, _ files: OutputTree,
    _ rendered: [RenderedArticle], html policy: MarkdownOptions.HTMLPolicy
  ) {
    // By bytes: a mark that combines with the `/` hides it from characters.
    let slash = page.path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let folder = slash.map { String(decoding: page.path.utf8[..<$0], as: UTF8.self) } ?? ""
    // Asked for once: asked for twice, it crashes Swift 6.3.1's optimizer in a release build.
    let article = page.article
    let source = article.map { plan.articles[$0].file }
    let isKnownMissing = article.map { rendered[$0].missing } ?? []
    var missing: [String] = []
    var refused: [String] = []
    let ofAuthor = Set(article.map { Array(plan.articles[$0].frontMatter.extra.values) } ?? [])
    let bytes = bytes.replacingControlCharacters()
    // The addresses of the article are final.
    let body = article.flatMap { bytes.range(of: rendered[$0].html) } ?? 0..<0
    var rewriter = AddressRewriter()
    // What an author must not write is looked for there too, as a second wall.
    html = rewriter.rewrite(bytes, finished: policy == .pass ? body : 0..<0) { address in
      if policy == .escape, Self.isRefused(address, ofAuthor) {
        refused.append(address.value)
        return ""
      }
      if body.contains(address.attributeRange.lowerBound) { return nil }
      guard let written = RelativeReference(address.value), !written.path.isEmpty else {
        return nil
      }
      if isKnownMissing.contains(address.value) { return nil }
      if let path = RelativeURL.resolve(written.path, against: folder),
        files[path] != nil || plan.book.hasOutput(path)
      {
        // Only a template writes addresses from the root; they would not hold on a disc.
        return written.path.hasPrefix("/")
          ? RelativeURL.link(to: path, from: page.path, fragment: written.fragment) : nil
      }
      guard let target = plan.book.target(of: written.path, inFolder: folder, onPage: page.path)
      else {
        missing.append(address.value)
        return nil
      }
      let path: String
      switch target {
      case .page(let output), .file(_, let output): path = output
      }
      return RelativeURL.link(to: path, from: page.path, fragment: written.fragment)
    }
    ids = Set(rewriter.ids)
    for address in missing {
      diagnostics.append(.brokenTemplateLink(address, on: page.path, source?.path))
    }
    for address in refused {
      diagnostics.append(.refusedAddress(address, on: page.path, source?.path))
    }
    if ids.count < rewriter.ids.count {
      var seen: Set<String> = []
      for id in rewriter.ids where !seen.insert(id).inserted {
        diagnostics.append(.repeatedID(id, on: page.path, source))
      }
    }
  }

  /// Whether a template has put something into an address that an author must not write there: the
  /// value of a front matter key of the site's own, in the first place.
  private static func isRefused(_ address: AddressRewriter.Address, _ ofAuthor: Set<String>) -> Bool {
    let browsers = BrowserAddress(address.value)
    if browsers.mayBeShown { return false }
    if browsers.isScript { return true }
    guard ofAuthor.contains(address.value) else { return false }
    return !(address.attribute == "href" && address.tag == "a" && browsers.mayBeLinked)
  }
}

extension [UInt8] {
  /// Where other bytes are first in these; `nil` where they are not, or there are none.
  fileprivate func range(of part: [UInt8]) -> Range<Int>? {
    guard let first = part.first, part.count <= count else { return nil }
    for start in 0...(count - part.count)
    where self[start] == first && self[start..<start + part.count].elementsEqual(part) {
      return start..<start + part.count
    }
    return nil
  }
}

extension Diagnostic {
  fileprivate static func brokenTemplateLink(
    _ address: String, on page: String, _ source: String?
  ) -> Diagnostic {
    Diagnostic(
      "link.broken", .warning, path: source ?? page,
      message: "the page's template links to `\(address)`, where nothing is",
      hint: "write links in templates from the site's root: `/guide/`")
  }

  fileprivate static func refusedAddress(
    _ address: String, on page: String, _ source: String?
  ) -> Diagnostic {
    Diagnostic(
      "link.refused-value", .warning, path: source ?? page,
      message: "`\(address)` is left out of the page, since the site escapes HTML",
      hint: "give an address of the site's own")
  }

  fileprivate static func repeatedID(
    _ id: String, on page: String, _ source: SourceFile?
  ) -> Diagnostic {
    Diagnostic(
      "html.repeated-id", .warning, path: source?.path ?? page,
      message: "two things on this page have the id `\(id)`",
      hint: "links to it find the first; name the other differently: `{#another-id}`")
  }
}

import Diagnostics
import Markdown
import Markup

/// A finished page, parsed as a browser parses it: its template's addresses are made relative and
/// resolved, and every id is recorded.
struct PageCheck: Sendable {
  private(set) var html: [UInt8]
  private(set) var ids: Set<String> = []
  private(set) var diagnostics: [Diagnostic] = []

  /// - Parameters:
  ///   - files: The files of the site other than its pages.
  ///   - html: How authors' HTML is handled.
  init(
    _ bytes: [UInt8], of page: SitePlan.Page, _ plan: SitePlan, _ files: OutputTree,
    _ rendered: [RenderedArticle], html policy: MarkdownOptions.HTMLPolicy
  ) {
    // Read once: reading it twice crashes the optimizer of Swift 6.3.1 in a release build.
    let article = page.article
    let html = bytes.replacingControlCharacters()
    // The article's own addresses are already final.
    let body = article.flatMap { html.range(of: rendered[$0].html) } ?? 0..<0
    let template = TemplateAddresses(
      page: page.path, plan: plan, files: files, broken: article.map { rendered[$0].missing } ?? [],
      isEscaped: policy == .escape,
      ofAuthor: Set(article.map { Array(plan.articles[$0].frontMatter.extra.values) } ?? []))
    var (missing, refused): ([String], [String]) = ([], [])
    var rewriter = AddressRewriter()
    // Addresses that an author must not write are refused in the article too, as a second line of
    // defense.
    self.html = rewriter.rewrite(html, finished: policy == .pass ? body : 0..<0) { address in
      if template.refuses(address) {
        refused.append(address.value)
        return ""
      }
      if body.contains(address.attributeRange.lowerBound) { return nil }
      switch template.target(of: address.value) {
      case .unchanged: return nil
      case .url(let url): return url
      case .missing:
        missing.append(address.value)
        return nil
      }
    }
    ids = Set(rewriter.ids)
    note(missing, refused, ids: rewriter.ids, page.path, article.map { plan.articles[$0].file })
  }

  private mutating func note(
    _ missing: [String], _ refused: [String], ids written: [String], _ page: String,
    _ source: SourceFile?
  ) {
    diagnostics += missing.map { .brokenTemplateLink($0, on: page, source?.path) }
    diagnostics += refused.map { .refusedAddress($0, on: page, source?.path) }
    guard ids.count < written.count else { return }
    var seen: Set<String> = []
    for id in written where !seen.insert(id).inserted {
      diagnostics.append(.repeatedID(id, on: page, source))
    }
  }
}

/// The addresses that a template writes on one page.
private struct TemplateAddresses {
  enum Target {
    case unchanged
    case url(String)
    case missing
  }

  let page: String
  let plan: SitePlan
  let files: OutputTree
  /// Addresses of the article that lead nowhere and are reported with it.
  let broken: Set<String>
  let isEscaped: Bool
  /// The values of the front matter keys that only templates use.
  let ofAuthor: Set<String>
  /// The output folder of the page.
  private let folder: String

  init(
    page: String, plan: SitePlan, files: OutputTree, broken: Set<String>, isEscaped: Bool,
    ofAuthor: Set<String>
  ) {
    self.page = page
    self.plan = plan
    self.files = files
    self.broken = broken
    self.isEscaped = isEscaped
    self.ofAuthor = ofAuthor
    // Searches bytes: a combining mark after the `/` would hide it from a search by characters.
    let slash = page.utf8.lastIndex(of: UInt8(ascii: "/"))
    folder = slash.map { String(decoding: page.utf8[..<$0], as: UTF8.self) } ?? ""
  }

  func target(of address: String) -> Target {
    guard let written = RelativeReference(address), !written.path.isEmpty,
      !broken.contains(address)
    else { return .unchanged }
    if let path = RelativeURL.resolve(written.path, against: folder),
      files[path] != nil || plan.links.hasOutput(path)
    {
      // Addresses from the root are only written by templates and would not work on disk.
      return written.path.hasPrefix("/")
        ? .url(RelativeURL.link(to: path, from: page, fragment: written.fragment)) : .unchanged
    }
    switch plan.links.target(of: written.path, inFolder: folder, onPage: page) {
    case .page(let path), .file(_, let path):
      return .url(RelativeURL.link(to: path, from: page, fragment: written.fragment))
    case nil: return .missing
    }
  }

  /// Whether an author must not write an address, for example as the value of a custom front matter
  /// key.
  func refuses(_ address: AddressRewriter.Address) -> Bool {
    guard isEscaped else { return false }
    let browsers = BrowserAddress(address.value)
    if browsers.mayBeShown { return false }
    if browsers.isScript { return true }
    guard ofAuthor.contains(address.value) else { return false }
    return !(address.attribute == "href" && address.tag == "a" && browsers.mayBeLinked)
  }
}

extension [UInt8] {
  /// The range of the first occurrence of other bytes; `nil` if there is none or they are empty.
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
      message: "the page's template links to `\(address)`, which does not exist",
      hint: "write links in templates from the site's root: `/guide/`")
  }

  fileprivate static func refusedAddress(
    _ address: String, on page: String, _ source: String?
  ) -> Diagnostic {
    Diagnostic(
      "link.refused-value", .warning, path: source ?? page,
      message: "`\(address)` is removed from the page, since the site escapes HTML",
      hint: "use an address of a page or a file of the site")
  }

  fileprivate static func repeatedID(
    _ id: String, on page: String, _ source: SourceFile?
  ) -> Diagnostic {
    Diagnostic(
      "html.repeated-id", .warning, path: source?.path ?? page,
      message: "two elements on this page have the id `\(id)`",
      hint: "links to it lead to the first; give the other one another id: `{#another-id}`")
  }
}

import Diagnostics
import Markdown

/// The links at the head of every page.
struct Navigation: Sendable {
  struct Item: Sendable {
    var title: String
    /// `nil` for an address outside of the site.
    var target: LinkIndex.Target?
    /// The configured address; empty for a default item.
    var url = ""
  }

  private(set) var items: [Item] = []

  /// The maximum number of top-level folders in the default navigation; with more, it shows none.
  private static let mostFolders = 20

  init(_ plan: SitePlan, _ configuration: Configuration, diagnostics: inout [Diagnostic]) {
    guard !configuration.navigation.isEmpty else {
      items = Self.defaultItems(plan)
      return
    }
    for item in configuration.navigation {
      let browsers = BrowserAddress(item.link)
      if browsers.isScript || configuration.dialect.html == .escape && !browsers.mayBeLinked {
        diagnostics.append(.refusedNavigation(item))
        continue
      }
      var target: LinkIndex.Target?
      if let address = RelativeReference(item.link) {
        target = plan.links.target(of: address.path, inFolder: "", onPage: "index.html")
        guard target != nil else {
          diagnostics.append(.brokenNavigation(item))
          continue
        }
      }
      items.append(Item(title: item.title, target: target, url: item.link))
    }
  }

  /// The default navigation: the top-level folders and the taxonomies. With too many folders, only
  /// the home page lists them.
  private static func defaultItems(_ plan: SitePlan) -> [Item] {
    let pages = plan.pages.filter { page in
      let parts = page.path.split(separator: "/")
      return parts.count == 2 && parts[1] == "index.html"
    }
    let folders = pages.count { plan.isFolder($0) }
    return pages.filter { page in
      if case .taxonomy = page.kind { return true }
      return plan.isFolder(page) && folders <= mostFolders
    }.map { Item(title: $0.title, target: .page($0.path)) }
  }
}

extension SitePlan {
  /// Whether a page represents a folder.
  fileprivate func isFolder(_ page: Page) -> Bool {
    switch page.kind {
    case .article(let index): articles[index].isIndex
    case .folder: true
    default: false
    }
  }
}

extension Diagnostic {
  fileprivate static func brokenNavigation(_ item: Configuration.NavigationItem) -> Diagnostic {
    Diagnostic(
      "link.broken", path: Configuration.path, range: item.linkRange,
      message: "`\(item.link)` leads to no page and no file of the site",
      hint: "name a file of the content folder: `guide/index.md`")
  }

  fileprivate static func refusedNavigation(_ item: Configuration.NavigationItem) -> Diagnostic {
    Diagnostic(
      "link.refused", path: Configuration.path, range: item.linkRange,
      message: "a page must not link to `\(item.link)`",
      hint: "name a file of the content folder, or an address that starts with `https://`")
  }
}

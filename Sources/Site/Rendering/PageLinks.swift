import Markup
import Markdown

/// Resolves the addresses on one page: the target of each and what is written for it.
struct PageLinks: Sendable {
  enum Outcome: Hashable, Sendable {
    /// An address that leads out of the site or names no file.
    case outside
    /// A page of the site.
    case page(path: String, fragment: String?, url: String)
    /// A file of the content folder, by its source path.
    case file(source: String, url: String)
    /// A path without a page or file.
    case missing(path: String)

    /// The address to write instead, if the target is on the site.
    var url: String? {
      switch self {
      case .page(_, _, let url), .file(_, let url): url
      case .outside, .missing: nil
      }
    }

    var destination: LinkDestination {
      if case .missing = self { return .missing }
      return url.map { .address($0) } ?? .asWritten
    }
  }

  private let plan: SitePlan
  private let page: String
  private let folder: String

  /// - Parameters:
  ///   - page: The output path of the page.
  ///   - folder: The content path of the folder that relative addresses start from.
  init(plan: SitePlan, page: String, folder: String) {
    self.plan = plan
    self.page = page
    self.folder = folder
  }

  /// - Parameter written: The address as the author means it, not percent-encoded for HTML.
  func resolve(_ written: String) -> Outcome {
    guard let address = RelativeReference(written) else { return .outside }
    guard let target = plan.links.target(of: address.path, inFolder: folder, onPage: page) else {
      return .missing(path: address.path)
    }
    return switch target {
    case .page(let path):
      .page(path: path, fragment: address.fragment, url: url(of: path, address))
    case .file(let source, let output): .file(source: source, url: url(of: output, address))
    }
  }

  /// The address of one of the site's files, by its path from the site's root.
  func url(of path: String) -> String { RelativeURL.link(to: path, from: page) }

  private func url(of path: String, _ address: RelativeReference) -> String {
    let fragment = address.fragment
    if address.path.isEmpty, address.query.isEmpty, fragment?.isEmpty ?? false { return "#" }
    guard !address.query.isEmpty else {
      return RelativeURL.link(to: path, from: page, fragment: fragment)
    }
    return url(of: path) + address.query
      + (fragment.map { "#" + PercentEncoding.encoded($0) } ?? "")
  }
}

/// The addresses of one page: what each means, and what is written for it.
///
/// Markdown's renderer gets a marker for every address that stays within the site, and the walk over
/// the finished HTML puts the address in its place. So what is still without a marker then was raw
/// HTML, and no address is resolved twice.
struct PageLinks {
  enum Outcome: Sendable {
    /// It leads out of the site, or is no address of a file.
    case outside
    case inside(marker: String)
    /// A file of the content folder, by its source path.
    case file(marker: String, source: String)
    /// Nothing is there.
    case missing(path: String)
  }

  private let plan: SitePlan
  private let page: String
  private let folder: String
  private var urls: [String] = []
  private(set) var references: [RenderedArticle.Reference] = []

  private static let scheme = "sitegen:"

  /// - Parameters:
  ///   - page: The output path of the page.
  ///   - folder: The content path of the folder that relative addresses start from.
  init(plan: SitePlan, page: String, folder: String) {
    self.plan = plan
    self.page = page
    self.folder = folder
  }

  mutating func resolve(_ written: String, at range: Range<Int>?) -> Outcome {
    guard let address = RelativeReference(written) else { return .outside }
    guard let target = plan.book.target(of: address.path, inFolder: folder, onPage: page) else {
      return .missing(path: address.path)
    }
    switch target {
    case .page(let path):
      if let fragment = address.fragment, !fragment.isEmpty {
        references.append(
          .init(page: path, fragment: fragment, written: written, range: range))
      }
      return .inside(marker: marker(for: path, address))
    case .file(let source, let output):
      return .file(marker: marker(for: output, address), source: source)
    }
  }

  /// A marker for one of the site's files, by its path from the site's root: the same on every page
  /// and whatever else the page links to.
  static func marker(for path: String) -> String { scheme + "/" + path }

  func url(ofMarker marker: String) -> String? {
    guard marker.hasPrefix(Self.scheme) else { return nil }
    if marker.dropFirst(Self.scheme.count).hasPrefix("/") {
      return RelativeURL.link(to: String(marker.dropFirst(Self.scheme.count + 1)), from: page)
    }
    guard let index = Int(marker.dropFirst(Self.scheme.count)),
      urls.indices.contains(index)
    else { return nil }
    return urls[index]
  }

  private mutating func marker(for path: String, _ address: RelativeReference) -> String {
    let fragment = address.fragment
    if address.path.isEmpty, address.query.isEmpty, fragment?.isEmpty ?? false { return add("#") }
    let url = RelativeURL.link(to: path, from: page)
    guard !address.query.isEmpty else {
      return add(RelativeURL.link(to: path, from: page, fragment: fragment))
    }
    return add(url + address.query + (fragment.map { "#" + RelativeURL.percentEncoded($0) } ?? ""))
  }

  private mutating func add(_ url: String) -> String {
    urls.append(url)
    return Self.scheme + String(urls.count - 1)
  }
}

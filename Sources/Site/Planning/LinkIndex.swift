import Diagnostics

/// The targets of links: the pages and files of the site, by the names that authors use.
struct LinkIndex: Sendable {
  /// The target of an address within the site.
  enum Target: Hashable, Sendable {
    /// A file of the site, by its path from the site's root.
    case page(String)
    /// A file of the content folder that is published as it is.
    case file(source: String, output: String)
  }

  /// Output paths by the content path of the article: `guide/x.md`.
  private var articles: [String: String] = [:]
  /// Content paths of files.
  private var files: Set<String> = []
  /// Every page's output path.
  private var outputs: Set<String> = []
  private let discovery: Discovery

  init(_ discovery: Discovery) {
    self.discovery = discovery
    files = Set(discovery.files.map { discovery.contentPath($0) })
  }

  mutating func addArticle(contentPath: String, outputPath: String) {
    articles[contentPath] = outputPath
    outputs.insert(outputPath)
  }

  mutating func addOutput(_ path: String) { outputs.insert(path) }

  func hasOutput(_ path: String) -> Bool { outputs.contains(path) }

  /// Finds the target of an author's address.
  ///
  /// An address is looked up among the sources first, as editors and GitHub resolve it, then among
  /// the pages, as a browser resolves it. An address that starts with `/` starts at the content
  /// folder, which becomes the site's root.
  ///
  /// - Parameters:
  ///   - folder: The content path of the folder of the article with the address.
  ///   - page: The output path of that article's page.
  func target(of path: String, inFolder folder: String, onPage page: String) -> Target? {
    if path.isEmpty { return .page(page) }
    if let source = RelativeURL.resolve(path, against: folder), let found = find(source, path) {
      return found
    }
    let pageFolder = page.split(separator: "/").dropLast().joined(separator: "/")
    guard let output = RelativeURL.resolve(path, against: pageFolder) else { return nil }
    return outputNamed(output, isFolder: path.hasSuffix("/"))
  }

  private func find(_ source: String, _ written: String) -> Target? {
    if let output = articles[source] { return .page(output) }
    if files.contains(source) {
      return .file(source: discovery.rootPath(source), output: source)
    }
    for name in [source + ".md", source + "/index.md", source.isEmpty ? "index.md" : source] {
      if let output = articles[name] { return .page(output) }
    }
    // A folder's list is a page even where it has no `index.md`.
    if source == "index.md" || source.hasSuffix("/index.md") {
      return outputNamed(
        source.split(separator: "/").dropLast().joined(separator: "/"), isFolder: true)
    }
    return outputNamed(source, isFolder: written.hasSuffix("/"))
  }

  private func outputNamed(_ path: String, isFolder: Bool) -> Target? {
    let index = path.isEmpty ? "index.html" : path + "/index.html"
    if !isFolder, outputs.contains(path) { return .page(path) }
    if outputs.contains(index) { return .page(index) }
    return !isFolder && outputs.contains(path + ".html") ? .page(path + ".html") : nil
  }

  /// The content paths of all articles and files.
  var sources: [String] { Array(articles.keys) + Array(files) }
}

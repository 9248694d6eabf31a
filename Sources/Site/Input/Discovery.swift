import Diagnostics
import Markdown
import Storage

/// The files of a site, classified by what the build does with them.
struct Discovery: Sendable {
  /// Articles in Markdown, by their path from the root.
  var articles: [String] = []
  /// Files that are published as they are.
  var files: [String] = []
  /// Files that are not published, each of which has been reported.
  private(set) var leftOut: Set<String> = []
  /// The folder of the articles, from the root: `content`, or `""`.
  var contentFolder = ""

  static let templateFolder = "templates"
  private static let articleExtensions = [".md", ".markdown"]

  /// Scans the content folder.
  ///
  /// In a content folder every file that is not an article is published. In a plain folder of
  /// notes, which may hold anything, only files that articles refer to are published: ``files``
  /// holds the candidates.
  init(
    _ sources: SourceTree, _ configuration: Configuration, diagnostics: inout [Diagnostic]
  ) throws(FileError) {
    if let folder = configuration.content {
      contentFolder = folder
    } else if try !sources.paths(below: "content").isEmpty {
      contentFolder = "content"
    }
    let listing = try sources.listing(below: contentFolder)
    for skipped in listing.skipped where belongsToSite(skipped.path) {
      diagnostics.append(.skipped(skipped))
    }
    for path in listing.paths where belongsToSite(path) {
      let relative = contentPath(path)
      if Self.articleExtensions.contains(where: { relative.hasSuffix($0) }) {
        articles.append(path)
      } else {
        files.append(path)
      }
    }
    if configuration.dialect.html == .escape { try leaveOutActive(sources, &diagnostics) }
    if articles.isEmpty { diagnostics.append(.noArticles(in: contentFolder)) }
  }

  private func belongsToSite(_ path: String) -> Bool {
    let parts = contentPath(path).split(separator: "/")
    if contentFolder.isEmpty, Self.isAside(parts) { return false }
    return !parts.contains(where: Self.isPrivate)
  }

  /// Removes the files that a browser or a server would run from ``files`` and reports them.
  private mutating func leaveOutActive(
    _ sources: SourceTree, _ diagnostics: inout [Diagnostic]
  ) throws(FileError) {
    var kept: [String] = []
    for path in files {
      let refusal = try InertFile.refusal(of: path) { () throws(FileError) in
        try sources.read(path)
      }
      if let refusal {
        diagnostics.append(.activeFile(refusal, path: path))
        leftOut.insert(path)
      } else {
        kept.append(path)
      }
    }
    files = kept
  }

  /// Whether only files that articles refer to are published.
  var publishesOnlyWhatIsUsed: Bool { contentFolder.isEmpty }

  /// A path below the content folder.
  func contentPath(_ path: String) -> String {
    contentFolder.isEmpty ? path : String(path.dropFirst(contentFolder.count + 1))
  }

  /// The content path of the folder of a file, from which its relative links start.
  func contentFolder(of path: String) -> String {
    contentPath(path).split(separator: "/").dropLast().joined(separator: "/")
  }

  /// The path from the root of a path below the content folder.
  func rootPath(_ contentPath: String) -> String {
    contentFolder.isEmpty ? contentPath : contentFolder + "/" + contentPath
  }

  /// Whether a path in a root that is its own content folder is not content: templates, packages
  /// and the configuration.
  private static func isAside(_ parts: [Substring]) -> Bool {
    guard let first = parts.first else { return true }
    return first == templateFolder || first == "node_modules"
      || (parts.count == 1 && first == Configuration.path)
  }

  /// Whether Jekyll would not publish a name, except for its two folders of articles.
  private static func isPrivate(_ part: Substring) -> Bool {
    part.hasPrefix("_") && part != "_posts" && part != "_drafts"
  }
}

extension Diagnostic {
  static func skipped(_ skipped: SourceTree.Skipped) -> Diagnostic {
    Diagnostic(
      "file.skipped", .warning, path: skipped.path,
      message: "this is \(skipped.what), and is left out",
      hint: skipped.what.hasPrefix("a link")
        ? "replace the link with the file or folder it leads to"
        : "rename it, or move it out of the site's folder")
  }

  fileprivate static func noArticles(in folder: String) -> Diagnostic {
    Diagnostic(
      "site.no-articles", path: folder.isEmpty ? "." : folder,
      message: "there is no article in this folder",
      hint: "write one: a file whose name ends in `.md`; or name another folder with --root")
  }
}

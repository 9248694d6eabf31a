import Diagnostics

/// Reports broken addresses, article by article, once all articles are rendered: hints are searched
/// for in the whole site, and only for the first mistakes.
struct LinkDiagnostics {
  private(set) var diagnostics: [Diagnostic] = []
  private let discovery: Discovery
  private let ids: [String: Set<String>]
  private var paths: NearPaths
  private var near: [String: NearNames] = [:]

  /// - Parameter ids: The ids on each page, by its output path.
  init(_ plan: SitePlan, _ discovery: Discovery, ids: [String: Set<String>]) {
    self.discovery = discovery
    self.ids = ids
    paths = NearPaths(plan.links.sources)
  }

  /// - Parameter reported: The ranges of references that have already been reported.
  mutating func add(_ article: Article, _ rendered: RenderedArticle, reported: Set<Range<Int>>) {
    let anchors = rendered.references.filter { reference in
      if reported.contains(reference.range) { return false }
      guard let known = ids[reference.page] else { return false }
      return !known.contains(reference.fragment) && reference.fragment != "top"
    }
    let folder = discovery.contentFolder(of: article.file.path)
    for address in rendered.broken {
      let place = RelativeURL.resolve(address.path, against: folder).map(discovery.rootPath)
      // A file that was left out and reported is not missing.
      if let place, discovery.leftOut.contains(place) { continue }
      let hint = paths.nearest(to: address.path, inFolder: folder)
      diagnostics.append(
        address.isImage
          ? .missingImage(
            address.written, near: hint,
            place: place, at: address.range, in: article.file)
          : .brokenLink(address.written, near: hint, at: address.range, in: article.file))
    }
    for anchor in anchors {
      let hint = near[anchor.page, default: .init()]
        .nearest(to: anchor.fragment, among: ids[anchor.page] ?? [])
      diagnostics.append(
        .unknownAnchor(
          anchor.written, near: hint, at: anchor.range, in: article.file))
    }
  }
}

/// The paths that authors may have meant, for hints.
struct NearPaths {
  /// The number of mistakes that may still get a hint by comparing all paths of a similar length.
  private var looksLeft = 50
  private let sources: () -> [String]
  private lazy var sorted = sources().sorted()
  private lazy var byName = Dictionary(grouping: sorted) { Self.name($0) }

  init(_ sources: @autoclosure @escaping () -> [String]) { self.sources = sources }

  /// The known path that is most similar to this one.
  mutating func nearest(to path: String, inFolder folder: String) -> String? {
    guard let wanted = RelativeURL.resolve(path, against: folder) else { return nil }
    // The same name in another folder is a better hint than a similar path.
    if let sameName = byName[Self.name(wanted)], sameName.count == 1 { return sameName[0] }
    guard looksLeft > 0 else { return nil }
    looksLeft -= 1
    let close = sorted.filter { abs($0.utf8.count - wanted.utf8.count) <= 3 }
    return close.count <= 5000 ? nearestName(to: wanted, among: close) : nil
  }

  private static func name(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}

extension Diagnostic {
  fileprivate static func missingImage(
    _ written: String, near: String?, place: String?, at range: Range<Int>, in file: SourceFile
  ) -> Diagnostic {
    Diagnostic(
      "link.missing-image", .warning, path: file.path, range: range,
      message: "there is no image `\(written)`",
      hint: near.map { "did you mean `\($0)`?" }
        ?? place.map { "put the image at `\($0)`" })
  }

  fileprivate static func brokenLink(
    _ written: String, near: String?, at range: Range<Int>, in file: SourceFile
  ) -> Diagnostic {
    Diagnostic(
      "link.broken", .warning, path: file.path, range: range,
      message: "`\(written)` leads to no page and no file of the site",
      hint: near.map { "did you mean `\($0)`?" })
  }

  fileprivate static func unknownAnchor(
    _ written: String, near: String?, at range: Range<Int>, in file: SourceFile
  ) -> Diagnostic {
    Diagnostic(
      "link.unknown-anchor", .warning, path: file.path, range: range,
      message: "`\(written)` leads to no id on its page",
      hint: near.map { "did you mean `#\($0)`?" })
  }
}

import Diagnostics
import Experiments
import JSON
import Site
import Storage

/// Builds sites from inputs and checks the results.
enum SiteChecks {
  /// - Parameters:
  ///   - isEscaping: Whether the HTML of articles is shown as text and the theme is the program's
  ///     own.
  ///   - isTwice: Whether to build a second time, with two threads, and to compare the results.
  static func build(
    _ files: [String: [UInt8]], isEscaping: Bool = false, isTwice: Bool,
    in environment: BuildEnvironment = .init()
  ) async -> [String] {
    let sources = SourceTree(files)
    let site = await Site.build(sources, BuildSettings(includesDrafts: true), in: environment)
    var faults = check(site, sources, isEscaping: isEscaping)
    guard faults.isEmpty, isTwice else { return faults }
    let again = await Site.build(sources, BuildSettings(jobs: 2, includesDrafts: true))
    if again.diagnostics != site.diagnostics {
      faults.append("differs: a second build says something else")
    }
    for path in Set(site.output.paths + again.output.paths).sorted()
    where site.output[path] != again.output[path] {
      faults.append("differs: \(path) of a second build")
      break
    }
    return faults
  }

  /// - Parameter isContentOurs: Whether the program itself computed the contents of pages, rather
  ///   than taking them unchanged from its cache.
  static func check(
    _ site: SiteBuild, _ sources: SourceTree, isEscaping: Bool, isContentOurs: Bool = true
  ) -> [String] {
    var faults = PageChecks.diagnostics(site.diagnostics) { sources.sourceFile($0) }
    if site.pages.isEmpty, !site.hasErrors { faults.append("silence: no page and no error") }
    let pages = Set(site.pages.map(\.path))
    for path in site.output.paths {
      faults += place(path)
      guard isContentOurs, case .bytes(let bytes) = site.output[path] else { continue }
      // An article may have any path, and is an HTML page even at `/feed.xml`.
      if path.hasSuffix(".html") || pages.contains(path) {
        faults += PageChecks.wellFormed(bytes, path)
        let scan = MarkupScan(bytes)
        if isEscaping {
          faults += PageChecks.inert(scan, path) + PageChecks.balanced(scan, path)
          faults += PageChecks.drawings(scan, path)
        }
      } else if path.hasSuffix(".xml") {
        faults += PageChecks.wellFormed(bytes, path)
        faults += PageChecks.balanced(MarkupScan(bytes), path)
        if bytes.contains(where: { $0 < 32 && ![9, 10, 13].contains($0) }) {
          faults.append("xml: \(path) holds a control character")
        }
      } else if path.hasSuffix(".json"), path.hasPrefix("data/"), JSON(bytes) == nil {
        faults.append("json: \(path) cannot be read")
      }
      if faults.count > 20 { break }
    }
    return faults
  }

  /// Checks that a page is inside the site, at a path that means nothing else.
  private static func place(_ path: String) -> [String] {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    if path.isEmpty || parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }) {
      return ["path: `\(path)` is no place in a site"]
    }
    if path.utf8.contains(where: { $0 < 32 || $0 == 127 }) {
      return ["path: a control character in the path of a page"]
    }
    return []
  }
}

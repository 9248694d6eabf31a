package import Experiments
import Foundation
package import Storage

/// The folders of a site on disk.
///
/// The root may come from a stranger and hold symbolic links. A build writes below the root or
/// where the user says; no link below the root is followed.
package struct SiteFolders: Hashable, Sendable {
  /// The folder of `sitegen.yml`, or of notes.
  package let root: String
  /// The folder that the site is written to.
  package let output: String
  /// The folder in which a build assembles the site before it moves to ``output``; never inside
  /// ``output``.
  package let state: String
  /// The folder of the ``Cache``.
  package let cache: String

  private static let workplace = ".sitegen"

  /// - Parameters:
  ///   - root: A folder that exists.
  ///   - output: Where to write; `nil` is `site` within the root.
  package init(root: String, output: String? = nil) throws(FileError) {
    guard let resolved = FileSystem.resolved(root) else { throw .notFound(path: root) }
    self.root = resolved
    self.output = try Self.checked(output ?? resolved + "/site", root: resolved)
    if let output { try Self.refuseSources(in: self.output, output, root: resolved) }
    let isInside = Self.isBelow(self.output, resolved)
    state =
      isInside
      ? resolved + "/" + Self.workplace + "/" + FileSystem.name(of: self.output)
      : FileSystem.workplace(beside: self.output)
    cache = isInside ? resolved + "/" + Self.workplace + "/cache" : state + "/cache"
    for folder in [FileSystem.parent(of: state), state, cache] where folder != resolved {
      if FileSystem.isLink(folder) { throw .isLink(path: folder) }
    }
  }

  /// Checks a folder that a site will be published to, and returns its absolute path.
  package func destination(_ path: String) throws(FileError) -> String {
    let checked = try Self.checked(path, root: root)
    try Self.refuseSources(in: checked, path, root: root)
    return checked
  }

  /// The results in the existing site.
  package var committedResults: CommittedResults {
    CommittedResults { [output] path in
      (try? RelativePath(checking: path)).flatMap { try? FileSystem.read($0, in: output) }
    }
  }

  // MARK: Refused folders

  /// The absolute path, with links outside the root resolved and without `.` and `..`.
  private static func checked(_ path: String, root: String) throws(FileError) -> String {
    guard !path.isEmpty else { throw .unfitFolder(path: path, .noName) }
    let whole = try absolute(path, root: root)
    let isFit: (String) -> Bool = { inner in
      whole != "/" && inner != whole && !isBelow(inner, whole)
    }
    guard isFit(root) else { throw .unfitFolder(path: whole, .holdsRoot) }
    for home in [NSHomeDirectory(), ProcessInfo.processInfo.environment["HOME"] ?? ""] {
      if let home = FileSystem.resolved(home), !isFit(home) {
        throw .unfitFolder(path: whole, .holdsHome)
      }
    }
    let isRepository = whole.split(separator: "/").contains { $0.lowercased() == ".git" }
    if isRepository || FileSystem.exists(whole + "/.git") {
      throw .unfitFolder(path: whole, .repository)
    }
    let remembered = root + "/" + workplace
    guard whole != remembered, !isBelow(whole, remembered) else {
      throw .unfitFolder(path: whole, .workplace)
    }
    return whole
  }

  /// Refuses to write into sources: the site's own folders, and a folder below the root that holds
  /// articles and was never written by a build.
  private static func refuseSources(
    in output: String, _ written: String, root: String
  ) throws(FileError) {
    for name in ["content", Discovery.templateFolder] where output == root + "/" + name {
      throw .unfitFolder(path: written, .holdsSource(file: name))
    }
    guard isBelow(output, root), !WrittenFolder.wasWritten(output) else { return }
    if let article = firstArticle(in: output) {
      throw .unfitFolder(
        path: written, .holdsSource(file: String(article.dropFirst(root.count + 1))))
    }
  }

  private static func firstArticle(in folder: String) -> String? {
    for entry in (try? FileSystem.list(folder)) ?? [] where !entry.name.hasPrefix(".") {
      let path = folder + "/" + entry.name
      if entry.kind == .file, entry.name.hasSuffix(".md") || entry.name.hasSuffix(".markdown") {
        return path
      }
      if entry.kind == .folder, let article = firstArticle(in: path) { return article }
    }
    return nil
  }

  private static func isBelow(_ path: String, _ folder: String) -> Bool {
    path.utf8.starts(with: (folder == "/" ? folder : folder + "/").utf8)
  }

  /// Resolves a path component by component, from the root of the file system.
  private static func absolute(_ path: String, root: String) throws(FileError) -> String {
    var current = path.hasPrefix("/") ? "/" : FileSystem.resolved(".") ?? "/"
    for part in path.split(separator: "/") where part != "." {
      if part == ".." {
        current = FileSystem.parent(of: current)
        continue
      }
      let next = (current == "/" ? "" : current) + "/" + part
      if FileSystem.isLink(next) {
        if current == root || isBelow(current, root) { throw .isLink(path: next) }
        guard let real = FileSystem.resolved(next) else { throw .notFound(path: next) }
        current = real
      } else {
        current = next
      }
    }
    return current
  }
}

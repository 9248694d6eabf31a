package import Experiments
package import Storage

/// Where a site lies on the disc.
package struct SiteFolders: Hashable, Sendable {
  /// The folder of `sitegen.yml`, or of notes.
  package let root: String
  /// The folder that the site is written to.
  package let output: String
  /// What the generator remembers between builds: what it wrote, and work that is under way. Never
  /// within ``output``.
  package let state: String
  /// The folder of the ``Cache``.
  package let cache: String

  /// - Parameters:
  ///   - root: A folder that exists.
  ///   - output: Where to write; `nil` is `site` within the root.
  package init(root: String, output: String? = nil) throws(FileError) {
    guard let resolved = Disc.resolved(root) else { throw .notFound(path: root) }
    self.root = resolved
    let wanted = output ?? resolved + "/site"
    self.output = Self.absolute(wanted)
    let isInside = self.output.utf8.starts(with: (resolved + "/").utf8)
    let name = self.output.split(separator: "/").last.map(String.init) ?? "site"
    state =
      isInside
      ? resolved + "/.sitegen/" + name : Disc.parent(of: self.output) + "/." + name + ".sitegen"
    cache = isInside ? resolved + "/.sitegen/cache" : state + "/cache"
  }

  /// The results in the site that is there.
  package var committedResults: CommittedResults {
    CommittedResults { [output] path in try? Disc.read("\(output)/\(path)") }
  }

  /// The path with the links of the part that exists resolved, and without `.` and `..`.
  private static func absolute(_ path: String) -> String {
    var existing = path
    var missing: [Substring] = []
    while Disc.resolved(existing) == nil, existing != "/", existing != "." {
      let last = existing.split(separator: "/").last ?? ""
      missing.insert(last, at: 0)
      existing = Disc.parent(of: existing)
    }
    var parts = (Disc.resolved(existing) ?? "/").split(separator: "/")
    for part in missing {
      if part == ".." { parts = parts.dropLast() } else if part != "." { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }
}

import Storage

extension SourceTree {
  /// The files of a folder, without hidden ones and without what builds write.
  package init(reading folders: SiteFolders) {
    let root = folders.root
    self.init { (folder) throws(FileError) in
      try Self.walk(folder, in: folders)
    } reader: { (path, limit) throws(FileError) in
      try Disc.read(try Disc.confined(path, to: root), atMost: limit)
    }
  }

  private static func walk(_ folder: String, in folders: SiteFolders) throws(FileError) -> [String]
  {
    let root = folders.root
    let absolute = folder.isEmpty ? root : root + "/" + folder
    guard Disc.isFolder(absolute) else { return [] }
    var paths: [String] = []
    for entry in try Disc.list(absolute) where isVisible(entry.name) {
      let path = folder.isEmpty ? entry.name : folder + "/" + entry.name
      switch entry.kind {
      case .file: paths.append(path)
      case .folder where root + "/" + path != folders.output:
        paths += try walk(path, in: folders)
      case .link where !Disc.isFolder(root + "/" + path):
        // A link that leads out of the root is refused when it is read, and told then.
        if Disc.resolved(root + "/" + path) != nil { paths.append(path) }
      default: break
      }
    }
    return paths
  }

  /// Hidden files are a person's own, but for the few that a web server asks for.
  private static func isVisible(_ name: String) -> Bool {
    !name.hasPrefix(".") || name == ".nojekyll" || name == ".well-known"
  }
}

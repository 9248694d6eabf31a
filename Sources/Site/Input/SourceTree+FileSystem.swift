import Storage

extension SourceTree {
  /// The files below a site's root, without hidden files and without the output of builds.
  package init(reading folders: SiteFolders) {
    let root = folders.root
    let written = [folders.output, folders.state, folders.cache]
    self.init { (folder) throws(FileError) in
      var listing = Listing()
      // A folder that is a link out of the root, or into the output of builds, has no files.
      guard
        (try? FileSystem.visible(folder.isEmpty ? "." : folder, in: root, except: written)) != nil
      else {
        if FileSystem.resolved(root + "/" + folder) != nil {
          listing.skipped.append(Skipped(path: folder, what: Self.leadsOut))
        }
        return listing
      }
      try Self.walk(folder, in: folders, &listing)
      return listing
    } reader: { (path, limit) throws(FileError) in
      try FileSystem.readVisible(path, in: root, except: written, atMost: limit)
    }
  }

  private static let leadsOut = "a link that leads out of the site or to what is hidden"

  private static func walk(
    _ folder: String, in folders: SiteFolders, _ listing: inout Listing
  ) throws(FileError) {
    let root = folders.root
    let written = [folders.output, folders.state, folders.cache]
    let absolute = folder.isEmpty ? root : root + "/" + folder
    guard FileSystem.isFolder(absolute) else { return }
    for entry in try FileSystem.list(absolute) where !FileSystem.isHidden(entry.name) {
      let path = folder.isEmpty ? entry.name : folder + "/" + entry.name
      switch entry.kind {
      case .file: listing.paths.append(path)
      case .folder where root + "/" + path != folders.output:
        try walk(path, in: folders, &listing)
      case .link:
        if (try? FileSystem.visible(path, in: root, except: written)) != nil {
          if !FileSystem.isFolder(root + "/" + path) { listing.paths.append(path) }
        } else if FileSystem.resolved(root + "/" + path) != nil {
          listing.skipped.append(Skipped(path: path, what: leadsOut))
        }
      case .other:
        let hasName = !entry.name.unicodeScalars.contains("\u{FFFD}")
        listing.skipped.append(
          Skipped(
            path: path,
            what: hasName ? "a pipe, a socket or a device" : "a file whose name is not UTF-8"))
      default: break
      }
    }
  }
}

import Storage

/// A folder that a built site is copied to: a web server's, or a disc that is mounted.
///
/// Only what changed is written. A list of what was published stands beside the files, so that those
/// which a later site lacks can be removed and no others are ever touched.
package struct PublishedFolder: Sendable {
  package let path: String
  private static let listName = ".sitegen-published"

  package init(path: String) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// Makes the folder hold the site.
  ///
  /// - Parameter isDryRun: Finds out what would change and writes nothing.
  package func publish(
    _ site: PublishableSite, isDryRun: Bool = false
  ) throws(PublishingError) -> PublishingChanges {
    guard !site.paths.isEmpty else { throw .emptySite }
    guard let former = formerPaths() else { throw .foreignFolder(path: path) }
    do throws(FileError) {
      var changes = PublishingChanges()
      let wanted = Set(site.paths)
      for file in site.paths {
        let bytes = try site.read(file)
        let place = path + "/" + file
        let isThere = Disc.stamp(place) != nil
        if isThere, (try? Disc.read(place)) == bytes { continue }
        if isThere { changes.changed.append(file) } else { changes.added.append(file) }
        if !isDryRun { try Disc.write(bytes, to: place) }
      }
      changes.removed = former.filter { !wanted.contains($0) && Disc.stamp(path + "/" + $0) != nil }
      guard !isDryRun else { return changes }
      for file in changes.removed {
        try Disc.removeFile(path + "/" + file)
        try removeEmptyFolders(above: file)
      }
      let list = Array(site.paths.joined(separator: "\n").utf8)
      let place = path + "/" + Self.listName
      if (try? Disc.read(place)) != list { try Disc.write(list, to: place) }
      return changes
    } catch {
      throw .file(error)
    }
  }

  /// What was published here before; `nil` where the folder holds files and no list of them.
  private func formerPaths() -> [String]? {
    if let list = try? Disc.read(path + "/" + Self.listName) {
      // The list is as trustworthy as the folder: whatever leads out of it is not ours.
      return String(decoding: list, as: UTF8.self).split(separator: "\n").map(String.init)
        .filter { !$0.hasPrefix("/") && !$0.split(separator: "/").contains("..") }
    }
    let entries = (try? Disc.list(path)) ?? []
    return entries.isEmpty ? [] : nil
  }

  private func removeEmptyFolders(above file: String) throws(FileError) {
    var folder = Disc.parent(of: file)
    while folder != "." {
      try Disc.removeEmptyFolder(path + "/" + folder)
      folder = Disc.parent(of: folder)
    }
  }
}

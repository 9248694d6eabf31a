extension Cache {
  /// Says which folder the results beside it were made in.
  private static let markName = ".here"

  /// The cache in a folder, without what others put there.
  ///
  /// Results go into pages as they are, so a cache that came with a stranger's repository could bring
  /// any page into being. A folder that is copied, cloned or unpacked is another one to the file system, by a
  /// number that nobody can foresee: one whose mark does not name it is emptied.
  ///
  /// - Returns: `nil` where it cannot be emptied.
  package static func own(_ folder: String) -> Cache? {
    let place = FileSystemPath(folder)
    let mark = place.appending(markName)
    if place.status() == nil { try? FileSystem.makeFolder(folder) }
    guard let status = place.status(), status.kind == .folder else { return nil }
    let wanted = Array("\(status.device) \(status.inode)\n".utf8)
    if (try? mark.read()) == wanted { return Cache(folder: folder) }
    do throws(FileError) {
      for name in try place.names() {
        try place.appending(RelativePath(found: name)).removeTree()
      }
    } catch {
      return nil
    }
    try? mark.create(wanted, isSynced: false)
    return Cache(folder: folder)
  }

  /// Whether a name in the cache's folder is that of a kind of results.
  static func isRoom(_ name: String) -> Bool { name != markName }
}

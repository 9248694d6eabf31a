extension Cache {
  /// The file that records in which folder the results beside it were made.
  private static let markName = ".here"

  /// Opens the cache in a folder, emptying it if it was made elsewhere.
  ///
  /// Results are inserted into pages as they are, so a cache that came with a stranger's repository
  /// could inject anything. A folder that is copied, cloned or unpacked gets another inode, which
  /// no one can predict; a folder whose mark does not name its own device and inode is emptied.
  ///
  /// - Returns: `nil` if the folder cannot be created or emptied.
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

  /// Whether a name in the cache's folder is that of a kind of result.
  static func isRoom(_ name: String) -> Bool { name != markName }
}

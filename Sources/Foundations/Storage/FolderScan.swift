/// The contents of a folder and of all folders in it; links are not followed.
struct FolderScan: Sendable {
  /// The entries by their path from the folder.
  private(set) var entries: [RelativePath: FileSystemPath.Status] = [:]
  /// The paths, ordered by bytes, so that a folder comes before its contents.
  private(set) var paths: [RelativePath] = []

  /// Names in the folder itself that are skipped.
  static let ownNames: Set<[UInt8]> = [Array(FileList.name.utf8), Array(FolderMove.name.utf8)]

  /// - Parameter folder: A folder that does not exist counts as empty.
  init(of folder: FileSystemPath) throws(FileError) {
    guard let status = folder.status() else { return }
    guard status.kind == .folder else { throw .notADirectory(path: folder.text) }
    var open: [RelativePath?] = [nil]
    while let inner = open.popLast() {
      let place = inner.map { folder.appending($0) } ?? folder
      for name in try place.names() {
        if inner == nil, Self.ownNames.contains(name) { continue }
        let path = inner?.appending(name) ?? RelativePath(found: name)
        guard let status = folder.appending(path).status() else { continue }
        entries[path] = status
        paths.append(path)
        if status.kind == .folder { open.append(path) }
      }
    }
    paths.sort()
  }

  subscript(path: RelativePath) -> FileSystemPath.Status? { entries[path] }

  /// The paths below a folder.
  func paths(below folder: RelativePath) -> ArraySlice<RelativePath> {
    let prefix = RelativePath(found: folder.bytes + [UInt8(ascii: "/")])
    var low = 0
    var high = paths.count
    while low < high {
      let middle = (low + high) / 2
      if paths[middle] < prefix { low = middle + 1 } else { high = middle }
    }
    return paths[low...].prefix { $0.isBelow(folder) }
  }
}

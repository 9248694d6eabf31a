/// Writes a folder that cannot be exchanged: the new files are written to a folder inside it and,
/// when all of them are on disk, each is moved to its place.
///
/// Once the new list is beside them, the new state is committed: a build that finds an unfinished
/// move completes it. Until the move is complete, the folder's list names both states.
struct FolderMove {
  static let name = ".sitegen-new"

  private let written: WrittenFolder

  init(of written: WrittenFolder) { self.written = written }

  private var folder: FileSystemPath { written.folder }
  private var base: FileSystemPath { folder.appending(Self.name) }
  private var files: FileSystemPath { base.appending("files") }
  private var newList: FileSystemPath { base.appending("list") }
  private var oldList: FileSystemPath { folder.appending(FileList.name) }

  var isThere: Bool { base.status() != nil }

  func carryOut(
    _ comparison: FolderComparison, _ contents: WrittenFolder.Contents
  ) throws(FileError) {
    try FileSystem.makeFolder(written.path)
    do throws(FileError) {
      try stage(comparison, contents)
    } catch {
      try? base.removeTree()
      throw error
    }
    try complete(throwing: true)
    try written.removeFormerList()
  }

  private func stage(
    _ comparison: FolderComparison, _ contents: WrittenFolder.Contents
  ) throws(FileError) {
    try base.removeTree()
    try base.makeFolder()
    try files.makeFolder()
    let isMany = comparison.rewritten.count > 64
    var list = comparison.newList
    var folders: Set<RelativePath> = []
    for path in comparison.rewritten {
      try written.makeFolders(above: path, in: files, &folders)
      let bytes = try contents.read(path)
      list.add(Digest(of: bytes), at: path)
      try files.appending(path).create(bytes, isSynced: !isMany)
    }
    if isMany { try files.syncFileSystem() }
    var both = comparison.oldList
    both.formUnion(list)
    try replace(oldList, by: both)
    try replace(newList, by: list)
  }

  private func replace(_ place: FileSystemPath, by list: FileList) throws(FileError) {
    let temporary = base.appending("list.part")
    try temporary.remove()
    try temporary.create(list.bytes, isSynced: true)
    try temporary.move(to: place)
  }

  /// Completes a move that was interrupted, or removes what it left.
  func finish() throws(FileError) {
    guard isThere else { return }
    if base.status()?.kind == .folder { try complete(throwing: false) }
    try base.removeTree()
  }

  /// - Parameter throwing: Whether a file in the way is an error; otherwise it is skipped, and the
  ///   next comparison reports it.
  private func complete(throwing: Bool) throws(FileError) {
    guard let bytes = try? newList.read(), files.status()?.kind == .folder else { return }
    let new = FileList(reading: bytes)
    let both = FileList(reading: (try? oldList.read()) ?? [])
    var inTheWay: [RelativePath] = []
    let scan = try FolderScan(of: files)
    let staged = scan.paths.filter { scan[$0]?.kind == .file && new.digests[$0] != nil }
    // What pages refer to is moved before them, so that no page is ever without its style sheet.
    let pages = staged.filter { $0.text.hasSuffix(".html") }
    for path in staged.filter({ !$0.text.hasSuffix(".html") }) + pages {
      guard try clearWay(to: path, both, new) else {
        inTheWay.append(path)
        continue
      }
      try files.appending(path).move(to: folder.appending(path))
    }
    for path in both.paths where new.digests[path] == nil {
      try removeFormer(path, both)
    }
    try folder.sync()
    if inTheWay.isEmpty { try newList.move(to: oldList) }
    try base.removeTree()
    if throwing, !inTheWay.isEmpty {
      throw .foreignFiles(folder: written.path, files: inTheWay.map(\.text))
    }
  }

  /// Creates the folders above a file, and removes what an earlier build wrote in their place or in
  /// that of the file.
  ///
  /// - Returns: `false` if anything else is in the way.
  private func clearWay(
    to path: RelativePath, _ both: FileList, _ new: FileList
  ) throws(FileError) -> Bool {
    guard try makeWay(path.parent, both, new) else { return false }
    let place = folder.appending(path)
    switch place.status()?.kind {
    case nil: return true
    case .file: return both.holds(try place.read(), at: path)
    case .link, .other: return false
    case .folder:
      for former in both.paths where former.isBelow(path) { try removeFormer(former, both) }
      return place.status() == nil
    }
  }

  private func makeWay(
    _ inner: RelativePath?, _ both: FileList, _ new: FileList
  ) throws(FileError) -> Bool {
    guard let inner else { return true }
    guard try makeWay(inner.parent, both, new) else { return false }
    let place = folder.appending(inner)
    switch place.status()?.kind {
    case .folder: return true
    case .link, .other: return false
    case .file:
      guard new.digests[inner] == nil, both.holds(try place.read(), at: inner) else { return false }
      try place.remove()
    case nil: break
    }
    try place.makeFolder()
    return true
  }

  /// Removes a file if its contents are a build's, and then the folders that are empty. The file
  /// may already be gone, and a build that was interrupted may not have reached its folders.
  private func removeFormer(_ path: RelativePath, _ both: FileList) throws(FileError) {
    guard hasFolders(above: path) else { return }
    let place = folder.appending(path)
    switch place.status()?.kind {
    case .file:
      guard both.holds(try place.read(), at: path) else { return }
      try place.remove()
    case nil: break
    case .folder, .link, .other: return
    }
    var inner = path.parent
    while let above = inner, try folder.appending(above).removeIfEmpty() { inner = above.parent }
  }

  /// Whether all folders above a file exist and none is a link.
  private func hasFolders(above path: RelativePath) -> Bool {
    guard let parent = path.parent else { return true }
    return hasFolders(above: parent) && folder.appending(parent).status()?.kind == .folder
  }
}

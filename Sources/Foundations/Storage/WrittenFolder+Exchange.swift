extension WrittenFolder {
  /// Builds the new state beside the folder and exchanges the two.
  ///
  /// - Returns: `false` if the folder's file system does not support that; then nothing has
  ///   changed.
  func exchange(
    _ comparison: FolderComparison, _ contents: Contents
  ) throws(FileError) -> Bool {
    let isNew = folder.status() == nil
    guard isNew || canExchange() else { return false }
    do throws(FileError) {
      guard try buildTwin(comparison, contents) else {
        try twin.removeTree()
        return false
      }
    } catch {
      try? twin.removeTree()
      throw error
    }
    if isNew {
      try FileSystem.makeFolder(FileSystem.parent(of: path))
      guard try place(twin, at: folder) else {
        try twin.removeTree()
        return false
      }
    } else {
      try noteTwin()
      guard folder.exchange(with: twin) else {
        try twinNote.remove()
        try twin.removeTree()
        return false
      }
      try FileSystemPath(workplace).sync()
    }
    try FileSystemPath(FileSystem.parent(of: path)).sync()
    try retireTwin { comparison.scan[$0] }
    try removeFormerList()
    return true
  }

  /// Moves the first state of a folder to its place; `false` if that is on another file system or
  /// no longer free.
  private func place(_ twin: FileSystemPath, at folder: FileSystemPath) throws(FileError) -> Bool {
    guard FileSystemPath(workplace).status()?.device == parentDevice else { return false }
    return try twin.moveWithoutReplacing(folder)
  }

  private var parentDevice: UInt64? { FileSystemPath(FileSystem.parent(of: path)).status()?.device }

  /// Tries the exchange with two temporary folders.
  private func canExchange() -> Bool {
    guard let device = folder.status()?.device, device == parentDevice,
      device == FileSystemPath(workplace).status()?.device
    else { return false }
    let (a, b) = (FileSystemPath(workplace + "/a"), FileSystemPath(workplace + "/b"))
    defer {
      _ = try? a.removeIfEmpty()
      _ = try? b.removeIfEmpty()
    }
    try? a.makeFolder()
    try? b.makeFolder()
    return a.exchange(with: b)
  }

  // MARK: The twin

  /// - Returns: `false` if the folder's files cannot have a second name.
  private func buildTwin(
    _ comparison: FolderComparison, _ contents: Contents
  ) throws(FileError) -> Bool {
    try twin.removeTree()
    try twin.makeFolder()
    do throws(FileError) {
      if let status = folder.status() { try twin.takeOn(status) }
      let replaced = Set(comparison.rewritten)
      for path in comparison.scan.paths {
        let place = twin.appending(path)
        if let status = comparison.scan[path], status.kind == .folder {
          if comparison.vanishing.contains(path) { continue }
          try place.makeFolder()
          try place.takeOn(status)
        } else if !comparison.removed.contains(path), !replaced.contains(path) {
          try folder.appending(path).link(to: place)
        }
      }
    } catch .noSpace(let path) {
      throw .noSpace(path: path)
    } catch {
      return false
    }
    try writeNew(comparison, contents)
    return true
  }

  private func writeNew(
    _ comparison: FolderComparison, _ contents: Contents
  ) throws(FileError) {
    // Syncing each of many files takes longer than syncing the whole file system.
    let isMany = comparison.rewritten.count > 64
    var list = comparison.newList
    var folders: Set<RelativePath> = []
    for path in comparison.rewritten {
      try makeFolders(above: path, in: twin, &folders)
      let bytes = try contents.read(path)
      // A source may have changed since it was compared.
      list.add(Digest(of: bytes), at: path)
      try twin.appending(path).create(bytes, isSynced: !isMany)
    }
    try twin.appending(FileList.name).create(list.bytes, isSynced: !isMany)
    if isMany { return try twin.syncFileSystem() }
    for folder in folders { try twin.appending(folder).sync() }
    try twin.sync()
  }

  /// - Parameter known: Folders that are known to exist.
  func makeFolders(
    above path: RelativePath, in base: FileSystemPath, _ known: inout Set<RelativePath>
  ) throws(FileError) {
    guard let parent = path.parent, !known.contains(parent) else { return }
    try makeFolders(above: parent, in: base, &known)
    let place = base.appending(parent)
    if place.status() == nil { try place.makeFolder() }
    known.insert(parent)
  }

  private func noteTwin() throws(FileError) {
    guard let status = twin.status() else { throw .notFound(path: twin.text) }
    try twinNote.remove()
    try twinNote.create(Array("\(status.device) \(status.inode)\n".utf8), isSynced: true)
  }

  // MARK: The old state

  /// Removes what is left of a build that was interrupted before or after the exchange.
  func finishExchange() throws(FileError) {
    if twin.status()?.kind == .folder, let note = try? twinNote.read() {
      let isTwin = twin.status().map { Array("\($0.device) \($0.inode)\n".utf8) } == note
      if !isTwin {
        try retireTwin { _ in nil }
      }
    }
    try twinNote.remove()
    try twin.removeTree()
    for name in ["a", "b"] { try FileSystemPath(workplace + "/" + name).removeIfEmpty() }
  }

  /// Removes the old state, except for files that someone wrote there since it was compared: those
  /// are moved to their places in the new state.
  ///
  /// - Parameter known: Returns the metadata of an entry at the time when the new state was built.
  private func retireTwin(
    _ known: (RelativePath) -> FileSystemPath.Status?
  ) throws(FileError) {
    guard twin.status() != nil else { return }
    let scan = try FolderScan(of: twin)
    let list = FileList(reading: (try? twin.appending(FileList.name).read()) ?? [])
    let ownFolders = list.folders
    // In reverse order, the contents of a folder come before the folder.
    for path in scan.paths.reversed() {
      let place = twin.appending(path)
      guard let status = scan[path] else { continue }
      if status.kind == .folder {
        let isNew = known(path) == nil && !ownFolders.contains(path)
        if isNew, folder.appending(path).status() == nil {
          try bring(path)
        } else {
          try place.removeIfEmpty()
        }
      } else if try isWorthless(status, at: path, known, list) {
        try place.remove()
      } else {
        try bring(path)
      }
    }
    try twin.removeTree()
    try twinNote.remove()
  }

  private func isWorthless(
    _ status: FileSystemPath.Status, at path: RelativePath,
    _ known: (RelativePath) -> FileSystemPath.Status?,
    _ list: FileList
  ) throws(FileError) -> Bool {
    if let before = known(path), before.isSameVersion(as: status) { return true }
    if let now = folder.appending(path).status(), now.isSameNode(as: status) { return true }
    guard status.kind == .file, list.digests[path] != nil else { return false }
    return list.holds(try twin.appending(path).read(), at: path)
  }

  /// Moves a file or folder that appeared in the old state to the new one, or aside if its place is
  /// taken there.
  private func bring(_ path: RelativePath) throws(FileError) {
    var folder: RelativePath? = path.parent
    var isFree = true
    while let inner = folder {
      if let kind = self.folder.appending(inner).status()?.kind, kind != .folder { isFree = false }
      folder = inner.parent
    }
    var known: Set<RelativePath> = []
    if isFree {
      try FileSystem.makeFolder(self.path)
      try makeFolders(above: path, in: self.folder, &known)
      let place = self.folder.appending(path)
      if try twin.appending(path).moveWithoutReplacing(place) { return }
    }
    known = []
    try FileSystem.makeFolder(asidePath)
    let aside = FileSystemPath(asidePath)
    try makeFolders(above: path, in: aside, &known)
    try twin.appending(path).move(to: aside.appending(path))
  }

  /// Removes the list that the first version kept in the workplace.
  func removeFormerList() throws(FileError) { try FileSystemPath(workplace + "/manifest").remove() }
}

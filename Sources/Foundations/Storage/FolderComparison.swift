/// The changes that a folder needs, determined by reading its contents and writing nothing.
struct FolderComparison: Sendable {
  private(set) var changes = WrittenFolder.Changes()
  /// The current contents of the folder.
  let scan: FolderScan
  /// Files that are up to date.
  private(set) var unchanged: Set<RelativePath> = []
  /// Files to create or to replace, ordered by bytes.
  private(set) var rewritten: [RelativePath] = []
  private(set) var removed: Set<RelativePath> = []
  /// Folders that lose their entire contents.
  private(set) var vanishing: Set<RelativePath> = []
  /// The folder's list, and the one that it should have.
  let oldList: FileList
  private(set) var newList = FileList()
  /// Whether the folder has its list.
  private let hasList: Bool
  /// Files and folders that are in the way and that no build wrote.
  private(set) var conflicts: Set<RelativePath> = []
  private let folderStatus: FileSystemPath.Status?
  private let listStatus: FileSystemPath.Status?

  init(
    of written: WrittenFolder, toward contents: WrittenFolder.Contents
  ) throws(FileError) {
    let folder = written.folder
    folderStatus = folder.status()
    let list = folder.appending(FileList.name)
    listStatus = list.status()
    scan = try FolderScan(of: folder)
    let bytes = try? list.read()
    hasList = bytes != nil
    // The first version kept the list in the workplace.
    oldList = FileList(
      reading: bytes ?? (try? FileSystemPath(written.workplace + "/manifest").read()) ?? [])
    for path in contents.paths { try compare(path, contents, folder) }
    let wanted = Set(contents.paths)
    for path in oldList.paths where !wanted.contains(path) { try compareFormer(path, folder) }
    findVanishing()
    findConflicts(contents.paths, wanted)
  }

  var isDone: Bool { conflicts.isEmpty && changes.isEmpty && hasList && newList == oldList }

  /// Whether no other build has written to the folder since the comparison.
  func isCurrent(of written: WrittenFolder) -> Bool {
    written.folder.status()?.inode == folderStatus?.inode
      && written.folder.appending(FileList.name).status() == listStatus
  }

  /// - Throws: ``FileError/foreignFiles(folder:files:)`` if anything is in the way.
  func checked(_ folder: String) throws(FileError) -> FolderComparison {
    guard conflicts.isEmpty else {
      throw .foreignFiles(folder: folder, files: conflicts.sorted().map(\.text))
    }
    return self
  }

  private mutating func compare(
    _ path: RelativePath, _ contents: WrittenFolder.Contents, _ folder: FileSystemPath
  ) throws(FileError) {
    let new = try contents.read(path)
    newList.add(Digest(of: new), at: path)
    switch scan[path]?.kind {
    case .file:
      let old = try folder.appending(path).read()
      if old == new {
        unchanged.insert(path)
        return
      }
      if !oldList.holds(old, at: path) { conflicts.insert(path) }
      changes.changed.append(path.text)
    case .link, .other:
      conflicts.insert(path)
      changes.changed.append(path.text)
    case .folder, nil:
      changes.added.append(path.text)
    }
    rewritten.append(path)
  }

  private mutating func compareFormer(_ path: RelativePath, _ folder: FileSystemPath)
    throws(FileError)
  {
    guard scan[path]?.kind == .file else { return }
    if oldList.holds(try folder.appending(path).read(), at: path) {
      removed.insert(path)
      changes.removed.append(path.text)
    } else {
      changes.kept.append(path.text)
    }
  }

  private mutating func findVanishing() {
    var holding: Set<RelativePath> = []
    // In reverse order, the contents of a folder come before the folder.
    for path in scan.paths.reversed() {
      let isGone: Bool
      if scan[path]?.kind == .folder {
        isGone = vanishing.contains(path) && !holding.contains(path)
        if !isGone { vanishing.remove(path) }
      } else {
        isGone = removed.contains(path)
      }
      guard let parent = path.parent else { continue }
      if isGone { vanishing.insert(parent) } else { holding.insert(parent) }
    }
  }

  /// Finds what is in the way of the folders of new files, and what is in a folder that a new file
  /// replaces.
  private mutating func findConflicts(_ paths: [RelativePath], _ wanted: Set<RelativePath>) {
    var free: Set<RelativePath> = []
    for path in rewritten {
      if scan[path]?.kind == .folder, !vanishing.contains(path) {
        let foreign = scan.paths(below: path).filter {
          scan[$0]?.kind != .folder && !removed.contains($0)
        }
        conflicts.formUnion(foreign.isEmpty ? [path] : Array(foreign))
      }
      var folder = path.parent
      while let inner = folder, free.insert(inner).inserted {
        if let kind = scan[inner]?.kind, kind != .folder, !removed.contains(inner) {
          conflicts.insert(inner)
        }
        folder = inner.parent
      }
    }
  }
}

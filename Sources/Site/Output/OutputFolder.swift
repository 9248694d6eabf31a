package import Storage

/// The folder that a site is written to. All of a build gets there or nothing of it, only what
/// changed is touched, and files that no build wrote are left alone.
///
/// Writing goes in steps that each leave something whole behind when the machine stops:
///
/// 1. What changed is written to a staging folder outside the site. A full disc shows here, and the
///    site is as it was.
/// 2. The plan of the move is written, whole, beside it. From here on the new site is safe on the disc.
/// 3. The files are moved to their places, one by one and each at once: first what pages refer to,
///    then the pages. Then what is no longer wanted is removed.
/// 4. The manifest is written and the staging folder removed.
///
/// A build that finds a plan carries it out before anything else; one that finds a staging folder
/// without a plan removes it.
package struct OutputFolder: Sendable {
  package let path: String
  private let state: String

  package init(_ folders: SiteFolders) {
    path = folders.output
    state = folders.state
  }

  /// How a folder differs from what a build gives.
  package struct Changes: Hashable, Sendable {
    /// Paths from the folder, each list ordered by UTF-8 bytes.
    package var added: [String] = []
    package var changed: [String] = []
    /// Files that an earlier build wrote and this one does not.
    package var removed: [String] = []

    package var isEmpty: Bool { added.isEmpty && changed.isEmpty && removed.isEmpty }
  }

  private var manifestPath: String { state + "/manifest" }
  private var stagingPath: String { state + "/staging" }
  /// Two builds that write to one folder take turns.
  private var lockPath: String { state + "/lock" }
  private var planPath: String { state + "/plan" }

  /// Compares, and writes nothing.
  package func changes(
    toward tree: OutputTree, from sources: SourceTree
  ) throws(FileError) -> Changes {
    try compare(tree, sources).changes
  }

  /// Makes the folder what the tree says.
  @discardableResult
  package func write(
    _ tree: OutputTree, from sources: SourceTree
  ) throws(FileError) -> Changes {
    try Disc.makeFolder(state)
    return try FileLock.holding(lockPath) { () throws(FileError) in
      try finishInterrupted()
      return try replace(tree, sources)
    }
  }

  private func replace(
    _ tree: OutputTree, _ sources: SourceTree
  ) throws(FileError) -> Changes {
    let (changes, manifest, bytes) = try compare(tree, sources)
    let old = readManifest()
    guard !changes.isEmpty || manifest != old else { return changes }
    do throws(FileError) {
      try stage(changes.added + changes.changed, bytes)
    } catch {
      try? Disc.removeTree(stagingPath)
      throw error
    }
    // Until the move is done, what either build wrote counts as written.
    var both = old
    both.digests.merge(manifest.digests) { _, new in new }
    try Disc.write(both.bytes, to: manifestPath)
    let move = Move(
      files: Self.inOrderOfMoving(changes.added + changes.changed), removed: changes.removed,
      manifest: manifest)
    try Disc.write(move.bytes, to: planPath)
    try carryOut(move)
    return changes
  }

  /// Carries out what a build that was stopped had begun to write.
  package func recover() throws(FileError) {
    guard Disc.stamp(planPath) != nil || Disc.stamp(stagingPath) != nil else { return }
    try FileLock.holding(lockPath) { () throws(FileError) in try finishInterrupted() }
  }

  // MARK: Comparing

  private func compare(
    _ tree: OutputTree, _ sources: SourceTree
  ) throws(FileError) -> (changes: Changes, manifest: Manifest, bytes: [String: [UInt8]]) {
    var changes = Changes()
    var manifest = Manifest()
    var bytes: [String: [UInt8]] = [:]
    for path in tree.paths {
      let new: [UInt8]
      switch tree[path]! {
      case .bytes(let bytes): new = bytes
      case .copy(let source): new = try sources.read(source)
      }
      manifest.digests[path] = Digest(of: new).description
      do throws(FileError) {
        if try Disc.read(self.path + "/" + path) == new { continue }
        changes.changed.append(path)
      } catch .notFound {
        changes.added.append(path)
      } catch .isDirectory {
        changes.added.append(path)
      }
      bytes[path] = new
    }
    for path in readManifest().paths where tree[path] == nil {
      if Disc.stamp(self.path + "/" + path) != nil { changes.removed.append(path) }
    }
    return (changes, manifest, bytes)
  }

  private func readManifest() -> Manifest {
    (try? Disc.read(manifestPath)).map { Manifest(reading: $0) } ?? Manifest()
  }

  // MARK: Writing

  /// What is to be moved and removed, as a file that is there whole or not at all.
  private struct Move {
    var files: [String]
    var removed: [String]
    var manifest: Manifest

    init(files: [String], removed: [String], manifest: Manifest) {
      self.files = files
      self.removed = removed
      self.manifest = manifest
    }

    init?(reading bytes: [UInt8]) {
      let parts = bytes.split(separator: 0, maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { return nil }
      files = Self.lines(parts[0])
      removed = Self.lines(parts[1])
      manifest = Manifest(reading: Array(parts[2]))
    }

    var bytes: [UInt8] {
      Array((files.joined(separator: "\n") + "\0" + removed.joined(separator: "\n") + "\0").utf8)
        + manifest.bytes
    }

    private static func lines(_ bytes: ArraySlice<UInt8>) -> [String] {
      bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
    }
  }

  private func stage(_ paths: [String], _ bytes: [String: [UInt8]]) throws(FileError) {
    try Disc.removeTree(stagingPath)
    try Disc.makeFolder(stagingPath)
    for path in paths {
      try Disc.write(bytes[path]!, to: stagingPath + "/" + path)
    }
  }

  /// What pages refer to comes before them, so that no page is ever without its style.
  private static func inOrderOfMoving(_ paths: [String]) -> [String] {
    paths.filter { !$0.hasSuffix(".html") } + paths.filter { $0.hasSuffix(".html") }
  }

  private func carryOut(_ move: Move) throws(FileError) {
    for file in move.files {
      let staged = stagingPath + "/" + file
      // Moved already, before the build was stopped.
      guard Disc.stamp(staged) != nil else { continue }
      let place = path + "/" + file
      try clearWay(to: file)
      try Disc.makeFolder(Disc.parent(of: place))
      try Disc.place(staged, at: place)
    }
    // What stood where a folder or a file of the new site is now has made way already.
    for file in move.removed where Disc.stamp(path + "/" + file) != nil {
      if Disc.isFolder(path + "/" + file) { continue }
      try Disc.removeFile(path + "/" + file)
      try removeEmptyFolders(above: file)
    }
    try Disc.write(move.manifest.bytes, to: manifestPath)
    try Disc.removeFile(planPath)
    try Disc.removeTree(stagingPath)
  }

  /// A file of an earlier build may stand where a folder is needed now, or a folder of its files where
  /// a file is.
  private func clearWay(to file: String) throws(FileError) {
    let written = readManifest()
    var folder = Disc.parent(of: file)
    while folder != "." {
      if written.digests[folder] != nil, !Disc.isFolder(path + "/" + folder) {
        try Disc.removeFile(path + "/" + folder)
      }
      folder = Disc.parent(of: folder)
    }
    guard Disc.isFolder(path + "/" + file) else { return }
    for old in written.paths where old.utf8.starts(with: (file + "/").utf8) {
      try Disc.removeFile(path + "/" + old)
      try removeEmptyFolders(above: old)
    }
  }

  private func removeEmptyFolders(above file: String) throws(FileError) {
    var folder = Disc.parent(of: file)
    while folder != ".", Disc.isFolder(path + "/" + folder),
      try Disc.list(path + "/" + folder).isEmpty
    {
      try Disc.removeEmptyFolder(path + "/" + folder)
      folder = Disc.parent(of: folder)
    }
  }

  private func finishInterrupted() throws(FileError) {
    if let bytes = try? Disc.read(planPath), let move = Move(reading: bytes) {
      try carryOut(move)
    }
    try Disc.removeTree(stagingPath)
  }
}

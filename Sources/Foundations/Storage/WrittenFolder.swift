/// A folder that is written as one: a reader sees everything of the old state or everything of
/// the new one, and so does the next build after one that was killed.
///
/// Where the system can exchange two folders in one step, the new state is built beside the old one,
/// from second names for all files that stay, and exchanged with it. Elsewhere files are moved to their
/// places one by one, after all of them are on the disk, and a build that finds this unfinished
/// finishes it.
///
/// Files that no build wrote are never overwritten or removed, nor are those that somebody changed
/// since. What was written is known from the ``FileList`` in the folder.
package struct WrittenFolder: Sendable {
  /// Where the folder is.
  package let path: String
  /// Where the new state is built. It is empty, and often does not exist, except while
  /// a build runs.
  package let workplace: String
  /// Whether folders may be exchanged; tests turn it off.
  var mayExchange = true

  /// - Parameters:
  ///   - path: Made when it is written to. Its parent has no link below what the caller trusts.
  ///   - workplace: On the same file system, not in the folder.
  package init(path: String, workplace: String) {
    self.path = path
    self.workplace = workplace
  }

  /// The files that a folder should have.
  package struct Contents: Sendable {
    /// Ordered by bytes, each once; none is a folder of another.
    package let paths: [RelativePath]
    package let read: @Sendable (_ path: RelativePath) throws(FileError) -> [UInt8]

    package init(
      paths: [RelativePath],
      read: @escaping @Sendable (_ path: RelativePath) throws(FileError) -> [UInt8]
    ) {
      self.paths = paths.sorted()
      self.read = read
    }
  }

  /// How a folder differs from what it should have.
  package struct Changes: Hashable, Sendable {
    /// Paths from the folder, each list ordered by UTF-8 bytes.
    package var added: [String] = []
    package var changed: [String] = []
    /// Files that an earlier build wrote and this one does not.
    package var removed: [String] = []
    /// Files that an earlier build wrote, this one does not, and somebody changed between: they stay.
    package var kept: [String] = []

    package init(added: [String] = [], changed: [String] = [], removed: [String] = []) {
      self.added = added
      self.changed = changed
      self.removed = removed
    }

    /// Whether nothing differs.
    package var isEmpty: Bool { added.isEmpty && changed.isEmpty && removed.isEmpty }
  }

  var folder: FileSystemPath { FileSystemPath(path) }
  /// What builds beside the folder: the new state, and after the exchange the old one.
  var twin: FileSystemPath { FileSystemPath(workplace + "/new") }
  /// Which folder the new state is, so that a build that finds the twin knows whether the exchange
  /// took place.
  var twinNote: FileSystemPath { FileSystemPath(workplace + "/exchange") }
  /// Where files go that somebody wrote at a build's place at the very moment of the exchange.
  var asidePath: String { workplace + "/aside" }

  /// Where the files are that somebody wrote at a build's place at the very moment of an exchange, and
  /// that nobody has fetched; `nil` where there are none.
  package var filesSetAside: String? { FileSystemPath(asidePath).status() == nil ? nil : asidePath }

  // MARK: Asking

  /// Compares, and writes nothing.
  ///
  /// - Throws: ``FileError/foreignFiles(folder:files:)`` where files of somebody else are in the way.
  package func changes(toward contents: Contents) throws(FileError) -> Changes {
    try FolderComparison(of: self, toward: contents).checked(path).changes
  }

  /// Whether a build is known to have written to a folder.
  package static func wasWritten(_ path: String) -> Bool {
    [FileList.name, FolderMove.name].contains { FileSystemPath(path).appending($0).status() != nil }
  }

  /// Whether the folder holds files and no build is known to have written there.
  package func isForeign() throws(FileError) -> Bool {
    guard folder.status() != nil, !Self.wasWritten(path) else { return false }
    return try !folder.names().isEmpty
  }

  // MARK: Writing

  /// Makes the folder hold the contents, and nothing else that earlier builds wrote.
  @discardableResult
  package func write(_ contents: Contents) throws(FileError) -> Changes {
    var first: FolderComparison?
    if !isUnfinished {
      // Another build may write at this moment: a mistake counts only when it is seen under the lock.
      first = try? FolderComparison(of: self, toward: contents).checked(path)
      // A build that changes nothing writes nothing, not even a lock.
      if let first, first.isDone { return first.changes }
    }
    let comparison = first
    return try locked { (canExchange) throws(FileError) in
      try finish()
      let current: FolderComparison
      if let comparison, comparison.isCurrent(of: self) {
        current = comparison
      } else {
        current = try FolderComparison(of: self, toward: contents).checked(path)
      }
      if current.isDone { return current.changes }
      if canExchange, try exchange(current, contents) { return current.changes }
      try FolderMove(of: self).carryOut(current, contents)
      return current.changes
    }
  }

  /// Finishes, or undoes, what a build that was stopped had begun.
  package func recover() throws(FileError) {
    guard isUnfinished else { return }
    try locked { (_) throws(FileError) in try finish() }
  }

  /// Whether another build runs, or one was stopped.
  private var isUnfinished: Bool {
    if FolderMove(of: self).isThere { return true }
    guard let names = try? FileSystemPath(workplace).names() else {
      return FileSystemPath(workplace).status() != nil
    }
    return names.isEmpty || !Self.lastingNames.isSuperset(of: names)
  }

  /// What may be in a workplace while no build runs: the first version's list among it.
  private static let lastingNames = Set(["aside", "cache", "manifest"].map { Array($0.utf8) })

  private func finish() throws(FileError) {
    try finishExchange()
    try FolderMove(of: self).finish()
    for name in Self.formerNames { try FileSystemPath(workplace + "/" + name).removeTree() }
  }

  /// What the first version left in a workplace when it was stopped.
  private static let formerNames = ["staging", "plan"]

  /// - Parameter body: Gets whether there is a workplace on the folder's file system.
  private func locked<Result>(
    _ body: (_ canExchange: Bool) throws(FileError) -> Result
  ) throws(FileError) -> Result {
    var problem: FileError?
    do throws(FileError) {
      return try FileLock.holding(FileSystemPath(workplace)) { () throws(FileError) in
        do throws(FileError) {
          return try body(mayExchange)
        } catch {
          problem = error
          throw error
        }
      }
    } catch {
      // Where nothing may be made beside the folder, it can still be written into.
      if problem == nil, folder.status()?.kind == .folder {
        switch error {
        case .notPermitted, .readOnly:
          return try FileLock.holding(folder: folder) { () throws(FileError) in try body(false) }
        default: break
        }
      }
      throw error
    }
  }
}

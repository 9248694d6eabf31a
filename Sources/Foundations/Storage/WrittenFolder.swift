/// A folder that is written atomically: a reader sees either all of the old state or all of the new
/// one, and so does the next build after one that was killed.
///
/// Where the system can exchange two folders atomically, the new state is built beside the old one,
/// with hard links to all files that stay, and exchanged with it. Elsewhere files are moved to
/// their places one by one after all of them are on disk, and a build that finds this unfinished
/// completes it.
///
/// Files that no build wrote, or that someone has changed since, are never overwritten or removed.
/// The ``FileList`` in the folder records what builds wrote.
package struct WrittenFolder: Sendable {
  /// The path of the folder.
  package let path: String
  /// The folder in which the new state is built; empty, and often missing, except during a build.
  package let workplace: String
  /// Whether folders may be exchanged; tests disable this.
  var mayExchange = true

  /// - Parameters:
  ///   - path: Created when it is written to. Its parent has no link below what the caller trusts.
  ///   - workplace: A folder on the same file system, outside the folder itself.
  package init(path: String, workplace: String) {
    self.path = path
    self.workplace = workplace
  }

  /// The files that a folder should contain.
  package struct Contents: Sendable {
    /// The paths, ordered by bytes, without duplicates; none is a folder above another.
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

  /// The difference between a folder and what it should contain.
  package struct Changes: Hashable, Sendable {
    /// Paths from the folder, each list ordered by UTF-8 bytes.
    package var added: [String] = []
    package var changed: [String] = []
    /// Files that an earlier build wrote and this one does not.
    package var removed: [String] = []
    /// Files that an earlier build wrote, this one does not, and someone changed in between: they
    /// stay.
    package var kept: [String] = []

    package init(added: [String] = [], changed: [String] = [], removed: [String] = []) {
      self.added = added
      self.changed = changed
      self.removed = removed
    }

    /// Whether there are no differences.
    package var isEmpty: Bool { added.isEmpty && changed.isEmpty && removed.isEmpty }
  }

  var folder: FileSystemPath { FileSystemPath(path) }
  /// The twin of the folder in the workplace: the new state during a build, and after the exchange
  /// the old one.
  var twin: FileSystemPath { FileSystemPath(workplace + "/new") }
  /// A note that identifies the new state, so that a build that finds the twin knows whether the
  /// exchange took place.
  var twinNote: FileSystemPath { FileSystemPath(workplace + "/exchange") }
  /// The folder for files that someone wrote at a build's paths at the very moment of the exchange.
  var asidePath: String { workplace + "/aside" }

  /// The folder of files that someone wrote at a build's paths at the very moment of an exchange
  /// and that no one has taken from it since; `nil` if there are none.
  package var filesSetAside: String? { FileSystemPath(asidePath).status() == nil ? nil : asidePath }

  // MARK: Queries

  /// Compares the folder with what it should contain, and writes nothing.
  ///
  /// - Throws: ``FileError/foreignFiles(folder:files:)`` if files that no build wrote are in the
  ///   way.
  package func changes(toward contents: Contents) throws(FileError) -> Changes {
    try FolderComparison(of: self, toward: contents).checked(path).changes
  }

  /// Whether a build is known to have written to a folder.
  package static func wasWritten(_ path: String) -> Bool {
    [FileList.name, FolderMove.name].contains { FileSystemPath(path).appending($0).status() != nil }
  }

  /// Whether the folder is not empty and no build is known to have written there.
  package func isForeign() throws(FileError) -> Bool {
    guard folder.status() != nil, !Self.wasWritten(path) else { return false }
    return try !folder.names().isEmpty
  }

  // MARK: Writing

  /// Makes the folder contain these files, and nothing else that earlier builds wrote.
  @discardableResult
  package func write(_ contents: Contents) throws(FileError) -> Changes {
    var first: FolderComparison?
    if !isUnfinished {
      // Another build may be writing at this moment: an error counts only under the lock.
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

  /// Completes or undoes what an interrupted build had begun.
  package func recover() throws(FileError) {
    guard isUnfinished else { return }
    try locked { (_) throws(FileError) in try finish() }
  }

  /// Whether another build is running, or one was interrupted.
  private var isUnfinished: Bool {
    if FolderMove(of: self).isThere { return true }
    guard let names = try? FileSystemPath(workplace).names() else {
      return FileSystemPath(workplace).status() != nil
    }
    return names.isEmpty || !Self.lastingNames.isSuperset(of: names)
  }

  /// The names that a workplace may contain while no build runs, including the list of the first
  /// version.
  private static let lastingNames = Set(["aside", "cache", "manifest"].map { Array($0.utf8) })

  private func finish() throws(FileError) {
    try finishExchange()
    try FolderMove(of: self).finish()
    for name in Self.formerNames { try FileSystemPath(workplace + "/" + name).removeTree() }
  }

  /// The names that the first version left in a workplace when it was interrupted.
  private static let formerNames = ["staging", "plan"]

  /// - Parameter body: Receives whether folders may be exchanged.
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
      // Where nothing may be created beside the folder, it can still be written in place.
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

import Storage

/// A folder that a built site is copied to: a web server's, or on a mounted file system.
///
/// Only what changed is written, and all of it or nothing; see ``WrittenFolder``.
package struct PublishedFolder: Sendable {
  /// The folder's absolute path.
  package let path: String
  private let folder: WrittenFolder

  /// - Parameter path: An absolute path, without links that the caller does not trust.
  package init(path: String) {
    self.path = path
    folder = WrittenFolder(path: path, workplace: FileSystem.workplace(beside: path))
  }

  /// Publishes the site to the folder.
  ///
  /// - Parameter isDryRun: Whether to find out what would change without writing anything.
  package func publish(
    _ site: PublishableSite, isDryRun: Bool = false
  ) throws(PublishingError) -> PublishingChanges {
    guard !site.paths.isEmpty else { throw .emptySite }
    // A folder with other files was probably named by mistake.
    guard try isOurs() else { throw .foreignFolder(path: path) }
    do throws(FileError) {
      if !isDryRun { try folder.recover() }
      let contents = try site.contents()
      let changes =
        isDryRun ? try folder.changes(toward: contents) : try folder.write(contents)
      return PublishingChanges(
        added: changes.added, changed: changes.changed, removed: changes.removed)
    } catch {
      throw .file(error)
    }
  }

  private func isOurs() throws(PublishingError) -> Bool {
    do throws(FileError) { return try !folder.isForeign() } catch { throw .file(error) }
  }
}

extension PublishableSite {
  fileprivate func contents() throws(FileError) -> WrittenFolder.Contents {
    var checked: [RelativePath] = []
    for path in paths {
      do throws(RelativePath.Flaw) {
        checked.append(try RelativePath(checking: path))
      } catch {
        throw .other(path: path, reason: "its path \(error.explanation.message)")
      }
    }
    return WrittenFolder.Contents(paths: checked) { (path) throws(FileError) in
      try read(path.text)
    }
  }
}

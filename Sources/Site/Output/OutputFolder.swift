package import Storage

/// The folder that a site is written to. A build is written completely or not at all; see
/// ``WrittenFolder``.
package struct OutputFolder: Sendable {
  /// The paths that a build adds, changes, removes and keeps.
  package typealias Changes = WrittenFolder.Changes

  private let folder: WrittenFolder

  /// The output folder of a site.
  package init(_ folders: SiteFolders) {
    folder = WrittenFolder(path: folders.output, workplace: folders.state)
  }

  /// Compares the folder with the tree and writes nothing.
  ///
  /// - Throws: When the folder or a source cannot be read.
  package func changes(
    toward tree: OutputTree, from sources: SourceTree
  ) throws(FileError) -> Changes {
    try folder.changes(toward: tree.contents(from: sources))
  }

  /// Updates the folder to hold the files of the tree.
  ///
  /// - Throws: When a source cannot be read or the folder cannot be written; it is then unchanged.
  @discardableResult
  package func write(
    _ tree: OutputTree, from sources: SourceTree
  ) throws(FileError) -> Changes {
    try folder.write(tree.contents(from: sources))
  }

  /// Finishes or rolls back an interrupted write.
  ///
  /// - Throws: When the folder cannot be read or written.
  package func recover() throws(FileError) { try folder.recover() }

  /// The folder of files that another program wrote into the output while it was exchanged; `nil`
  /// if there are none.
  package var filesSetAside: String? { folder.filesSetAside }
}

extension OutputTree {
  /// The tree as the contents of a folder.
  package func contents(from sources: SourceTree) -> WrittenFolder.Contents {
    WrittenFolder.Contents(paths: checkedPaths) { (path) throws(FileError) in
      switch self[path.text] {
      case .bytes(let bytes): bytes
      case .copy(let source): try sources.read(source)
      case nil: throw .notFound(path: path.text)
      }
    }
  }
}

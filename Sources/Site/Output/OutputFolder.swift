package import Storage

/// The folder that a site is written to. A build is written completely or not at all; see
/// ``WrittenFolder``.
package struct OutputFolder: Sendable {
  package typealias Changes = WrittenFolder.Changes

  private let folder: WrittenFolder

  package init(_ folders: SiteFolders) {
    folder = WrittenFolder(path: folders.output, workplace: folders.state)
  }

  /// Compares the folder with the tree and writes nothing.
  package func changes(
    toward tree: OutputTree, from sources: SourceTree
  ) throws(FileError) -> Changes {
    try folder.changes(toward: tree.contents(from: sources))
  }

  /// Makes the folder what the tree says.
  @discardableResult
  package func write(
    _ tree: OutputTree, from sources: SourceTree
  ) throws(FileError) -> Changes {
    try folder.write(tree.contents(from: sources))
  }

  /// Finishes or rolls back the writing of a build that was stopped.
  package func recover() throws(FileError) { try folder.recover() }

  /// The folder of files that another program wrote into the output while it was exchanged.
  package var filesSetAside: String? { folder.filesSetAside }
}

extension OutputTree {
  /// The tree as what a folder should hold.
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

package import Storage

/// The folder that a site is written to. All of a build gets there or nothing of it, only what
/// changed is touched, and files that no build wrote are left alone.
package struct OutputFolder: Sendable {
  package let path: String
  let state: String

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

  /// Compares, and writes nothing.
  package func changes(toward tree: OutputTree, from sources: SourceTree) throws(FileError)
    -> Changes
  {
    Changes()
  }

  /// Makes the folder what the tree says.
  @discardableResult
  package func write(_ tree: OutputTree, from sources: SourceTree) throws(FileError) -> Changes {
    Changes()
  }
}

package import Diagnostics
package import Storage

/// The files that a build may read, by their path from the site's root: a folder on a disc, or bytes
/// that a test holds. Nothing else reaches a build.
package struct SourceTree: Sendable {
  private let lister: @Sendable (_ folder: String) throws(FileError) -> [String]
  private let reader: @Sendable (_ path: String, _ limit: Int) throws(FileError) -> [UInt8]

  /// - Parameters:
  ///   - lister: Gives the paths of all files below a folder, `""` being the root; a folder that is
  ///     not there has none.
  ///   - reader: Gives the bytes of a file by its path from the root, which it must not leave; one
  ///     that is longer than the limit it refuses before it reads it.
  package init(
    lister: @escaping @Sendable (_ folder: String) throws(FileError) -> [String],
    reader: @escaping @Sendable (_ path: String, _ limit: Int) throws(FileError) -> [UInt8]
  ) {
    self.lister = lister
    self.reader = reader
  }

  /// Files held in memory.
  package init(_ files: [String: [UInt8]]) {
    self.init { folder in
      files.keys.filter { folder.isEmpty || $0.utf8.starts(with: (folder + "/").utf8) }
    } reader: { (path, _) throws(FileError) in
      guard let bytes = files[path] else { throw .notFound(path: path) }
      return bytes
    }
  }

  /// The paths (from the root) of all files below a folder, ordered by UTF-8 bytes.
  package func paths(below folder: String) throws(FileError) -> [String] {
    try lister(folder).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// - Parameter limit: A longer file is refused.
  package func read(_ path: String, atMost limit: Int = .max) throws(FileError) -> [UInt8] {
    try reader(path, limit)
  }

  /// A file's text, or `nil` where it cannot be read: for showing diagnostics.
  package func sourceFile(_ path: String) -> SourceFile? {
    guard let bytes = try? read(path) else { return nil }
    return SourceFile(path: path, bytes: bytes)
  }
}

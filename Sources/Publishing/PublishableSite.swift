package import Storage

/// A built site as it is published: its files, read one at a time.
package struct PublishableSite: Sendable {
  /// From the site's root, ordered by UTF-8 bytes.
  package let paths: [String]
  private let reader: @Sendable (_ path: String) throws(FileError) -> [UInt8]

  /// - Parameters:
  ///   - paths: From the site's root, in any order.
  ///   - reader: Returns the bytes of one of the files.
  package init(
    paths: [String], reader: @escaping @Sendable (_ path: String) throws(FileError) -> [UInt8]
  ) {
    self.paths = paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    self.reader = reader
  }

  /// Files held in memory.
  package init(_ files: [String: [UInt8]]) {
    self.init(paths: Array(files.keys)) { (path) throws(FileError) in
      guard let bytes = files[path] else { throw .notFound(path: path) }
      return bytes
    }
  }

  /// The bytes of one of ``paths``.
  package func read(_ path: String) throws(FileError) -> [UInt8] { try reader(path) }
}

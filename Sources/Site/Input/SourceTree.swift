package import Diagnostics
package import Storage

/// The files that a build may read, by their path from the site's root: a folder on disk, or bytes
/// in memory. A build has no other input.
package struct SourceTree: Sendable {
  /// An entry of a folder that is not a file of the site, though it may look like one.
  package struct Skipped: Hashable, Sendable {
    /// The path from the root.
    package var path: String
    /// What it is, in the words of a message: `a pipe, a socket or a device`.
    package var what: String
  }

  /// The contents of a folder.
  package struct Listing: Sendable {
    /// The paths of the files, from the root.
    package var paths: [String] = []
    /// The entries that are not files of the site.
    package var skipped: [Skipped] = []
  }

  private let lister: @Sendable (_ folder: String) throws(FileError) -> Listing
  private let reader: @Sendable (_ path: String, _ limit: Int) throws(FileError) -> [UInt8]

  /// - Parameters:
  ///   - lister: Returns the paths of all files below a folder, with `""` for the root, and the
  ///     entries that it leaves out; a folder that does not exist has no files.
  ///   - reader: Returns the bytes of a file by its path from the root, which it must not leave. It
  ///     refuses a file that is longer than the limit before reading it.
  package init(
    lister: @escaping @Sendable (_ folder: String) throws(FileError) -> Listing,
    reader: @escaping @Sendable (_ path: String, _ limit: Int) throws(FileError) -> [UInt8]
  ) {
    self.lister = lister
    self.reader = reader
  }

  /// Files held in memory.
  package init(_ files: [String: [UInt8]]) {
    self.init { folder in
      Listing(
        paths: files.keys.filter { folder.isEmpty || $0.utf8.starts(with: (folder + "/").utf8) })
    } reader: { (path, _) throws(FileError) in
      guard let bytes = files[path] else { throw .notFound(path: path) }
      return bytes
    }
  }

  /// The paths (from the root) of all files below a folder, ordered by UTF-8 bytes.
  package func paths(below folder: String) throws(FileError) -> [String] {
    try listing(below: folder).paths
  }

  /// The files below a folder, as in ``paths(below:)``, and the entries that are left out and
  /// reported.
  package func listing(below folder: String) throws(FileError) -> Listing {
    guard !Self.isHidden(folder) else { return Listing() }
    var listing = try lister(folder)
    listing.paths.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return listing
  }

  /// Reads a file. Hidden files, which may hold secrets, are not part of a site.
  ///
  /// - Parameter limit: A longer file is refused.
  package func read(_ path: String, atMost limit: Int = .max) throws(FileError) -> [UInt8] {
    guard !Self.isHidden(path) else { throw .hidden(path: path) }
    return try reader(path, limit)
  }

  private static func isHidden(_ path: String) -> Bool {
    path.split(separator: "/").contains { FileSystem.isHidden($0) }
  }

  /// A file's text, for showing diagnostics; `nil` if it cannot be read.
  package func sourceFile(_ path: String) -> SourceFile? {
    guard let bytes = try? read(path) else { return nil }
    return SourceFile(path: path, bytes: bytes)
  }
}

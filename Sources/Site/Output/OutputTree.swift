/// The files of a built site, by their path from its root.
package struct OutputTree: Sendable {
  package enum Content: Hashable, Sendable {
    case bytes([UInt8])
    /// The file at a path of the ``SourceTree``, byte for byte.
    case copy(of: String)
  }

  package private(set) var files: [String: Content] = [:]
  /// The source that each file came from, for messages and for the preview: `content/a.md`.
  package private(set) var origins: [String: String] = [:]

  package init() {}

  /// The files' paths, ordered by UTF-8 bytes.
  package var paths: [String] {
    files.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Adds a file, unless there is one at its path.
  ///
  /// - Returns: The origin of the file that stands there already, where one does.
  @discardableResult
  package mutating func add(_ path: String, _ content: Content, from origin: String) -> String? {
    if let other = origins[path] { return other }
    files[path] = content
    origins[path] = origin
    return nil
  }

  package subscript(path: String) -> Content? { files[path] }
}

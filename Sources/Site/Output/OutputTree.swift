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

  /// Adds a file, unless there is one at its path. A path that a site must not have is never in the
  /// tree: see ``problem(with:)``.
  ///
  /// - Returns: The origin of the file that stands there already, where one does.
  @discardableResult
  package mutating func add(_ path: String, _ content: Content, from origin: String) -> String? {
    guard Self.problem(with: path) == nil else { return nil }
    if let other = origins[path] { return other }
    files[path] = content
    origins[path] = origin
    return nil
  }

  /// Why no file may be written to a path, as the end of a sentence; `nil` where one may.
  package static func problem(with path: String) -> String? { OutputPath.problem(with: path) }

  /// Two files of which only one can be there.
  struct Clash: Hashable, Sendable {
    var path: String
    var other: String
    /// Whether one is a folder of the other's name; else their names differ by case alone, which some
    /// systems allow.
    var isFolder: Bool
  }

  /// The clashes between the tree's files, ordered by path.
  var clashes: [Clash] {
    var folders: [String: String] = [:]
    for path in paths {
      var end = path.startIndex
      while let slash = path[end...].firstIndex(of: "/") {
        let folder = path[..<slash].lowercased()
        folders[folder] = folders[folder] ?? path
        end = path.index(after: slash)
      }
    }
    var seen: [String: String] = [:]
    var clashes: [Clash] = []
    for path in paths {
      let key = path.lowercased()
      if let other = folders[key] {
        clashes.append(Clash(path: path, other: other, isFolder: true))
      } else if let other = seen[key] {
        clashes.append(Clash(path: path, other: other, isFolder: false))
      }
      seen[key] = seen[key] ?? path
    }
    return clashes
  }

  package subscript(path: String) -> Content? { files[path] }
}

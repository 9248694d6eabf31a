package import Storage

/// The files of a built site, by their path from its root. Every path has been checked: none can
/// lead out of the folder that the site is written to, and none is a parent folder of another.
package struct OutputTree: Sendable {
  /// Where the bytes of a file come from.
  package enum Content: Hashable, Sendable {
    case bytes([UInt8])
    /// The file at a path of the ``SourceTree``, byte for byte.
    case copy(of: String)
  }

  /// Why a file was not added.
  package enum Refusal: Error, Hashable, Sendable {
    /// - Parameter origin: The source of the file that is there already.
    case taken(origin: String)
    /// A file would be written where another one needs a folder.
    ///
    /// - Parameter folder: The path that would be both.
    case fileAndFolder(folder: String, origin: String)
    /// - Parameter problem: As the end of a sentence: “a hidden path”.
    case unfit(problem: String)
  }

  /// The files by their path from the root of the site.
  package private(set) var files: [String: Content] = [:]
  /// The source that each file came from, for messages and for the preview: `content/a.md`.
  package private(set) var origins: [String: String] = [:]
  /// Every folder, with the path of one file below it.
  private var folders: [String: String] = [:]
  /// The files' paths, in no particular order.
  package private(set) var checkedPaths: [RelativePath] = []

  /// A tree without files.
  package init() {}

  /// The files' paths, ordered by UTF-8 bytes.
  package var paths: [String] {
    files.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Adds a file, unless it cannot be at its path.
  package mutating func add(
    _ path: String, _ content: Content, from origin: String
  ) throws(Refusal) {
    let checked = try Self.checked(path)
    if let other = origins[path] { throw .taken(origin: other) }
    if let inner = folders[path], let other = origins[inner] {
      throw .fileAndFolder(folder: path, origin: other)
    }
    var new: [String] = []
    var folder = checked.parent
    // All folders above a known folder are known.
    while let text = folder?.text, folders[text] == nil {
      if let other = origins[text] { throw .fileAndFolder(folder: text, origin: other) }
      new.append(text)
      folder = folder?.parent
    }
    for folder in new { folders[folder] = path }
    files[path] = content
    origins[path] = origin
    checkedPaths.append(checked)
  }

  /// Why no file may be written to a path, as the end of a sentence; `nil` where one may.
  static func problem(with path: String) -> String? {
    do throws(Refusal) { _ = try checked(path) } catch {
      if case .unfit(let problem) = error { return problem }
    }
    return nil
  }

  private static func checked(_ path: String) throws(Refusal) -> RelativePath {
    if let problem = OutputPath.problem(with: path) { throw .unfit(problem: problem) }
    do throws(RelativePath.Flaw) {
      return try RelativePath(checking: path)
    } catch {
      throw .unfit(problem: "a path that \(error.explanation.message)")
    }
  }

  /// Two files whose paths differ only by case, or of which one would be a folder of the other if
  /// case were ignored: some file systems can hold only one of them.
  struct Clash: Hashable, Sendable {
    var path: String
    var other: String
  }

  /// The clashes between the tree's files, ordered by path.
  var clashes: [Clash] {
    var folders: [String: String] = [:]
    for (folder, path) in self.folders {
      let key = folder.lowercased()
      folders[key] = folders[key].map { min($0, path) } ?? path
    }
    var seen: [String: String] = [:]
    var clashes: [Clash] = []
    for path in paths {
      let key = path.lowercased()
      if let other = folders[key] ?? seen[key] { clashes.append(Clash(path: path, other: other)) }
      seen[key] = seen[key] ?? path
    }
    return clashes
  }

  /// The content of the file at a path; `nil` where there is none.
  package subscript(path: String) -> Content? { files[path] }
}

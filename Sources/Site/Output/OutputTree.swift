package import Storage

/// The files of a built site, by their path from its root. Every path has been checked: none can lead
/// out of the folder that the site is written to, and none is a folder of another.
package struct OutputTree: Sendable {
  package enum Content: Hashable, Sendable {
    case bytes([UInt8])
    /// The file at a path of the ``SourceTree``, byte for byte.
    case copy(of: String)
  }

  /// Why a file was not added.
  package enum Refusal: Error, Hashable, Sendable {
    /// - Parameter origin: Of the file that stands there already.
    case taken(origin: String)
    /// A file is to be written where another one needs a folder.
    ///
    /// - Parameter folder: The path that would be both.
    case fileAndFolder(folder: String, origin: String)
    case unfit(RelativePath.Flaw)
  }

  package private(set) var files: [String: Content] = [:]
  /// The source that each file came from, for messages and for the preview: `content/a.md`.
  package private(set) var origins: [String: String] = [:]
  /// Every folder with the path of a file below it.
  private var folders: [String: String] = [:]
  /// The files' paths, in no order.
  package private(set) var checkedPaths: [RelativePath] = []

  package init() {}

  /// The files' paths, ordered by UTF-8 bytes.
  package var paths: [String] {
    files.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Adds a file, unless it cannot be at its path.
  package mutating func add(
    _ path: String, _ content: Content, from origin: String
  ) throws(Refusal) {
    let checked: RelativePath
    do throws(RelativePath.Flaw) {
      checked = try RelativePath(checking: path)
    } catch {
      throw .unfit(error)
    }
    if let other = origins[path] { throw .taken(origin: other) }
    if let inner = folders[path], let other = origins[inner] {
      throw .fileAndFolder(folder: path, origin: other)
    }
    var new: [String] = []
    var folder = checked.parent
    // Above a known folder, all are known.
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

  package subscript(path: String) -> Content? { files[path] }
}

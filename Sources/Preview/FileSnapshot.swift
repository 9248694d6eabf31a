import Storage

/// The files below a folder at one moment, with sizes and dates that change when the files do.
package struct FileSnapshot: Hashable, Sendable {
  private var stamps: [String: FileSystem.Stamp] = [:]

  /// - Parameters:
  ///   - folder: The folder to walk, with all folders in it. Hidden files and folders are left out;
  ///     links to folders are not followed.
  ///   - excluded: Folders to leave out, by their absolute paths: those that builds write to.
  package init(of folder: String, excluding excluded: Set<String> = []) {
    walk(folder, excluded)
  }

  package var count: Int { stamps.count }

  private mutating func walk(_ folder: String, _ excluded: Set<String>) {
    guard !excluded.contains(folder), let entries = try? FileSystem.list(folder) else { return }
    for entry in entries where !entry.name.hasPrefix(".") && entry.name != "node_modules" {
      let path = folder + "/" + entry.name
      switch entry.kind {
      case .folder: walk(path, excluded)
      case .file, .link: stamps[path] = FileSystem.stamp(path)
      case .other: break
      }
    }
  }
}

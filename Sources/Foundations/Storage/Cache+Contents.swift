extension Cache {
  /// The disk space that one kind of result takes.
  package struct Usage: Hashable, Sendable {
    /// The kind of result.
    package let namespace: String
    /// The number of its files.
    package let files: Int
    /// Their total size.
    package let bytes: Int
  }

  /// The space taken by each kind of result, ordered by name.
  package func usage() -> [Usage] {
    let rooms = ((try? FileSystem.list(folder)) ?? []).filter { Self.isRoom($0.name) }
    return rooms.map { namespace in
      let files =
        namespace.kind == .folder
        ? self.files(in: folder + "/" + namespace.name)
        : [
          self.file(folder + "/" + namespace.name)
        ].compactMap(\.self)
      return Usage(
        namespace: namespace.name, files: files.count, bytes: files.reduce(0) { $0 + $1.stamp.size }
      )
    }
  }

  /// Empties the cache, or removes one kind of result from it.
  package func clear(namespace: String? = nil) throws(FileError) {
    let rooms = try? FileSystem.list(folder)
    for entry in rooms ?? []
    where Self.isRoom(entry.name) && (namespace == nil || entry.name == namespace) {
      try FileSystem.removeTree(folder + "/" + entry.name)
    }
  }

  /// Removes the least recently used results until the rest takes at most `limit` bytes. Packed
  /// files, which grow in one piece, are left alone: they limit themselves.
  ///
  /// Partial files of a program that was killed are removed first.
  package func trim(toBytes limit: Int) {
    removeUnfinished(in: folder)
    let rooms = ((try? FileSystem.list(folder)) ?? []).filter { $0.kind == .folder }
    var files = rooms.flatMap { self.files(in: folder + "/" + $0.name) }
    var total = files.reduce(0) { $0 + $1.stamp.size }
    guard total > limit else { return }
    files.sort { a, b in
      a.stamp.modifiedNanoseconds != b.stamp.modifiedNanoseconds
        ? a.stamp.modifiedNanoseconds < b.stamp.modifiedNanoseconds : a.path < b.path
    }
    for file in files {
      // Well below the limit, so that not every build has to remove something.
      guard total > limit - limit / 10 else { return }
      if (try? FileSystem.removeFile(file.path)) != nil { total -= file.stamp.size }
    }
  }

  private func removeUnfinished(in folder: String) {
    for entry in (try? FileSystem.list(folder)) ?? [] {
      let path = folder + "/" + entry.name
      if entry.kind == .folder {
        removeUnfinished(in: path)
      } else if FileSystem.isAbandoned(entry.name) {
        try? FileSystem.removeFile(path)
      }
    }
  }

  private struct File {
    let path: String
    let stamp: FileSystem.Stamp
  }

  private func file(_ path: String) -> File? {
    FileSystem.stamp(path).map { File(path: path, stamp: $0) }
  }

  private func files(in folder: String) -> [File] {
    ((try? FileSystem.list(folder)) ?? []).flatMap { entry -> [File] in
      let path = folder + "/" + entry.name
      return switch entry.kind {
      case .folder: files(in: path)
      case .file: file(path).map { [$0] } ?? []
      default: []
      }
    }
  }
}

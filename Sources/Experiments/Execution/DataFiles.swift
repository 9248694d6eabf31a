package import Storage

/// The data files that blocks may read, by their path in the site. The `read` function must stay
/// inside the site's folder, as ``FileSystem/readVisible(_:in:except:atMost:)`` does.
package struct DataFiles: Sendable {
  /// Maximum size of a file in bytes.
  package static let mostBytes = 512_000_000

  package var read: @Sendable (_ path: String) -> Result<[UInt8], FileError>
  /// The paths of readable files, as far as known, for hints.
  package var names: @Sendable () -> [String]
  /// The searched folders, for a message.
  package var whereabouts: String

  package init(
    whereabouts: String = "", names: @escaping @Sendable () -> [String] = { [] },
    read: @escaping @Sendable (_ path: String) -> Result<[UInt8], FileError>
  ) {
    self.read = read
    self.names = names
    self.whereabouts = whereabouts
  }

  /// No files.
  package static let none = DataFiles { .failure(.notFound(path: $0)) }

  /// The files below a folder; paths that lead out of it are rejected.
  package static func folder(_ folder: String) -> DataFiles {
    DataFiles(
      whereabouts: "the folder `\(folder)`",
      names: { Self.names(below: folder, "", depth: 0) },
      read: { path in
        Result { () throws(FileError) in
          try FileSystem.readVisible(path, in: folder, atMost: mostBytes)
        }
      })
  }

  private static func names(below folder: String, _ prefix: String, depth: Int) -> [String] {
    let entries = depth < 4 ? (try? FileSystem.list(folder + "/" + prefix)) ?? [] : []
    return entries.filter { !FileSystem.isHidden($0.name) }.flatMap { entry -> [String] in
      let path = prefix + entry.name
      return switch entry.kind {
      case .folder: names(below: folder, path + "/", depth: depth + 1)
      case .file: [path]
      default: []
      }
    }
  }

  /// These files, with those of `others` as a fallback.
  package func or(_ others: DataFiles) -> DataFiles {
    DataFiles(
      whereabouts: "\(whereabouts), then \(others.whereabouts)",
      names: { names() + others.names() },
      read: { path in
        if case .success(let bytes) = read(path) { return .success(bytes) }
        return others.read(path)
      })
  }
}

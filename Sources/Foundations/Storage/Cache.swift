/// Results on disk under the digest of everything they depend on. A result is written whole and
/// carries its own digest, so a torn or damaged file counts as absent; several builds may share one
/// folder at once.
///
/// The cache is an optimization and never a source of errors: what cannot be read is computed again,
/// what cannot be written is not kept.
package struct Cache: Sendable {
  /// Where the entries are.
  package let folder: String

  /// - Parameter folder: Where the entries live; made when the first is written.
  package init(folder: String) { self.folder = folder }

  /// A name for a result: a room, and the digest of what the result depends on.
  package struct Key: Hashable, Sendable {
    /// The kind of result, which is the name of a folder.
    package let namespace: String
    /// Of everything that the result depends on.
    package let digest: Digest

    /// - Parameters:
    ///   - room: A short folder name such as `formulas`.
    ///   - parts: Everything the result depends on, versions included.
    package init(namespace: String, _ parts: [String]) {
      self.namespace = namespace
      digest = Digest(of: [namespace] + parts)
    }
  }

  /// The file of a result, whether it exists or not.
  package func path(of key: Key) -> String { folder + "/" + Self.place(of: key).text }

  private static func place(of key: Key) -> RelativePath {
    let name = key.digest.description
    return RelativePath(
      found: Array("\(key.namespace)/\(name.prefix(2))/\(name.dropFirst(2))".utf8))
  }

  /// The result under a key; `nil` where there is none, or a damaged one.
  package func read(_ key: Key) -> [UInt8]? {
    let path = path(of: key)
    // The folder may have come with a stranger's files: no link in it is followed.
    guard let bytes = try? FileSystem.read(Self.place(of: key), in: folder), bytes.count >= 32
    else {
      return nil
    }
    let payload = Array(bytes[32...])
    guard Digest(of: payload).bytes == Array(bytes[..<32]) else { return nil }
    FileSystem.touch(path)
    return payload
  }

  /// Keeps a result under a key; where that fails, nothing is kept.
  package func write(_ payload: [UInt8], for key: Key) {
    guard !FileSystem.hasLink(above: Self.place(of: key), in: folder) else { return }
    try? FileSystem.write(Digest(of: payload).bytes + payload, to: path(of: key))
  }
}

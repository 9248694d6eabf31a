/// A cache of results on disk, keyed by the digest of everything that they depend on. Each result
/// is written atomically and carries its own digest, so a torn or damaged file counts as absent;
/// several builds may share one folder at the same time.
///
/// The cache is an optimization and never a source of errors: a result that cannot be read is
/// computed again, one that cannot be written is not kept.
package struct Cache: Sendable {
  /// The folder of the entries.
  package let folder: String

  /// - Parameter folder: The folder of the entries, created when the first one is written.
  package init(folder: String) { self.folder = folder }

  /// The key of a result: a namespace, and the digest of everything that the result depends on.
  package struct Key: Hashable, Sendable {
    /// The kind of result, which is the name of a folder.
    package let namespace: String
    /// The digest of everything that the result depends on.
    package let digest: Digest

    /// - Parameters:
    ///   - namespace: A short folder name such as `formulas`.
    ///   - parts: Everything that the result depends on, including versions.
    package init(namespace: String, _ parts: [String]) {
      self.namespace = namespace
      digest = Digest(of: [namespace] + parts)
    }
  }

  /// The path of a result's file, whether or not it exists.
  package func path(of key: Key) -> String { folder + "/" + Self.place(of: key).text }

  private static func place(of key: Key) -> RelativePath {
    let name = key.digest.description
    return RelativePath(
      found: Array("\(key.namespace)/\(name.prefix(2))/\(name.dropFirst(2))".utf8))
  }

  /// The result for a key; `nil` if there is none or it is damaged.
  package func read(_ key: Key) -> [UInt8]? {
    let path = path(of: key)
    // The folder may have come from a stranger, so no link in it is followed.
    guard let bytes = try? FileSystem.read(Self.place(of: key), in: folder), bytes.count >= 32
    else {
      return nil
    }
    let payload = Array(bytes[32...])
    guard Digest(of: payload).bytes == Array(bytes[..<32]) else { return nil }
    FileSystem.touch(path)
    return payload
  }

  /// Stores a result under a key; if that fails, nothing is stored.
  package func write(_ payload: [UInt8], for key: Key) {
    guard !FileSystem.hasLink(above: Self.place(of: key), in: folder) else { return }
    try? FileSystem.write(Digest(of: payload).bytes + payload, to: path(of: key))
  }
}

/// The files that builds have written into a folder: each path with the digests that its contents
/// may have. The list is stored in the folder itself, so it travels with the files: into a clone, a
/// copy or a branch, and with the folder in an exchange.
///
/// After a heading, there is one line per file: 64 hexadecimal digits, two spaces and the path, the
/// format of `sha256sum`, so that `sha256sum -c` can check a folder. No listed path can contain a
/// line feed.
///
/// The list may come from a stranger, so it is trusted only this far: malformed lines are ignored,
/// and a listed file counts as written by a build only if its contents have that digest.
struct FileList: Hashable, Sendable {
  static let name = ".sitegen-files"
  private static let heading = "# sitegen 1: the files that a build wrote here, and their SHA-256\n"

  private(set) var digests: [RelativePath: Set<Digest>] = [:]

  init() {}

  init(reading bytes: [UInt8]) {
    for line in bytes.split(separator: UInt8(ascii: "\n")) where line.count > 66 {
      guard let digest = Digest(hexadecimal: line.prefix(64)),
        line.dropFirst(64).prefix(2).elementsEqual("  ".utf8),
        let text = String(validating: line.dropFirst(66), as: UTF8.self),
        let path = try? RelativePath(checking: text)
      else { continue }
      add(digest, at: path)
    }
  }

  mutating func add(_ digest: Digest, at path: RelativePath) {
    digests[path, default: []].insert(digest)
  }

  mutating func formUnion(_ other: FileList) {
    digests.merge(other.digests) { $0.union($1) }
  }

  /// Whether a build wrote these bytes at the path.
  func holds(_ bytes: [UInt8], at path: RelativePath) -> Bool {
    digests[path].map { $0.contains(Digest(of: bytes)) } ?? false
  }

  /// The folders that contain files of the list.
  var folders: Set<RelativePath> {
    var folders: Set<RelativePath> = []
    for path in digests.keys {
      var inner = path.parent
      while let folder = inner, folders.insert(folder).inserted { inner = folder.parent }
    }
    return folders
  }

  /// The paths, ordered by bytes.
  var paths: [RelativePath] { digests.keys.sorted() }

  var bytes: [UInt8] {
    var text = Array(Self.heading.utf8)
    for path in paths {
      for digest in digests[path]!.map(\.description).sorted() {
        text += digest.utf8
        text += "  ".utf8
        text += path.bytes
        text.append(UInt8(ascii: "\n"))
      }
    }
    return text
  }
}

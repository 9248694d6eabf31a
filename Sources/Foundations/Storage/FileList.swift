/// What builds have written into a folder: each file's path with the digests of the bytes that it may
/// have. It is in the folder itself, so that it goes where the files go: into a clone, a copy or a
/// branch, and with the folder when that is exchanged.
///
/// After a heading, a line a file: 64 hexadecimal digits, two blanks, the path, as `sha256sum` writes
/// them, so that `sha256sum -c` can check a folder. No path that is listed can hold a line feed.
///
/// The list may come from a stranger, so it is believed in two ways only: a line that is none is left
/// out, and a file that a line names is taken for a build's own only if its bytes have that digest.
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

  /// The folders that files of the list are in.
  var folders: Set<RelativePath> {
    var folders: Set<RelativePath> = []
    for path in digests.keys {
      var inner = path.parent
      while let folder = inner, folders.insert(folder).inserted { inner = folder.parent }
    }
    return folders
  }

  /// Ordered by bytes.
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

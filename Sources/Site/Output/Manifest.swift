import Storage

/// What builds have written into a folder, by path, with the digest of the bytes.
///
/// A line a file: 64 hexadecimal digits, two blanks, the path — what `sha256sum` writes, so that
/// `sha256sum -c` can check a site too.
struct Manifest: Hashable, Sendable {
  var digests: [String: String] = [:]

  init() {}

  /// Reads what ``bytes`` wrote; lines that are none are left out.
  init(reading bytes: [UInt8]) {
    for line in bytes.split(separator: UInt8(ascii: "\n")) where line.count > 66 {
      let digest = String(decoding: line.prefix(64), as: UTF8.self)
      let path = String(decoding: line.dropFirst(66), as: UTF8.self)
      // A path that leaves the folder is none of ours, whoever wrote it here.
      guard !path.hasPrefix("/"), !path.split(separator: "/").contains("..") else { continue }
      digests[path] = digest
    }
  }

  var bytes: [UInt8] {
    var text: [UInt8] = []
    for path in paths {
      text += digests[path]!.utf8
      text += "  ".utf8
      text += path.utf8
      text.append(UInt8(ascii: "\n"))
    }
    return text
  }

  /// Ordered by UTF-8 bytes.
  var paths: [String] { digests.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
}

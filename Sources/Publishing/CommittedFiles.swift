/// The files of a folder in a commit.
package enum CommittedFiles {
  /// Reads files from a repository's object database; the working tree does not matter.
  ///
  /// - Parameters:
  ///   - folder: A folder within a working tree.
  ///   - subfolder: The folder to read, with all folders in it; relative to `folder`.
  ///   - revision: A commit: a branch, a tag, a hash, `HEAD~1`.
  /// - Returns: The files' bytes by their paths from `folder`; `nil` if git does not know the
  ///   commit.
  package static func read(
    _ subfolder: String, of folder: String, at revision: String
  ) async throws(PublishingError) -> [String: [UInt8]]? {
    let git = Git(folder: folder)
    let list = try await git.run(["ls-tree", "-r", "-z", revision, "--", subfolder])
    guard list.isSuccess else { return nil }
    var objects: [(path: String, name: String)] = []
    for entry in list.bytes.split(separator: 0) {
      // MODE TYPE OBJECT, a tab, and the path.
      let parts = entry.split(separator: UInt8(ascii: "\t"), maxSplits: 1)
      let fields = parts[0].split(separator: UInt8(ascii: " "))
      guard parts.count == 2, fields.count == 3, fields[1].elementsEqual("blob".utf8) else {
        continue
      }
      objects.append(
        (String(decoding: parts[1], as: UTF8.self), String(decoding: fields[2], as: UTF8.self)))
    }
    guard !objects.isEmpty else { return [:] }
    let input = objects.map { $0.name + "\n" }.joined()
    var contents = try await git.must(["cat-file", "--batch"], input: Array(input.utf8)).bytes[...]
    var files: [String: [UInt8]] = [:]
    for (path, name) in objects {
      // OBJECT TYPE SIZE, a line feed, the bytes, and a line feed.
      let header = contents.prefix { $0 != UInt8(ascii: "\n") }
      let size = header.split(separator: UInt8(ascii: " ")).last
        .flatMap { Int(String(decoding: $0, as: UTF8.self)) }
      let start = header.endIndex + 1
      guard header.starts(with: name.utf8), let size, size >= 0, contents.endIndex - start > size
      else { throw .git(command: "cat-file", reason: "it does not give the object \(name)") }
      files[path] = Array(contents[start..<start + size])
      contents = contents[(start + size + 1)...]
    }
    return files
  }
}

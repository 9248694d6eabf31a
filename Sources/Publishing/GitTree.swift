import Storage

/// A site in a repository's object database: its files and folders as git's blobs and trees,
/// without a ref to them.
struct GitTree: Sendable {
  /// The object name of the root's tree.
  let name: String

  private struct Entry {
    var mode: String
    var type: String
    var object: String
    var name: String
  }

  /// - Parameters:
  ///   - kept: Files of `parent` that stay if the site has none of that name.
  ///   - parent: The commit to build on; `nil` if there is none.
  init(
    of site: PublishableSite, keeping kept: [String], of parent: String?, in git: Git
  ) async throws(PublishingError) {
    var entries: [String: [Entry]] = ["": []]
    var paths = site.paths
    // Without it GitHub runs Jekyll over the site.
    if !paths.contains(".nojekyll") { paths.append(".nojekyll") }
    for (path, object) in zip(paths, try await Self.blobs(of: paths, in: site, git)) {
      let (folder, name) = Self.split(path)
      entries[folder, default: []].append(
        Entry(mode: "100644", type: "blob", object: object, name: name))
    }
    if let parent {
      for path in kept where !site.paths.contains(path) {
        let fields = try await git.must(["ls-tree", parent, "--", path]).text
          .split { $0 == " " || $0 == "\t" }.map(String.init)
        if fields.count >= 3, fields[1] == "blob" {
          entries["", default: []].append(
            Entry(mode: fields[0], type: "blob", object: fields[2], name: path))
        }
      }
    }
    name = try await Self.trees(entries, git)
  }

  /// Writes the files and returns the object names of their blobs, in order.
  private static func blobs(
    of paths: [String], in site: PublishableSite, _ git: Git
  ) async throws(PublishingError) -> [String] {
    var stream: [UInt8] = []
    for (index, path) in paths.enumerated() {
      guard (try? RelativePath(checking: path)) != nil else {
        throw .file(.outside(path: path, folder: "the site"))
      }
      let bytes: [UInt8]
      do throws(FileError) {
        bytes = path == ".nojekyll" && !site.paths.contains(path) ? [] : try site.read(path)
      } catch {
        throw .file(error)
      }
      stream += "blob\nmark :\(index + 1)\ndata \(bytes.count)\n".utf8
      stream += bytes
      stream += "\nget-mark :\(index + 1)\n".utf8
    }
    let output = try await git.must(["fast-import", "--quiet"], input: stream)
    let objects = output.text.split(separator: "\n").map(String.init)
    guard objects.count == paths.count else {
      throw .git(
        command: "fast-import", reason: "it names \(objects.count) files of \(paths.count)")
    }
    return objects
  }

  /// Writes the folders, the deepest first, and returns the object name of the root's tree.
  private static func trees(
    _ files: [String: [Entry]], _ git: Git
  ) async throws(PublishingError) -> String {
    var entries = files
    // A folder that holds only folders needs a tree too.
    for folder in files.keys {
      var inner = folder
      while !inner.isEmpty {
        inner = split(inner).folder
        if entries[inner] != nil { break }
        entries[inner] = []
      }
    }
    let levels = Dictionary(grouping: entries.keys) { depth(of: $0) }
    var root = ""
    for level in levels.keys.sorted(by: >) {
      let folders = levels[level]!.sorted()
      var input: [UInt8] = []
      for folder in folders {
        for entry in entries[folder]! {
          input += "\(entry.mode) \(entry.type) \(entry.object)\t\(entry.name)\0".utf8
        }
        input.append(0)
      }
      let output = try await git.must(["mktree", "-z", "--batch"], input: input)
      let objects = output.text.split(separator: "\n").map(String.init)
      guard objects.count == folders.count else {
        throw .git(
          command: "mktree", reason: "it names \(objects.count) folders of \(folders.count)")
      }
      for (folder, object) in zip(folders, objects) where !folder.isEmpty {
        let (parent, name) = split(folder)
        entries[parent]!.append(Entry(mode: "040000", type: "tree", object: object, name: name))
      }
      root = objects[0]
    }
    return root
  }

  private static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return ("", path) }
    return (String(path[..<slash]), String(path[path.utf8.index(after: slash)...]))
  }

  /// The number of components of a folder's path; 0 for the root.
  private static func depth(of folder: String) -> Int {
    folder.isEmpty ? 0 : folder.utf8.count { $0 == UInt8(ascii: "/") } + 1
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Files as the project needs them: read whole, and written so that a reader sees the old bytes or
/// the new ones, never a part of them. Errors are distinguished by what a user can do about them.
package enum FileSystem {
  /// An entry of a folder.
  package struct Entry: Hashable, Sendable {
    /// What an entry is; links are not followed.
    package enum Kind: Hashable, Sendable { case file, folder, link, other }
    /// The last part of the path.
    package let name: String
    /// What the entry is.
    package let kind: Kind
  }

  /// Metadata that changes when a file does, and that is cheap enough to poll.
  package struct Stamp: Hashable, Sendable {
    /// The size in bytes.
    package let size: Int
    /// The time of the last change, in nanoseconds since 1970.
    package let modifiedNanoseconds: Int
    /// The inode number, which changes when another file replaces this one.
    package let inode: UInt64
  }

  /// The maximum size of a file, since files are held in memory. It also stops files that only
  /// claim to be larger.
  package static let mostBytes = 2 << 30

  /// Reads a file. A pipe, a socket or a device is refused, since it may have no end.
  ///
  /// - Parameter limit: The maximum size; a larger file is refused before it is read.
  package static func read(
    _ path: String, atMost limit: Int = mostBytes
  ) throws(FileError) -> [UInt8] {
    // Without `O_NONBLOCK`, opening a pipe waits for a process that writes to it.
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw failure(path) }
    guard status.st_mode & S_IFMT != S_IFDIR else { throw .isDirectory(path: path) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }
    let limit = min(limit, mostBytes)
    guard status.st_size <= limit else {
      throw .tooLarge(path: path, bytes: Int(status.st_size), limit: limit)
    }
    return try readAll(descriptor, sizeHint: Int(status.st_size), path, atMost: limit)
  }

  /// Reads a descriptor to its end.
  ///
  /// - Parameter limit: The maximum number of bytes: a file may grow while it is read.
  static func readAll(
    _ descriptor: Int32, sizeHint: Int, _ path: String, atMost limit: Int = mostBytes
  ) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(sizeHint + 1)
    var chunk = [UInt8](repeating: 0, count: max(4096, min(sizeHint + 1, 1 << 20)))
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes {
        unsafe readDescriptor(descriptor, $0.baseAddress!, $0.count)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw failure(path)
      }
      if count == 0 { return bytes }
      bytes.append(contentsOf: chunk[..<count])
      guard bytes.count <= limit else {
        throw .tooLarge(path: path, bytes: bytes.count, limit: limit)
      }
    }
  }

  /// Writes a file under another name in the same folder and then renames it, creating the folders
  /// that are missing.
  package static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    let folder = parent(of: path)
    try makeFolder(folder)
    // The name does not include that of the file, which may already be as long as the file system
    // allows.
    let temporary = "\(folder)/.\(getpid())-\(UInt32.random(in: 0...(.max))).part"
    let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(path) }
    var problem = writeAll(bytes, to: descriptor, path)
    if close(descriptor) != 0, problem == nil { problem = failure(path) }
    if problem == nil, unsafe rename(temporary, path) != 0 { problem = failure(path) }
    if let problem {
      unsafe unlink(temporary)
      throw problem
    }
  }

  /// Whether a name is one that ``write(_:to:)`` gives to an unfinished file, of a process that is
  /// gone.
  static func isAbandoned(_ name: String) -> Bool {
    guard name.hasPrefix("."), name.hasSuffix(".part"),
      let process = name.dropFirst().split(separator: "-").first.flatMap({ pid_t($0) })
    else { return false }
    return kill(process, 0) != 0 && errno == ESRCH
  }

  /// Appends bytes to a file, in one piece as far as the system can, creating the file and its
  /// folders if they are missing. A link is not followed.
  package static func append(_ bytes: [UInt8], to path: String) throws(FileError) {
    try makeFolder(parent(of: path))
    let descriptor = unsafe open(
      path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(path) }
    var problem = writeAll(bytes, to: descriptor, path)
    if close(descriptor) != 0, problem == nil { problem = failure(path) }
    if let problem { throw problem }
  }

  static func writeAll(
    _ bytes: [UInt8], to descriptor: Int32, _ path: String
  ) -> FileError? {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe writeDescriptor(descriptor, $0.baseAddress! + written, bytes.count - written)
      }
      if count >= 0 {
        written += count
      } else if errno != EINTR {
        return failure(path)
      }
    }
    return nil
  }

  /// Moves a file or a folder, replacing what is at the new path.
  package static func move(_ path: String, to newPath: String) throws(FileError) {
    guard unsafe rename(path, newPath) == 0 else { throw failure(newPath) }
  }

  /// Creates a folder and those above it; one that exists is left as it is.
  package static func makeFolder(_ path: String) throws(FileError) {
    guard !path.isEmpty, path != "/", stamp(path) == nil else { return }
    try makeFolder(parent(of: path))
    if unsafe mkdir(path, 0o755) != 0, errno != EEXIST { throw failure(path) }
  }

  /// Removes a file; a missing one is not an error.
  package static func removeFile(_ path: String) throws(FileError) {
    guard unsafe unlink(path) == 0 || errno == ENOENT else { throw failure(path) }
  }

  /// Removes a file, or a folder with its contents. Links are removed, never followed.
  package static func removeTree(_ path: String) throws(FileError) {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else {
      if errno == ENOENT { return }
      throw failure(path)
    }
    guard status.st_mode & S_IFMT == S_IFDIR else { return try removeFile(path) }
    for entry in try list(path) { try removeTree(path + "/" + entry.name) }
    guard unsafe rmdir(path) == 0 else { throw failure(path) }
  }

  /// The entries of a folder, sorted by the UTF-8 bytes of their names, so that the order does not
  /// depend on the file system.
  package static func list(_ path: String) throws(FileError) -> [Entry] {
    guard let handle = unsafe opendir(path) else { throw failure(path) }
    defer { unsafe closedir(handle) }
    var entries: [Entry] = []
    while let item = unsafe readdir(handle) {
      let name = unsafe withUnsafePointer(to: &item.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name == "." || name == ".." { continue }
      var status = stat()
      guard unsafe lstat(path + "/" + name, &status) == 0 else {
        // Decoding changed a name that is not UTF-8: the entry exists, but cannot be asked for.
        if name.unicodeScalars.contains("\u{FFFD}") {
          entries.append(.init(name: name, kind: .other))
        }
        continue
      }
      let kind: Entry.Kind =
        switch status.st_mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .folder
        case S_IFLNK: .link
        default: .other
        }
      entries.append(Entry(name: name, kind: kind))
    }
    return entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// The metadata of a file; `nil` if nothing exists at the path. Links are followed.
  package static func stamp(_ path: String) -> Stamp? {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    return Stamp(
      size: Int(status.st_size),
      modifiedNanoseconds: status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec,
      inode: UInt64(status.st_ino))
  }

  /// Whether the path is that of a folder. Links are followed.
  package static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Sets the file's times to now: unused files are removed later.
  package static func touch(_ path: String) {
    _ = unsafe utimensat(AT_FDCWD, path, nil, AT_SYMLINK_NOFOLLOW)
  }

  /// The path with links, `.` and `..` resolved; `nil` if nothing exists there.
  package static func resolved(_ path: String) -> String? {
    guard let real = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }

  /// The resolved path of a file named relative to `folder`; an error if `..` or a link leads out
  /// of the folder, or if nothing exists there.
  package static func confined(_ relative: String, to folder: String) throws(FileError) -> String {
    guard let root = resolved(folder) else { throw .notFound(path: folder) }
    guard let real = resolved(root + "/" + relative) else { throw .notFound(path: relative) }
    guard real == root || real.utf8.starts(with: (root == "/" ? "/" : root + "/").utf8) else {
      throw .outside(path: relative, folder: folder)
    }
    return real
  }

  /// Whether the path itself is a link, whatever its target.
  package static func isLink(_ path: String) -> Bool {
    FileSystemPath(path).status()?.kind == .link
  }

  /// Whether anything exists at the path, even if it is only a dangling link.
  package static func exists(_ path: String) -> Bool { FileSystemPath(path).status() != nil }

  /// Reads a file below a folder, unless a folder above the file is a link.
  package static func read(
    _ relative: RelativePath, in folder: String
  ) throws(FileError) -> [UInt8] {
    if hasLink(above: relative, in: folder) { throw .isLink(path: relative.text) }
    return try FileSystemPath(folder).appending(relative).read()
  }

  /// Whether one of the folders above a file is a link.
  static func hasLink(above relative: RelativePath, in folder: String) -> Bool {
    let folder = FileSystemPath(folder)
    var inner = relative.parent
    while let path = inner {
      if folder.appending(path).status()?.kind == .link { return true }
      inner = path.parent
    }
    return false
  }

  /// The default folder in which a folder's new state is built: `.name.sitegen` beside it.
  package static func workplace(beside folder: String) -> String {
    let parent = parent(of: folder)
    return (parent == "/" ? "" : parent) + "/." + name(of: folder) + ".sitegen"
  }

  /// The last part of a path.
  package static func name(of path: String) -> String {
    path.utf8.split(separator: UInt8(ascii: "/")).last.map { String(decoding: $0, as: UTF8.self) }
      ?? path
  }

  /// Whether a name in a site is private to a person or a tool and not for pages: all names that
  /// begin with a dot, except the few that web servers ask for.
  package static func isHidden(_ name: some StringProtocol) -> Bool {
    name.utf8.first == UInt8(ascii: ".") && name != ".nojekyll" && name != ".well-known"
  }

  /// Reads a file that an article or a template names: everything that the texts of a site may read
  /// is read here.
  ///
  /// - Parameters:
  ///   - relative: Its path from `folder`; neither `..` nor a link may lead out of the folder.
  ///   - excluded: Folders below which nothing is read, such as those that builds write.
  ///   - limit: The maximum size; a larger file is refused before it is read.
  /// - Throws: ``FileError/hidden(path:)`` if a component of the path, with links resolved, is
  ///   hidden.
  package static func readVisible(
    _ relative: String, in folder: String, except excluded: [String] = [],
    atMost limit: Int = mostBytes
  ) throws(FileError) -> [UInt8] {
    let path = try visible(relative, in: folder, except: excluded)
    // The caller knows the file by the path that it asked for.
    do { return try read(path, atMost: limit) } catch { throw error.about(relative) }
  }

  /// The absolute path of a file that ``readVisible(_:in:except:atMost:)`` may read.
  package static func visible(
    _ relative: String, in folder: String, except excluded: [String] = []
  ) throws(FileError) -> String {
    // Checked before the file system is accessed, so that errors do not reveal which hidden files
    // exist.
    guard
      !relative.split(separator: "/").contains(where: { $0 != "." && $0 != ".." && isHidden($0) })
    else { throw .hidden(path: relative) }
    let real = try confined(relative, to: folder)
    let root = resolved(folder) ?? folder
    guard !real.dropFirst(root.count).split(separator: "/").contains(where: { isHidden($0) }),
      !excluded.contains(where: { real == $0 || real.utf8.starts(with: ($0 + "/").utf8) })
    else { throw .hidden(path: relative) }
    return real
  }

  /// The path without its last part.
  package static func parent(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The error that `errno` indicates, for a path.
  static func failure(_ path: String) -> FileError {
    switch errno {
    case ENOENT, ENOTDIR: .notFound(path: path)
    case EACCES, EPERM: .notPermitted(path: path)
    case EISDIR: .isDirectory(path: path)
    case ENOSPC, EDQUOT: .noSpace(path: path)
    case EROFS: .readOnly(path: path)
    case let code: .other(path: path, reason: unsafe String(cString: strerror(code)))
    }
  }
}

/// A C function whose name ``FileSystem`` uses for a method of its own.
private func readDescriptor(_ descriptor: Int32, _ to: UnsafeMutableRawPointer, _ n: Int) -> Int {
  unsafe read(descriptor, to, n)
}

private func writeDescriptor(_ descriptor: Int32, _ from: UnsafeRawPointer, _ n: Int) -> Int {
  unsafe write(descriptor, from, n)
}

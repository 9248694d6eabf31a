import CFileSystem

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A path of the file system as bytes, and the system calls on it. None of them follows a link at
/// the end of the path.
struct FileSystemPath: Hashable, Sendable {
  /// The bytes with a terminating zero, as C needs them.
  private let characters: [CChar]

  init(_ path: String) { characters = path.utf8.map(CChar.init(bitPattern:)) + [0] }

  private init(_ characters: [CChar]) { self.characters = characters }

  func appending(_ path: RelativePath) -> FileSystemPath {
    var characters = characters
    characters[characters.count - 1] = CChar(bitPattern: UInt8(ascii: "/"))
    characters.reserveCapacity(characters.count + path.bytes.count + 1)
    for byte in path.bytes { characters.append(CChar(bitPattern: byte)) }
    characters.append(0)
    return FileSystemPath(characters)
  }

  func appending(_ name: String) -> FileSystemPath {
    appending(RelativePath(found: Array(name.utf8)))
  }

  /// The path as text, for messages.
  var text: String {
    String(decoding: characters.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  // MARK: Reading

  /// The metadata of what is at a path.
  struct Status: Hashable, Sendable {
    enum Kind: Hashable, Sendable { case file, folder, link, other }
    let kind: Kind
    let size: Int
    let modifiedNanoseconds: Int
    let device: UInt64
    let inode: UInt64
    /// The permission bits.
    let mode: UInt32
    let owner: UInt32
    let group: UInt32

    /// Whether both are the same file, unchanged as far as its size and its date show.
    func isSameVersion(as other: Status) -> Bool {
      isSameNode(as: other) && size == other.size
        && modifiedNanoseconds == other.modifiedNanoseconds
    }

    /// Whether both are the same file or folder, under any names.
    func isSameNode(as other: Status) -> Bool { inode == other.inode && device == other.device }
  }

  /// The metadata; `nil` if nothing exists at the path.
  func status() -> Status? {
    var status = stat()
    guard unsafe lstat(characters, &status) == 0 else { return nil }
    return Self.status(status)
  }

  private static func status(_ status: stat) -> Status {
    let kind: Status.Kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFLNK: .link
      default: .other
      }
    #if canImport(Darwin)
      let modified = status.st_mtimespec
    #else
      let modified = status.st_mtim
    #endif
    return Status(
      kind: kind, size: Int(status.st_size),
      modifiedNanoseconds: modified.tv_sec * 1_000_000_000 + modified.tv_nsec,
      device: UInt64(status.st_dev), inode: UInt64(status.st_ino),
      mode: UInt32(status.st_mode) & 0o7777, owner: status.st_uid, group: status.st_gid)
  }

  /// The names in a folder, in no particular order.
  func names() throws(FileError) -> [[UInt8]] {
    let descriptor = try openFolder()
    guard let handle = unsafe fdopendir(descriptor) else {
      defer { close(descriptor) }
      throw failure()
    }
    defer { unsafe closedir(handle) }
    var names: [[UInt8]] = []
    while let item = unsafe readdir(handle) {
      let name = unsafe withUnsafeBytes(of: &item.pointee.d_name) { buffer in
        unsafe Array(buffer.prefix { $0 != 0 })
      }
      if name != [46], name != [46, 46] { names.append(name) }
    }
    return names
  }

  /// Reads a regular file; a pipe, a device or a link is an error.
  func read() throws(FileError) -> [UInt8] {
    let descriptor = unsafe open(characters, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure() }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw failure() }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .isDirectory(path: text)
    default: throw .notAFile(path: text)
    }
    return try FileSystem.readAll(descriptor, sizeHint: Int(status.st_size), text)
  }

  // MARK: Writing

  /// Creates a file that does not exist yet, and waits until it is on disk if `isSynced`.
  func create(_ bytes: [UInt8], isSynced: Bool) throws(FileError) {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let descriptor = unsafe open(characters, flags, 0o644)
    guard descriptor >= 0 else { throw failure() }
    var problem = FileSystem.writeAll(bytes, to: descriptor, text)
    if problem == nil, isSynced, fsync(descriptor) != 0 { problem = failure() }
    if close(descriptor) != 0, problem == nil { problem = failure() }
    if let problem { throw problem }
  }

  func makeFolder() throws(FileError) {
    guard unsafe mkdir(characters, 0o755) == 0 else { throw failure() }
  }

  /// Gives a new folder the permissions and the owner of the one that it replaces.
  func takeOn(_ status: Status) throws(FileError) {
    guard let own = self.status(), own.kind == .folder else { throw failure() }
    if own.owner != status.owner || own.group != status.group {
      guard unsafe lchown(characters, status.owner, status.group) == 0 else { throw failure() }
    }
    if own.mode != status.mode {
      guard unsafe chmod(characters, mode_t(status.mode)) == 0 else { throw failure() }
    }
  }

  /// Gives a file or a link a second name, as a hard link.
  func link(to other: FileSystemPath) throws(FileError) {
    let directory = AT_FDCWD
    guard unsafe linkat(directory, characters, directory, other.characters, 0) == 0 else {
      throw other.failure()
    }
  }

  /// Moves a file or a folder, replacing a file at the other path.
  func move(to other: FileSystemPath) throws(FileError) {
    guard unsafe rename(characters, other.characters) == 0 else { throw other.failure() }
  }

  /// - Returns: Whether the other path was free.
  func moveWithoutReplacing(_ other: FileSystemPath) throws(FileError) -> Bool {
    if unsafe cd_move_without_replacing(characters, other.characters) == 0 { return true }
    if errno == EEXIST || errno == ENOTEMPTY { return false }
    guard errno == ENOSYS || errno == EINVAL || errno == ENOTSUP else { throw other.failure() }
    guard other.status() == nil else { return false }
    try move(to: other)
    return true
  }

  /// Exchanges two folders atomically.
  ///
  /// - Returns: `false` if that is not possible with these folders.
  func exchange(with other: FileSystemPath) -> Bool {
    unsafe cd_exchange(characters, other.characters) == 0
  }

  func remove() throws(FileError) {
    guard unsafe unlink(characters) == 0 || errno == ENOENT else { throw failure() }
  }

  /// Removes a folder if it is empty.
  ///
  /// - Returns: Whether it is gone.
  @discardableResult
  func removeIfEmpty() throws(FileError) -> Bool {
    if unsafe rmdir(characters) == 0 || errno == ENOENT { return true }
    guard errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR else { throw failure() }
    return false
  }

  /// Removes a file, or a folder with its contents; links are removed, not followed.
  func removeTree() throws(FileError) {
    guard let status = status() else { return }
    guard status.kind == .folder else { return try remove() }
    for name in try names() { try appending(RelativePath(found: name)).removeTree() }
    guard unsafe rmdir(characters) == 0 || errno == ENOENT else { throw failure() }
  }

  /// Waits until the entries of a folder are on disk.
  func sync() throws(FileError) { try withFolder { fsync($0) } }

  /// Waits until everything on the folder's file system is on disk.
  func syncFileSystem() throws(FileError) { try withFolder { cd_sync_file_system($0) } }

  func openFolder() throws(FileError) -> Int32 {
    let descriptor = unsafe open(characters, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure() }
    return descriptor
  }

  private func withFolder(_ body: (Int32) -> Int32) throws(FileError) {
    let descriptor = try openFolder()
    defer { close(descriptor) }
    // Some file systems cannot sync a folder and say so; that is not an error.
    guard body(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP else { throw failure() }
  }

  /// Opens a file for locking, creating it if it is missing.
  func openToLock() throws(FileError) -> Int32 {
    let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
    let descriptor = unsafe open(characters, flags, 0o644)
    guard descriptor >= 0 else { throw failure() }
    return descriptor
  }

  func failure() -> FileError {
    errno == ELOOP ? .isLink(path: text) : FileSystem.failure(text)
  }
}

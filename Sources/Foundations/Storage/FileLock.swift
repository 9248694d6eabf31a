#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A lock that processes share through a file, and that the system releases when its holder dies.
enum FileLock {
  /// Waits until no one else holds the lock of a workplace, and holds it while `body` runs. The
  /// workplace is created for the lock, and removed afterwards if it is empty.
  static func holding<Result>(
    _ workplace: FileSystemPath, _ body: () throws(FileError) -> Result
  ) throws(FileError) -> Result {
    let file = workplace.appending("lock")
    let descriptor = try take(file, in: workplace)
    defer {
      // Remove the file while it is locked: a process that waits for it notices, and opens the new
      // one.
      try? file.remove()
      _ = try? workplace.removeIfEmpty()
      close(descriptor)
    }
    return try body()
  }

  /// Waits until no one else holds the lock of a folder beside which nothing may be created, and
  /// holds it while `body` runs.
  static func holding<Result>(
    folder: FileSystemPath, _ body: () throws(FileError) -> Result
  ) throws(FileError) -> Result {
    let descriptor = try folder.openFolder()
    defer { close(descriptor) }
    if let failure = wait(for: descriptor, folder) { throw failure }
    return try body()
  }

  private static func take(_ file: FileSystemPath, in workplace: FileSystemPath) throws(FileError)
    -> Int32
  {
    while true {
      try make(workplace)
      let descriptor: Int32
      do throws(FileError) {
        descriptor = try file.openToLock()
      } catch .notFound {
        // The previous holder of the lock removed the workplace.
        continue
      }
      if let failure = wait(for: descriptor, file) {
        close(descriptor)
        throw failure
      }
      var held = stat()
      if unsafe fstat(descriptor, &held) == 0, let there = file.status(),
        there.inode == UInt64(held.st_ino)
      {
        return descriptor
      }
      close(descriptor)
    }
  }

  private static func wait(for descriptor: Int32, _ file: FileSystemPath) -> FileError? {
    while flock(descriptor, LOCK_EX) != 0 {
      if errno == EINTR { continue }
      // A network file system without locks is no reason to refuse to write.
      return errno == ENOLCK || errno == ENOTSUP || errno == ENOSYS ? nil : file.failure()
    }
    return nil
  }

  private static func make(_ workplace: FileSystemPath) throws(FileError) {
    let text = workplace.text
    try FileSystem.makeFolder(FileSystem.parent(of: text))
    do throws(FileError) {
      try workplace.makeFolder()
    } catch {
      switch workplace.status()?.kind {
      case .folder: return
      case .link: throw .isLink(path: text)
      case .file, .other: throw .notADirectory(path: text)
      case nil: throw error
      }
    }
  }
}

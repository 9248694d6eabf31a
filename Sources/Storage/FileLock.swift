#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A lock that programs share by a file's name, and that the system takes back from one that dies.
package enum FileLock {
  /// Waits until no one else holds the lock, and holds it while `body` runs.
  package static func holding<Result>(
    _ path: String, _ body: () throws(FileError) -> Result
  ) throws(FileError) -> Result {
    let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Disc.failure(path) }
    defer { close(descriptor) }
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else { throw Disc.failure(path) }
    }
    return try body()
  }
}

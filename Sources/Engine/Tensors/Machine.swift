#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// What a workspace asks of the machine under it.
enum Machine {
  #if hasFeature(Embedded)
    /// As much as an index of 32 bits reaches.
    static let memory = Int(Int32.max)

    static func allocate(_ bytes: Int) -> UnsafeMutableRawPointer? {
      .allocate(byteCount: bytes, alignment: 64)
    }

    static func free(_ memory: UnsafeMutableRawPointer?) { unsafe memory?.deallocate() }
  #else
    /// Bytes.
    static let memory =
      max(sysconf(Int32(_SC_PHYS_PAGES)), 1) * max(sysconf(Int32(_SC_PAGESIZE)), 1)

    /// Memory at the start of a line of the caches; much of it on large pages where the system has
    /// them, which is a tenth faster to stream through.
    ///
    /// - Returns: nil where there is not as much left.
    static func allocate(_ bytes: Int) -> UnsafeMutableRawPointer? {
      var memory: UnsafeMutableRawPointer?
      let largePage = 1 << 21
      let isLarge = bytes >= largePage
      guard unsafe posix_memalign(&memory, isLarge ? largePage : 64, bytes) == 0 else {
        return nil
      }
      #if os(Linux)
        if isLarge { _ = unsafe madvise(memory, bytes, MADV_HUGEPAGE) }
      #endif
      return unsafe memory
    }

    static func free(_ memory: UnsafeMutableRawPointer?) {
      #if canImport(Glibc)
        unsafe Glibc.free(memory)
      #else
        unsafe Darwin.free(memory)
      #endif
    }
  #endif
}

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The machine's memory.
enum Machine {
  #if hasFeature(Embedded)
    /// Bytes that a 32-bit index reaches.
    static let memory = Int(Int32.max)

    static func allocate(_ bytes: Int) -> UnsafeMutableRawPointer? {
      .allocate(byteCount: bytes, alignment: 64)
    }

    static func free(_ memory: UnsafeMutableRawPointer?) { unsafe memory?.deallocate() }
  #else
    /// Bytes of physical memory.
    static let memory =
      max(sysconf(Int32(_SC_PHYS_PAGES)), 1) * max(sysconf(Int32(_SC_PAGESIZE)), 1)

    /// Memory aligned to cache lines; large blocks are on large pages where the system has them,
    /// which makes streaming a tenth faster.
    ///
    /// - Returns: nil if there is not enough memory left.
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

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The server's system calls, each once; none blocks, except ``wait(_:milliseconds:)``.
enum LoopbackSocket {
  enum Transfer: Hashable {
    case bytes(Int)
    /// Not possible now; ``wait(_:milliseconds:)`` returns when it is.
    case blocked
    /// The peer has closed its side, or the connection.
    case ended
  }

  /// Listens on the loopback address, which no other machine reaches.
  ///
  /// - Parameter port: 0 takes any free one.
  /// - Returns: The socket and the port that it has.
  static func listen(port: UInt16) throws(PreviewError) -> (socket: Int32, port: UInt16) {
    #if canImport(Glibc)
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    guard descriptor >= 0 else { throw failure(port) }
    prepare(descriptor)
    set(descriptor, SOL_SOCKET, SO_REUSEADDR)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = unsafe withUnsafeMutablePointer(to: &address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(descriptor, $0, length) == 0 && startListening(descriptor)
          && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard isBound else {
      let failure = failure(port)
      close(descriptor)
      throw failure
    }
    return (descriptor, UInt16(bigEndian: address.sin_port))
  }

  /// The next connection; `nil` if there is none or no more can be opened.
  static func accept(_ listener: Int32) -> (socket: Int32?, isOutOfSockets: Bool) {
    let descriptor = nextConnection(listener)
    guard descriptor >= 0 else {
      return (nil, [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(errno))
    }
    prepare(descriptor)
    set(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY)
    return (descriptor, false)
  }

  /// The two ends of a pipe that wakes ``wait(_:milliseconds:)``.
  static func makePipe() throws(PreviewError) -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { throw failure(0) }
    for end in ends { prepare(end) }
    return (ends[0], ends[1])
  }

  /// Receives the bytes that have arrived into `buffer`.
  static func receive(_ socket: Int32, into buffer: inout [UInt8]) -> Transfer {
    transfer(
      unsafe buffer.withUnsafeMutableBytes { unsafe recv(socket, $0.baseAddress, $0.count, 0) })
  }

  /// Sends as many bytes as the system takes.
  static func send(_ socket: Int32, _ bytes: ArraySlice<UInt8>) -> Transfer {
    #if canImport(Glibc)
      let flags = Int32(MSG_NOSIGNAL)
    #else
      let flags: Int32 = 0
    #endif
    return transfer(
      unsafe bytes.withUnsafeBytes { unsafe sendBytes(socket, $0.baseAddress, $0.count, flags) })
  }

  /// Closes the sending side; the peer may still send.
  static func finish(_ socket: Int32) { _ = shutdown(socket, Int32(SHUT_WR)) }

  static func close(_ descriptor: Int32) { _ = closeDescriptor(descriptor) }

  /// Wakes the thread that waits at the other end of a pipe.
  static func wake(_ writing: Int32) {
    var byte: UInt8 = 0
    _ = unsafe write(writing, &byte, 1)
  }

  /// Reads what ``wake(_:)`` wrote.
  static func drain(_ reading: Int32) {
    var bytes = [UInt8](repeating: 0, count: 256)
    while unsafe read(reading, &bytes, bytes.count) == bytes.count {}
  }

  /// Waits until something can be done with one of the descriptors, or the time is up.
  static func wait(_ descriptors: inout [pollfd], milliseconds: Int32) {
    let count = nfds_t(descriptors.count)
    _ = unsafe poll(&descriptors, count, milliseconds)
  }

  private static func transfer(_ count: Int) -> Transfer {
    if count > 0 { return .bytes(count) }
    if count < 0, errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR { return .blocked }
    return .ended
  }

  /// Sets a descriptor to close on exec and to be nonblocking.
  private static func prepare(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL, 0) | O_NONBLOCK)
    #if canImport(Darwin)
      set(descriptor, SOL_SOCKET, SO_NOSIGPIPE)
    #endif
  }

  private static func set(_ descriptor: Int32, _ level: Int32, _ option: Int32) {
    var on: Int32 = 1
    _ = unsafe setsockopt(descriptor, level, option, &on, socklen_t(MemoryLayout<Int32>.size))
  }

  private static func failure(_ port: UInt16) -> PreviewError {
    switch errno {
    case EADDRINUSE: .portInUse(port)
    case EACCES: .portNotPermitted(port)
    case let code: .server(reason: unsafe String(cString: strerror(code)))
    }
  }
}

/// Wrappers of the C functions whose names ``LoopbackSocket`` shadows.
private func startListening(_ descriptor: Int32) -> Bool { listen(descriptor, 64) == 0 }

private func nextConnection(_ listener: Int32) -> Int32 { accept(listener, nil, nil) }

private func closeDescriptor(_ descriptor: Int32) -> Int32 { close(descriptor) }

private func sendBytes(
  _ socket: Int32, _ bytes: UnsafeRawPointer?, _ count: Int, _ flags: Int32
) -> Int {
  unsafe send(socket, bytes, count, flags)
}

import Foundation
import Testing

@testable import Preview

/// A client that can send what no library would, and reads the answers byte for byte.
final class RawClient {
  struct Answer {
    var status = 0
    /// Keyed by the headers' names in lower case.
    var headers: [String: String] = [:]
    var body = ""
  }

  private let socket: Int32
  private var received: [UInt8] = []

  init(port: UInt16) throws {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var patience = timeval(tv_sec: 10, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      unsafe setsockopt(
        socket, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
    }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let result = unsafe withUnsafePointer(to: &address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    try #require(result == 0)
  }

  deinit { close(socket) }

  /// Sends as much as the server takes.
  ///
  /// - Returns: Whether it took all.
  @discardableResult
  func send(_ text: String) -> Bool {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// Closes the sending side of the connection.
  func finish() { shutdown(socket, Int32(SHUT_WR)) }

  /// - Returns: Whether more bytes arrived.
  private func receive() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = unsafe recv(socket, &buffer, buffer.count, 0)
    if count > 0 { received += buffer[..<count] }
    return count > 0
  }

  /// The next answer; its status is 0 if the connection ends first.
  func answer(hasBody: Bool = true) -> Answer {
    let end = Array("\r\n\r\n".utf8)
    while true {
      if let place = received.firstRange(of: end) {
        let head = String(decoding: received[..<place.lowerBound], as: UTF8.self)
        received.removeFirst(place.upperBound)
        return answer(head, hasBody)
      }
      guard receive() else { return Answer() }
    }
  }

  private func answer(_ head: String, _ hasBody: Bool) -> Answer {
    var lines = head.components(separatedBy: "\r\n")
    var answer = Answer(status: Int(lines.removeFirst().split(separator: " ")[1]) ?? 0)
    for line in lines {
      let parts = line.components(separatedBy: ": ")
      answer.headers[parts[0].lowercased()] = parts[1]
    }
    let length = hasBody ? Int(answer.headers["content-length"] ?? "") ?? 0 : 0
    while received.count < length, receive() {}
    answer.body = String(decoding: received.prefix(length), as: UTF8.self)
    received.removeFirst(min(length, received.count))
    return answer
  }

  /// The number of bytes that arrive until the server ends the connection; `nil` if it does not.
  func bytesUntilEnd() -> Int? {
    errno = 0
    while receive() {}
    return errno == EAGAIN ? nil : received.count
  }
}

/// A request with the headers that the server requires.
func request(_ target: String, port: UInt16, method: String = "GET", _ headers: String = "")
  -> String
{
  "\(method) \(target) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\(headers)\r\n"
}

/// Runs code that blocks on a socket on a thread of its own, outside the shared threads of tasks.
func onThread<Result: Sendable>(
  _ body: @escaping @Sendable () throws -> Result
) async throws -> Result {
  try await withCheckedThrowingContinuation { continuation in
    Thread.detachNewThread { continuation.resume(with: Swift.Result { try body() }) }
  }
}

/// Runs a server while `body` sends it requests.
func withServer(
  _ limits: HTTPLimits = HTTPLimits(), state: PreviewState = shown(exampleSite),
  _ body: @escaping @Sendable (_ port: UInt16, _ server: PreviewServer) throws -> Void
) async throws {
  let server = try PreviewServer(port: 0, limits)
  let handler = PreviewHandler(
    basePath: "/", authorities: AllowedAuthorities(port: server.port), state: state)
  try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask { await server.run { handler.answer(to: $0, isLast: $1) } }
    group.addTask { try await onThread { try body(server.port, server) } }
    defer { group.cancelAll() }
    try await group.next()
  }
}

func shown(_ build: PreviewBuild) -> PreviewState {
  let state = PreviewState()
  state.show(build)
  return state
}

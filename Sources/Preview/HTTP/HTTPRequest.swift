/// The head of a request, which is all of it: the preview accepts no request with a body.
package struct HTTPRequest: Hashable, Sendable {
  struct Header: Hashable, Sendable {
    /// In lower case.
    var name: String
    /// Without leading or trailing spaces and tabs.
    var value: String
  }

  var method: String
  /// The host and port of an absolute target, such as those sent to a proxy; `nil` for other
  /// targets.
  var authority: String?
  /// As it was sent: percent-encoded, beginning with a slash.
  var path: String
  /// The text after the question mark; `nil` without one.
  var query: String?
  /// The digit after `HTTP/1.`.
  var minorVersion = 1
  var headers: [Header] = []

  /// The value of a header; `nil` where it is missing or repeated.
  subscript(name: String) -> String? {
    let values = headers.filter { $0.name == name }
    return values.count == 1 ? values[0].value : nil
  }

  /// Whether the client intends to send another request over the same connection.
  var keepsAlive: Bool {
    minorVersion > 0
      && !headers.contains {
        $0.name == "connection"
          && $0.value.split(separator: ",").contains { $0.lowercased().contains("close") }
      }
  }

  /// Whether bytes follow that belong to this request.
  var hasBody: Bool {
    headers.contains {
      $0.name == "transfer-encoding" || ($0.name == "content-length" && $0.value != "0")
    }
  }
}

/// Why a request is refused before its target is looked up.
package struct HTTPFault: Error, Hashable, Sendable {
  var status: Int
  var reason: String

  static func bad(_ reason: String) -> HTTPFault { HTTPFault(status: 400, reason: reason) }
}

extension HTTPRequest {
  /// Reads a head by the grammar of RFC 9112, in one pass.
  ///
  /// What a lenient reader would repair is refused, because two readers may repair it differently:
  /// spaces before a colon, folded lines, control characters, two lengths.
  ///
  /// - Parameter lines: Without their line endings; the request line first.
  init(_ lines: [ArraySlice<UInt8>]) throws(HTTPFault) {
    let parts = (lines.first ?? []).split(
      separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard parts.count == 3, !parts[0].isEmpty, parts[0].allSatisfy(Self.isToken) else {
      throw .bad("the request line cannot be read")
    }
    method = String(decoding: parts[0], as: UTF8.self)
    minorVersion = try Self.minorVersion(parts[2])
    (authority, path, query) = try Self.target(parts[1])
    headers.reserveCapacity(lines.count)
    for line in lines.dropFirst() { headers.append(try Self.header(line)) }
    try checkFraming()
  }

  private static func minorVersion(_ text: ArraySlice<UInt8>) throws(HTTPFault) -> Int {
    switch String(decoding: text, as: UTF8.self) {
    case "HTTP/1.1": return 1
    case "HTTP/1.0": return 0
    case let other where other.hasPrefix("HTTP/"):
      throw HTTPFault(status: 505, reason: "only HTTP/1.1 is spoken here")
    default: throw .bad("the request line cannot be read")
    }
  }

  private static func target(
    _ bytes: ArraySlice<UInt8>
  ) throws(HTTPFault) -> (authority: String?, path: String, query: String?) {
    guard bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F }),
      let text = String(validating: bytes, as: UTF8.self)
    else { throw .bad("the address has characters that no address has") }
    var rest = text[...]
    var authority: String?
    if !rest.hasPrefix("/") {
      guard rest.prefix(7).lowercased() == "http://" else {
        throw .bad("the address is none of this server's")
      }
      rest = rest.dropFirst(7)
      authority = String(rest.prefix { $0 != "/" && $0 != "?" })
      rest = rest.dropFirst(authority?.count ?? 0)
    }
    let path = rest.prefix { $0 != "?" }
    let query = rest.dropFirst(path.count)
    return (
      authority, path.isEmpty ? "/" : String(path), query.isEmpty ? nil : String(query.dropFirst())
    )
  }

  private static func header(_ line: ArraySlice<UInt8>) throws(HTTPFault) -> Header {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
      line[..<colon].allSatisfy(isToken)
    else { throw .bad("a header's name cannot be read") }
    var value = line[(colon + 1)...]
    while let first = value.first, isBlank(first) { value.removeFirst() }
    while let last = value.last, isBlank(last) { value.removeLast() }
    guard value.allSatisfy({ ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 }) else {
      throw .bad("a header's value has control characters")
    }
    return Header(
      name: String(decoding: line[..<colon], as: UTF8.self).lowercased(),
      value: String(decoding: value, as: UTF8.self))
  }

  /// Refuses a head whose body length is ambiguous: two readers must agree where a request ends.
  private func checkFraming() throws(HTTPFault) {
    let lengths = headers.filter { $0.name == "content-length" }
    let isChunked = headers.contains { $0.name == "transfer-encoding" }
    guard lengths.count <= 1, !(isChunked && !lengths.isEmpty),
      lengths.allSatisfy({ !$0.value.isEmpty && $0.value.utf8.allSatisfy { 48...57 ~= $0 } })
    else { throw .bad("the length of the body is ambiguous") }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }

  /// Whether a byte may be part of the name of a method or header.
  private static func isToken(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}

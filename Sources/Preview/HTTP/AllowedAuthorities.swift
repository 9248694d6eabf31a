/// The hosts that a request to this preview may name.
///
/// A page elsewhere can make a browser send requests to this server under a domain name that its
/// owner has pointed at the loopback address (DNS rebinding), and then read the answer. So a name
/// is compared whole, byte for byte, with the few names of this server and never parsed: where
/// nothing is parsed, no parser can be fooled.
struct AllowedAuthorities: Sendable {
  /// The names that a user may type, the likeliest first.
  let names: [String]
  private let bytes: Set<[UInt8]>

  init(port: UInt16) {
    let hosts = ["127.0.0.1", "localhost", "[::1]"]
    // Browsers leave out the port of the scheme.
    names = hosts.map { "\($0):\(port)" } + (port == 80 ? hosts : [])
    bytes = Set(names.map { Array($0.utf8) })
  }

  /// Whether a `Host` header, or the authority of a target, names this server.
  func contains(host: String) -> Bool { bytes.contains(host.utf8.map(Self.lowercased)) }

  /// Whether an `Origin` header names a page of this server.
  func contains(origin: String) -> Bool {
    let scheme = "http://"
    return origin.hasPrefix(scheme) && contains(host: String(origin.dropFirst(scheme.count)))
  }

  /// Lowercases ASCII letters only: other letters whose lowercase form is ASCII are not part of a
  /// host name.
  private static func lowercased(_ byte: UInt8) -> UInt8 {
    UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
  }
}

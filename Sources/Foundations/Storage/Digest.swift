#if canImport(CryptoKit)
  import CryptoKit
#else
  import CGcrypt
#endif

/// A SHA-256 digest, which names a cached result and tells whether two files are equal.
package struct Digest: Hashable, Sendable, CustomStringConvertible {
  /// The 32 bytes.
  package let bytes: [UInt8]

  /// The digest of bytes.
  package init(of data: [UInt8]) { bytes = sha256(data) }

  /// A digest from its bytes.
  init(bytes: [UInt8]) {
    precondition(bytes.count == 32, "a SHA-256 digest has 32 bytes, not \(bytes.count)")
    self.bytes = bytes
  }

  /// Parses what ``description`` returns.
  init?(hexadecimal digits: some Collection<UInt8>) {
    guard digits.count == 64 else { return nil }
    var bytes: [UInt8] = []
    var high: UInt8?
    for digit in digits {
      let value: UInt8
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
      default: return nil
      }
      if let first = high {
        bytes.append(first << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    self.bytes = bytes
  }

  /// The digest of a list of texts, each preceded by its length, which keeps different lists apart.
  package init(of parts: [String]) {
    var data: [UInt8] = []
    for part in parts {
      data.append(contentsOf: "\(part.utf8.count):".utf8)
      data.append(contentsOf: part.utf8)
    }
    self.init(of: data)
  }

  /// 64 lower-case hexadecimal digits.
  package var description: String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(64)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}

#if canImport(CryptoKit)
  private func sha256(_ data: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: data)) }
#else
  /// Whether libgcrypt is ready: it requires this version check before any other call.
  private let isReady: Bool = unsafe gcry_check_version(nil) != nil

  private func sha256(_ data: [UInt8]) -> [UInt8] {
    precondition(isReady, "libgcrypt did not start")
    var digest = [UInt8](repeating: 0, count: 32)
    unsafe data.withUnsafeBytes { input in
      unsafe digest.withUnsafeMutableBytes { output in
        unsafe gcry_md_hash_buffer(
          Int32(GCRY_MD_SHA256.rawValue), output.baseAddress!, input.baseAddress, input.count)
      }
    }
    return digest
  }
#endif

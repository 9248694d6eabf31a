extension [UInt8] {
  /// The UTF-8 text with U+FFFD in place of each character that neither a page nor a feed may
  /// contain: the control characters except tab and line endings, U+FFFE and U+FFFF.
  ///
  /// - Source: *Extensible Markup Language 1.0*, production 2; *HTML Living Standard*, §13.2.3.5.
  package func replacingControlCharacters() -> [UInt8] {
    var cleaned: [UInt8] = []
    var copied = startIndex
    // Almost no byte can start such a character.
    for index in indices where self[index] < 32 || self[index] == 0x7F || self[index] == 0xEF {
      let length = Self.controlLength(self[index...])
      guard length > 0 else { continue }
      cleaned += self[copied..<index]
      cleaned += "\u{FFFD}".utf8
      copied = index + length
    }
    return copied == startIndex ? self : cleaned + self[copied...]
  }

  /// The length in bytes of a forbidden character at the start; 0 if the character is allowed.
  private static func controlLength(_ bytes: ArraySlice<UInt8>) -> Int {
    let start = bytes.startIndex
    switch bytes[start] {
    case 9, 10, 13: return 0
    case ..<32, 0x7F: return 1
    case 0xEF:
      let isLast = bytes.count > 2 && bytes[start + 1] == 0xBF && bytes[start + 2] >= 0xBE
      return isLast ? 3 : 0
    default: return 0
    }
  }
}

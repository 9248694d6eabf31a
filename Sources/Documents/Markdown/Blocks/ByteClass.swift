/// A set of bytes that are special to the parsers, as a lookup table.
struct ByteClass: Sendable {
  /// By byte, 1 for members of the set. For loops in other files, into which nothing is inlined
  /// when each file is compiled separately.
  let flags: [UInt8]

  init(_ member: (UInt8) -> Bool) { flags = (0...255).map { member(UInt8($0)) ? 1 : 0 } }

  init(of bytes: String) {
    var flags = [UInt8](repeating: 0, count: 256)
    for byte in bytes.utf8 { flags[Int(byte)] = 1 }
    self.flags = flags
  }

  @inline(__always) subscript(byte: UInt8) -> Bool { flags[Int(byte)] != 0 }

  /// The ASCII characters that a backslash can escape.
  static let punctuation = ByteClass(of: "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
  /// The bytes with which a block other than a paragraph may start.
  static let blockStart = ByteClass(of: "#>`~<=-_*+0123456789{[:^$|")
}

@inline(__always) func isSpaceOrTab(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

/// Space, tab, newline, carriage return, form feed, vertical tab.
@inline(__always) func isWhitespace(_ byte: UInt8) -> Bool {
  byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
}

@inline(__always) func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

@inline(__always) func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

@inline(__always) func isAlphanumeric(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }

@inline(__always) func lowercased(_ byte: UInt8) -> UInt8 {
  byte &- 0x41 < 26 ? byte | 0x20 : byte
}

/// Decoding of UTF-8 that is known to be valid except for single zero bytes.
extension Array<UInt8> {
  /// The scalar that starts at `index`; U+FFFD for a zero byte.
  @inline(__always) func scalar(at index: Int) -> UInt32 {
    let lead = self[index]
    if lead < 0x80 { return lead == 0 ? 0xFFFD : UInt32(lead) }
    func tail(_ offset: Int) -> UInt32 {
      index + offset < count ? UInt32(self[index + offset] & 0x3F) : 0
    }
    if lead < 0xE0 { return UInt32(lead & 0x1F) << 6 | tail(1) }
    if lead < 0xF0 { return UInt32(lead & 0x0F) << 12 | tail(1) << 6 | tail(2) }
    return UInt32(lead & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3)
  }

  /// The scalar that ends before `index`, within `start...`; `nil` at the start.
  @inline(__always) func scalar(before index: Int, from start: Int) -> UInt32? {
    guard index > start else { return nil }
    var at = index - 1
    while at > start, self[at] & 0xC0 == 0x80, index - at < 4 { at -= 1 }
    return scalar(at: at)
  }

  /// Whether the bytes at `index` are those of `text`.
  @inline(__always) func has(_ text: StaticString, at index: Int) -> Bool {
    let length = text.utf8CodeUnitCount
    guard index >= 0, index + length <= count else { return false }
    return text.withUTF8Buffer { expected in
      for offset in 0..<length where unsafe expected[offset] != self[index + offset] {
        return false
      }
      return true
    }
  }

  /// Whether the bytes at `index` are those of `text`, which is in lower case, ignoring case.
  func hasIgnoringCase(_ text: StaticString, at index: Int) -> Bool {
    let length = text.utf8CodeUnitCount
    guard index >= 0, index + length <= count else { return false }
    return text.withUTF8Buffer { expected in
      for offset in 0..<length where unsafe expected[offset] != lowercased(self[index + offset]) {
        return false
      }
      return true
    }
  }

  func string(_ range: Range<Int>) -> String { String(decoding: self[range], as: UTF8.self) }
}

/// The classes of scalars that CommonMark and CJK typography distinguish.
enum ScalarClass {
  /// Chinese, Japanese and Korean letters, and the full-width punctuation used with them.
  static func isCJK(_ scalar: UInt32) -> Bool {
    guard scalar >= 0x1100 else { return false }
    switch scalar {
    case 0x1100...0x11FF, 0x2E80...0x303F, 0x3040...0x31FF, 0x3200...0x9FFF, 0xA960...0xA97F,
      0xAC00...0xD7FF, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFFEF, 0x20000...0x3FFFD:
      return true
    default:
      return false
    }
  }

  /// Letters that are written without spaces between words: CJK except Korean.
  static func isWrittenWithoutSpaces(_ scalar: UInt32) -> Bool {
    isCJK(scalar) && !(0x1100...0x11FF).contains(scalar) && !(0xA960...0xA97F).contains(scalar)
      && !(0xAC00...0xD7FF).contains(scalar)
  }

  static func isWhitespace(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x09, 0x0A, 0x0C, 0x0D, 0x20, 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  /// Whether CommonMark 0.30 counts the scalar as punctuation.
  static func isPunctuation(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return scalar > 0x20 && ByteClass.punctuation[UInt8(scalar)] }
    // A fast path for the letters that make up most CJK text.
    if (0x3400...0x9FFF).contains(scalar) || (0x3041...0x3096).contains(scalar) { return false }
    switch Unicode.Scalar(scalar)?.properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation:
      return true
    default: return false
    }
  }
}

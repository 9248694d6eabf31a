/// Skipping of bytes without meaning, eight at a time: most bytes of Chinese prose are not ASCII,
/// while every character that is special in Markdown is.
extension Span<UInt8> {
  /// The offset of the first ASCII byte from `start` on, or `end`.
  func nextASCII(from start: Int, to end: Int) -> Int {
    precondition(start >= 0 && end <= count, "bytes \(start)..<\(end) of \(count)")
    let raw = unsafe bytes
    var at = start
    while at + 8 <= end, unsafe Self.highBits(raw, at) == 0x8080_8080_8080_8080 { at += 8 }
    while at < end, self[at] >= 0x80 { at += 1 }
    return at
  }

  /// The offset of the first byte from `start` on that is not ASCII, or `end`.
  func nextNonASCII(from start: Int, to end: Int) -> Int {
    precondition(start >= 0 && end <= count, "bytes \(start)..<\(end) of \(count)")
    let raw = unsafe bytes
    var at = start
    while at + 8 <= end, unsafe Self.highBits(raw, at) == 0 { at += 8 }
    while at < end, self[at] < 0x80 { at += 1 }
    return at
  }

  /// The high bits of the eight bytes at `offset`, all of which must exist.
  @unsafe @inline(__always)
  private static func highBits(_ raw: RawSpan, _ offset: Int) -> UInt64 {
    unsafe raw.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
      & 0x8080_8080_8080_8080
  }
}

/// One pass over an article's bytes that determines what must be known before they are parsed.
struct ByteSurvey {
  /// Whether all of it is UTF-8; if not, the standard library finds the invalid sequences.
  private(set) var isUTF8 = true
  /// Whether there are characters that could be mistaken for a ``PlaceholderMark``.
  private(set) var mayHoldMarks = false

  init(_ bytes: Span<UInt8>) {
    let count = bytes.count
    var at = bytes.nextNonASCII(from: 0, to: count)
    func isTail(_ offset: Int) -> Bool { offset < count && bytes[offset] & 0xC0 == 0x80 }
    while at < count {
      let lead = bytes[at]
      var length = 1
      switch lead {
      case 0x00..<0x80:
        at = bytes.nextNonASCII(from: at, to: count)
        continue
      case 0xE1..<0xED, 0xEE..<0xF0: length = 3
      case 0xC2..<0xE0: length = 2
      case 0xE0 where at + 1 < count && bytes[at + 1] >= 0xA0: length = 3
      case 0xED where at + 1 < count && bytes[at + 1] < 0xA0: length = 3
      case 0xF0 where at + 1 < count && bytes[at + 1] >= 0x90: length = 4
      case 0xF1..<0xF4: length = 4
      case 0xF4 where at + 1 < count && bytes[at + 1] < 0x90:
        length = 4
        mayHoldMarks = true
      default: break
      }
      guard length > 1, isTail(at + 1), length < 3 || isTail(at + 2), length < 4 || isTail(at + 3)
      else {
        isUTF8 = false
        mayHoldMarks = true
        return
      }
      at += length
    }
  }
}

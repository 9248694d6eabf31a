import Diagnostics
import Yams

/// Lays the value of a scalar along its source, so that each byte of the value knows the byte of the
/// article that it came from: folded lines, quotes and escapes are stepped over.
///
/// Every byte gets a place within the block, whatever the parser made of the source: one that nothing
/// explains stands where the next one is expected, or at the block's last byte.
struct ScalarLayout {
  private let body: ExtractedText
  private let source: [UInt8]
  private let style: Node.Scalar.Style
  private var position: Int
  private var text = ExtractedText()

  /// - Parameters:
  ///   - source: The body as the parser saw it, as long as the body.
  ///   - offset: Where the scalar starts, with its anchor and tag.
  init(_ body: ExtractedText, source: [UInt8], at offset: Int, _ style: Node.Scalar.Style) {
    self.body = body
    self.source = source
    self.style = style
    position = min(offset, source.count)
    while let byte = byte(position), byte == UInt8(ascii: "&") || byte == UInt8(ascii: "!") {
      while let byte = self.byte(position), !Self.isSpace(byte) { position += 1 }
      while let byte = self.byte(position), Self.isSpace(byte) { position += 1 }
    }
    switch style {
    case .singleQuoted, .doubleQuoted: position += 1
    case .literal, .folded:
      while let byte = byte(position), !Self.isBreak(byte) { position += 1 }
    default: break
    }
  }

  /// The value, with a place for each byte.
  mutating func lay(_ value: [UInt8]) -> ExtractedText {
    var rest = value[...]
    while let next = rest.first {
      switch byte(position) {
      case let byte? where Self.isSpace(byte): laySpaces(&rest)
      case UInt8(ascii: "\\") where style == .doubleQuoted: layEscape(&rest)
      case next:
        put(&rest, 1)
        // A doubled quote inside single quotes is one in the value.
        position += style == .singleQuoted && next == UInt8(ascii: "'") ? 2 : 1
      default: put(&rest, 1)
      }
    }
    return text
  }

  /// Puts bytes of the value where the source is now, all at one place.
  private mutating func put(_ rest: inout ArraySlice<UInt8>, _ count: Int) {
    let place = body.fileOffset(of: max(0, min(position, body.bytes.count - 1)))
    for byte in rest.prefix(count) { text.append(CollectionOfOne(byte), at: place) }
    rest = rest.dropFirst(count)
  }

  /// Blanks and line ends of the source, and what is left of them in the value.
  private mutating func laySpaces(_ rest: inout ArraySlice<UInt8>) {
    let start = position
    while let byte = byte(position), Self.isSpace(byte) { position += 1 }
    let end = position
    var left = end - start
    if style != .literal, style != .folded {
      // One line end becomes a blank, and of several the first is left out.
      let breaks = (start..<end).count { index in
        source[index] == UInt8(ascii: "\n")
          || source[index] == UInt8(ascii: "\r") && byte(index + 1) != UInt8(ascii: "\n")
      }
      if breaks > 0 { left = max(1, breaks - 1) }
    }
    position = start
    while left > 0, let next = rest.first, Self.isSpace(next) {
      put(&rest, 1)
      position = min(position + 1, end - 1)
      left -= 1
    }
    position = end
  }

  /// An escape: its result stands where the backslash does.
  private mutating func layEscape(_ rest: inout ArraySlice<UInt8>) {
    let letter = byte(position + 1)
    if let letter, Self.isBreak(letter) {
      position += 1
      while let byte = byte(position), Self.isSpace(byte) { position += 1 }
      return
    }
    let lead = rest.first ?? 0
    put(&rest, lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4)
    let length =
      switch letter {
      case UInt8(ascii: "x"): 4
      case UInt8(ascii: "u"): 6
      case UInt8(ascii: "U"): 10
      default: 2
      }
    position += length
  }

  private func byte(_ position: Int) -> UInt8? {
    position < source.count ? source[position] : nil
  }

  private static func isBreak(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    isBreak(byte) || byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }
}

import Diagnostics
import Yams

/// Maps each byte of a scalar's value to the byte of the text that it was read from, skipping
/// quotes, escapes and the indentation of folded lines.
///
/// Every byte gets an offset within the text: one that nothing explains gets the offset at which
/// the next one is expected, or that of the text's last byte.
struct ScalarLayout {
  private let text: ExtractedText
  private let source: [UInt8]
  private let style: Node.Scalar.Style
  private var position: Int
  private var result = ExtractedText()
  /// The offset in the source after the scalar's last byte, including a closing quote.
  private(set) var end: Int

  /// - Parameters:
  ///   - source: The text as the parser reads it, which has as many bytes.
  ///   - offset: Where the scalar starts, after its anchor and tag.
  init(_ text: ExtractedText, source: [UInt8], at offset: Int, _ style: Node.Scalar.Style) {
    self.text = text
    self.source = source
    self.style = style
    position = min(offset, source.count)
    end = position
    switch style {
    case .singleQuoted, .doubleQuoted: position += 1
    case .literal, .folded:
      while let byte = byte(position), !Self.isBreak(byte) { position += 1 }
    default: break
    }
    end = position
  }

  /// The value, with an offset for each byte.
  mutating func lay(_ value: [UInt8]) -> ExtractedText {
    var rest = value[...]
    while let next = rest.first {
      switch byte(position) {
      case let byte? where Self.isSpace(byte): laySpaces(&rest)
      case UInt8(ascii: "\\") where style == .doubleQuoted: layEscape(&rest)
      case next:
        put(&rest, 1)
        // A doubled quote inside single quotes is one quote in the value.
        position += style == .singleQuoted && next == UInt8(ascii: "'") ? 2 : 1
        end = position
      default: put(&rest, 1)
      }
    }
    stepOverClosingQuote()
    return result
  }

  /// Appends bytes of the value, all at the current offset in the source.
  private mutating func put(_ rest: inout ArraySlice<UInt8>, _ count: Int) {
    let place = text.fileOffset(of: max(0, min(position, text.bytes.count - 1)))
    result.append(rest.prefix(count), allAt: place)
    rest = rest.dropFirst(count)
  }

  /// Consumes spaces and line endings of the source, and what folding leaves of them in the value.
  private mutating func laySpaces(_ rest: inout ArraySlice<UInt8>) {
    let start = position
    while let byte = byte(position), Self.isSpace(byte) { position += 1 }
    let end = position
    var left = end - start
    if style != .literal, style != .folded {
      // One line ending becomes a space; of several, the first is dropped.
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

  /// Consumes an escape: its character gets the offset of the backslash.
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
    end = position
  }

  private mutating func stepOverClosingQuote() {
    guard style == .singleQuoted || style == .doubleQuoted else { return }
    while let byte = byte(position), Self.isSpace(byte) { position += 1 }
    let quote = UInt8(ascii: style == .singleQuoted ? "'" : "\"")
    if byte(position) == quote { end = position + 1 }
    end = min(end, source.count)
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

import DecimalText
import Markup

/// The intrinsic size of an image file, in CSS pixels.
struct ImageSize: Hashable, Sendable {
  var width: Int
  var height: Int

  /// Reads the header of a PNG, JPEG, GIF, WebP or SVG file; `nil` for other formats and damaged
  /// files.
  init?(of bytes: [UInt8]) {
    let found = Self.png(bytes) ?? Self.gif(bytes) ?? Self.jpeg(bytes) ?? Self.webp(bytes)
    guard let (width, height) = found ?? Self.svg(bytes), width > 0, height > 0 else { return nil }
    self.width = width
    self.height = height
  }

  private typealias Pair = (Int, Int)

  private static func png(_ bytes: [UInt8]) -> Pair? {
    guard bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]), bytes.count >= 24
    else { return nil }
    return (bigEndian(bytes[16..<20]), bigEndian(bytes[20..<24]))
  }

  private static func gif(_ bytes: [UInt8]) -> Pair? {
    guard bytes.starts(with: "GIF8".utf8), bytes.count >= 10 else { return nil }
    return (littleEndian(bytes[6..<8]), littleEndian(bytes[8..<10]))
  }

  private static func jpeg(_ bytes: [UInt8]) -> Pair? {
    guard bytes.starts(with: [0xFF, 0xD8]) else { return nil }
    var index = 2
    while index + 9 < bytes.count {
      guard bytes[index] == 0xFF else { return nil }
      let marker = bytes[index + 1]
      if marker == 0xFF {
        index += 1
        continue
      }
      // A start-of-frame marker; C4, C8 and CC are other markers.
      if (0xC0...0xCF).contains(marker), ![0xC4, 0xC8, 0xCC].contains(marker) {
        return (
          bigEndian(bytes[(index + 7)..<(index + 9)]), bigEndian(bytes[(index + 5)..<(index + 7)])
        )
      }
      index += 2 + bigEndian(bytes[(index + 2)..<(index + 4)])
    }
    return nil
  }

  private static func webp(_ bytes: [UInt8]) -> Pair? {
    guard bytes.count >= 30, bytes.starts(with: "RIFF".utf8),
      bytes[8..<12].elementsEqual("WEBP".utf8)
    else { return nil }
    switch String(decoding: bytes[12..<16], as: UTF8.self) {
    case "VP8 ":
      return (littleEndian(bytes[26..<28]) & 0x3FFF, littleEndian(bytes[28..<30]) & 0x3FFF)
    case "VP8L":
      let bits = littleEndian(bytes[21..<25])
      return (bits & 0x3FFF + 1, bits >> 14 & 0x3FFF + 1)
    case "VP8X":
      return (littleEndian(bytes[24..<27]) + 1, littleEndian(bytes[27..<30]) + 1)
    default: return nil
    }
  }

  private static func svg(_ bytes: [UInt8]) -> Pair? {
    let head = String(decoding: bytes.prefix(4096), as: UTF8.self)
    guard let open = head.firstRange(of: "<svg") else { return nil }
    let tag = head[open.upperBound...].prefix { $0 != ">" }
    if let width = length("width", in: tag), let height = length("height", in: tag) {
      return (width, height)
    }
    guard let box = attribute("viewBox", in: tag) else { return nil }
    let numbers = box.split { $0 == " " || $0 == "," }.compactMap { Double($0) }
    guard numbers.count == 4 else { return nil }
    return pixels(numbers[2], numbers[3])
  }

  private static func pixels(_ width: Double, _ height: Double) -> Pair? {
    guard (0.5...100_000).contains(width), (0.5...100_000).contains(height) else { return nil }
    return (Int(clamped: width.rounded()), Int(clamped: height.rounded()))
  }

  private static func length(_ name: String, in tag: Substring) -> Int? {
    guard let text = attribute(name, in: tag) else { return nil }
    let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let factor: Double
    switch text.dropFirst(number.count) {
    case "", "px": factor = 1
    case "pt": factor = 4.0 / 3
    case "mm": factor = 96 / 25.4
    case "cm": factor = 96 / 2.54
    case "in": factor = 96
    default: return nil
    }
    return Double(number).flatMap { pixels($0 * factor, 1)?.0 }
  }

  private static func attribute(_ name: String, in tag: Substring) -> Substring? {
    for quote in ["\"", "'"] {
      guard let start = tag.firstRange(of: " \(name)=\(quote)") else { continue }
      return tag[start.upperBound...].prefix { String($0) != quote }
    }
    return nil
  }

  private static func bigEndian(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.reduce(0) { $0 << 8 | Int($1) }
  }

  private static func littleEndian(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}

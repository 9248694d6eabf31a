/// Small images as PNG data URLs: indexed colors, compressed without a library.
///
/// - Source: W3C, *Portable Network Graphics*, third edition; RFC 1950 and 1951 (fixed Huffman codes,
///   repetitions of the byte before and of the row above).
enum PNG {
  struct Color: Sendable {
    var red: UInt8
    var green: UInt8
    var blue: UInt8
    var alpha: UInt8 = 255
  }

  /// - Parameters:
  ///   - indices: Row by row; each is below `palette.count`, which is at most 256.
  static func indexed(width: Int, height: Int, indices: [UInt8], palette: [Color]) -> [UInt8] {
    precondition(indices.count == width * height, "\(indices.count) for \(width) × \(height)")
    let bits = palette.count <= 2 ? 1 : palette.count <= 4 ? 2 : palette.count <= 16 ? 4 : 8
    var rows: [UInt8] = []
    for row in 0..<height {
      rows.append(0)
      var byte: UInt8 = 0
      var filled = 0
      for column in 0..<width {
        byte = (bits == 8 ? 0 : byte << UInt8(bits)) | indices[row * width + column]
        filled += bits
        if filled == 8 {
          rows.append(byte)
          (byte, filled) = (0, 0)
        }
      }
      if filled > 0 { rows.append(byte << UInt8(8 - filled)) }
    }
    var header = bigEndian(width) + bigEndian(height)
    header += [UInt8(bits), 3, 0, 0, 0]
    return file([
      ("IHDR", header), ("PLTE", palette.flatMap { [$0.red, $0.green, $0.blue] }),
      ("tRNS", palette.map(\.alpha)),
      ("IDAT", zlib(rows, period: (width * bits + 7) / 8 + 1)), ("IEND", []),
    ])
  }

  /// A PNG of red, green and blue bytes, row by row.
  static func color(width: Int, height: Int, pixels: [UInt8]) -> [UInt8] {
    precondition(pixels.count == 3 * width * height)
    var rows: [UInt8] = []
    for row in 0..<height {
      rows.append(0)
      rows += pixels[(row * width * 3)..<((row + 1) * width * 3)]
    }
    let header = bigEndian(width) + bigEndian(height) + [8, 2, 0, 0, 0]
    return file([
      ("IHDR", header), ("IDAT", zlib(rows, period: 3)), ("IEND", []),
    ])
  }

  static func address(_ png: [UInt8]) -> String { "data:image/png;base64," + base64(png) }

  // MARK: Containers

  private static func file(_ chunks: [(String, [UInt8])]) -> [UInt8] {
    var bytes: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
    for (name, data) in chunks {
      bytes += bigEndian(data.count)
      let body = Array(name.utf8) + data
      bytes += body
      bytes += bigEndian(Int(crc(body)))
    }
    return bytes
  }

  private static func bigEndian(_ n: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: n >> $0) }
  }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    var crc = ~UInt32(0)
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? 0xedb8_8320 ^ (crc >> 1) : crc >> 1 }
    }
    return ~crc
  }

  private static func adler(_ bytes: [UInt8]) -> UInt32 {
    var a: UInt32 = 1
    var b: UInt32 = 0
    for byte in bytes {
      a = (a + UInt32(byte)) % 65521
      b = (b + a) % 65521
    }
    return b << 16 | a
  }

  // MARK: Compression

  /// - Parameter period: A distance at which bytes tend to repeat, such as the length of a row.
  static func zlib(_ bytes: [UInt8], period: Int) -> [UInt8] {
    var bits = BitWriter()
    bits.append(1, count: 1)  // the last block
    bits.append(1, count: 2)  // fixed codes
    var at = 0
    while at < bytes.count {
      var best = (length: 0, distance: 0)
      for distance in [1, period] where distance <= at && distance <= 32768 {
        var length = 0
        while length < 258, at + length < bytes.count,
          bytes[at + length] == bytes[at + length - distance]
        {
          length += 1
        }
        if length > best.length { best = (length, distance) }
      }
      if best.length >= 3 {
        bits.appendMatch(length: best.length, distance: best.distance)
        at += best.length
      } else {
        bits.appendSymbol(Int(bytes[at]))
        at += 1
      }
    }
    bits.appendSymbol(256)
    return [0x78, 0x01] + bits.finished() + bigEndian(Int(adler(bytes)))
  }

  private struct BitWriter {
    private var bytes: [UInt8] = []
    private var current: UInt32 = 0
    private var filled = 0

    mutating func append(_ value: Int, count: Int) {
      current |= UInt32(value) << UInt32(filled)
      filled += count
      while filled >= 8 {
        bytes.append(UInt8(truncatingIfNeeded: current))
        current >>= 8
        filled -= 8
      }
    }

    /// Huffman codes are written from their highest bit.
    private mutating func appendCode(_ code: Int, count: Int) {
      for bit in stride(from: count - 1, through: 0, by: -1) { append((code >> bit) & 1, count: 1) }
    }

    mutating func appendSymbol(_ symbol: Int) {
      switch symbol {
      case 0..<144: appendCode(0x30 + symbol, count: 8)
      case 144..<256: appendCode(0x190 + symbol - 144, count: 9)
      case 256..<280: appendCode(symbol - 256, count: 7)
      default: appendCode(0xc0 + symbol - 280, count: 8)
      }
    }

    mutating func appendMatch(length: Int, distance: Int) {
      if length == 258 {
        appendSymbol(285)
      } else if length < 11 {
        appendSymbol(254 + length)
      } else {
        // Four codes share each number of extra bits.
        let n = length - 3
        let extra = Int.bitWidth - n.leadingZeroBitCount - 3
        appendSymbol(257 + 4 * extra + (n >> extra))
        append(n & ((1 << extra) - 1), count: extra)
      }
      let d = distance - 1
      if d < 4 {
        appendCode(d, count: 5)
      } else {
        let extra = Int.bitWidth - d.leadingZeroBitCount - 2
        appendCode(2 * extra + (d >> extra), count: 5)
        append(d & ((1 << extra) - 1), count: extra)
      }
    }

    mutating func finished() -> [UInt8] {
      if filled > 0 { append(0, count: 8 - filled) }
      return bytes
    }
  }

  private static func base64(_ bytes: [UInt8]) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var out: [UInt8] = []
    out.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let count = min(3, bytes.count - start)
      var group = UInt32(bytes[start]) << 16
      if count > 1 { group |= UInt32(bytes[start + 1]) << 8 }
      if count > 2 { group |= UInt32(bytes[start + 2]) }
      for place in 0..<4 {
        out.append(
          place <= count ? letters[Int(group >> UInt32(18 - 6 * place)) & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}

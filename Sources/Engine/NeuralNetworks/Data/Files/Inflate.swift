/// Unpacks "deflated" data.
///
/// - Source: RFC 1951. Complexity: each symbol is one look-up in a table of its code's length.
struct Inflate {
  private let bytes: [UInt8]
  private var next: Int
  private let end: Int
  private let limit: Int
  private var bits: UInt64 = 0
  private var bitCount = 0
  private var output: [UInt8] = []

  /// The bytes packed in `range`.
  ///
  /// - Parameter limit: Maximum of bytes. Memory grows with the actual output, not with a declared
  ///   size.
  static func unpack(
    _ bytes: [UInt8], _ range: Range<Int>, limit: Int
  ) throws(DataFileError) -> [UInt8] {
    var inflate = Inflate(bytes: bytes, next: range.lowerBound, end: range.upperBound, limit: limit)
    // The maximum ratio of the format is 1032.
    inflate.output.reserveCapacity(min(limit, 1032 * range.count))
    try inflate.run()
    return inflate.output
  }

  private init(bytes: [UInt8], next: Int, end: Int, limit: Int) {
    self.bytes = bytes
    self.next = next
    self.end = end
    self.limit = limit
  }

  private func broken(_ problem: String) -> DataFileError {
    DataFileError(.offset(next), "broken compressed data: \(problem)")
  }

  private mutating func run() throws(DataFileError) {
    var isLast = false
    while !isLast {
      isLast = try take(1) == 1
      switch try take(2) {
      case 0: try copyStored()
      case 1: try decode(.fixedLiterals, .fixedDistances)
      case 2:
        let (literals, distances) = try readTables()
        try decode(literals, distances)
      default: throw broken("a block of unknown type")
      }
    }
  }

  /// Makes at least `count` bits (at most 32) available; after the end they are zeros.
  private mutating func fill(_ count: Int) {
    while bitCount < count {
      if next < end { bits |= UInt64(bytes[next]) << UInt64(bitCount) }
      next += 1
      bitCount += 8
    }
  }

  private mutating func take(_ count: Int) throws(DataFileError) -> Int {
    fill(count)
    let value = Int(bits & (1 << UInt64(count) - 1))
    try drop(count)
    return value
  }

  private mutating func drop(_ count: Int) throws(DataFileError) {
    bits >>= UInt64(count)
    bitCount -= count
    // The zeros after the end may be peeked at, but not consumed.
    if next - bitCount / 8 > end { throw broken("it ends too early") }
  }

  private mutating func copyStored() throws(DataFileError) {
    _ = try take(bitCount % 8)
    let length = try take(16)
    let check = try take(16)
    guard length == ~check & 0xFFFF else { throw broken("the length of a stored block is wrong") }
    // What was filled ahead belongs to the block.
    next -= bitCount / 8
    (bits, bitCount) = (0, 0)
    guard length <= end - next else { throw broken("it ends too early") }
    guard output.count + length <= limit else { throw tooLong }
    output += bytes[next..<next + length]
    next += length
  }

  private var tooLong: DataFileError { broken("more than the \(limit) bytes that it should be") }

  private mutating func symbol(_ table: HuffmanTable) throws(DataFileError) -> Int {
    fill(table.width)
    let entry = table.entries[Int(bits & (1 << UInt64(table.width) - 1))]
    guard entry != 0 else { throw broken("a code that stands for nothing") }
    try drop(Int(entry & 15))
    return Int(entry >> 4)
  }

  private mutating func decode(
    _ literals: HuffmanTable, _ distances: HuffmanTable
  ) throws(DataFileError) {
    while true {
      let code = try symbol(literals)
      if code < 256 {
        guard output.count < limit else { throw tooLong }
        output.append(UInt8(code))
        continue
      }
      if code == 256 { return }
      guard code <= 285 else { throw broken("a length that does not exist") }
      let length = Self.lengths[code - 257] + (try take(Self.lengthBits[code - 257]))
      let distanceCode = try symbol(distances)
      guard distanceCode < 30 else { throw broken("a distance that does not exist") }
      let distance =
        Self.distances[distanceCode] + (try take(distanceCode < 2 ? 0 : distanceCode / 2 - 1))
      guard distance <= output.count else { throw broken("a copy from before the beginning") }
      guard output.count + length <= limit else { throw tooLong }
      for _ in 0..<length { output.append(output[output.count - distance]) }
    }
  }

  private mutating func readTables() throws(DataFileError) -> (HuffmanTable, HuffmanTable) {
    let literalCount = try take(5) + 257
    let distanceCount = try take(5) + 1
    let codeCount = try take(4) + 4
    guard literalCount <= 286, distanceCount <= 30 else { throw broken("too many codes") }
    var codeLengths = [UInt8](repeating: 0, count: 19)
    for index in 0..<codeCount { codeLengths[Self.codeOrder[index]] = UInt8(try take(3)) }
    guard let codes = HuffmanTable(codeLengths) else { throw broken("impossible code lengths") }
    var lengths: [UInt8] = []
    while lengths.count < literalCount + distanceCount {
      let code = try symbol(codes)
      switch code {
      case 0..<16: lengths.append(UInt8(code))
      case 16:
        guard let last = lengths.last else { throw broken("nothing to repeat") }
        lengths += [UInt8](repeating: last, count: try take(2) + 3)
      case 17: lengths += [UInt8](repeating: 0, count: try take(3) + 3)
      default: lengths += [UInt8](repeating: 0, count: try take(7) + 11)
      }
    }
    guard lengths.count == literalCount + distanceCount, lengths[256] > 0,
      let literals = HuffmanTable(Array(lengths[..<literalCount])),
      let distances = HuffmanTable(Array(lengths[literalCount...]))
    else { throw broken("impossible code lengths") }
    return (literals, distances)
  }

  private static let codeOrder = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
  ]
  private static let lengths = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258,
  ]
  private static let lengthBits = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let distances = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537,
    2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577,
  ]
}

/// A table from the next bits to a symbol, with the length of its code in the low four bits.
private struct HuffmanTable {
  let width: Int
  let entries: [UInt16]

  /// - Returns: nil for lengths of more codes than are possible.
  init?(_ lengths: [UInt8]) {
    let longest = Int(lengths.max() ?? 0)
    width = max(longest, 1)
    var counts = [Int](repeating: 0, count: 17)
    for length in lengths where length > 0 { counts[Int(length)] += 1 }
    var next = [Int](repeating: 0, count: 17)
    var code = 0
    for length in 1...16 {
      next[length] = code
      code = (code + counts[length]) << 1
      guard next[length] + counts[length] <= 1 << length else { return nil }
    }
    var entries = [UInt16](repeating: 0, count: 1 << width)
    for (symbol, length) in lengths.enumerated() where length > 0 {
      let length = Int(length)
      // The first bit of a code is the lowest of the stream.
      var reversed = 0
      for bit in 0..<length where next[length] >> bit & 1 == 1 {
        reversed |= 1 << (length - 1 - bit)
      }
      next[length] += 1
      for place in stride(from: reversed, to: entries.count, by: 1 << length) {
        entries[place] = UInt16(symbol << 4 | length)
      }
    }
    self.entries = entries
  }

  static let fixedLiterals = HuffmanTable(
    [UInt8](repeating: 8, count: 144) + [UInt8](repeating: 9, count: 112)
      + [UInt8](repeating: 7, count: 24) + [UInt8](repeating: 8, count: 8))!
  static let fixedDistances = HuffmanTable([UInt8](repeating: 5, count: 30))!
}

/// The check sum of zip and gzip (CRC-32, polynomial 0xEDB88320).
func checkSum(_ bytes: some Sequence<UInt8>) -> UInt32 {
  ~bytes.reduce(~0) { crcTable[Int(($0 ^ UInt32($1)) & 0xFF)] ^ $0 >> 8 }
}

private let crcTable: [UInt32] = (0..<256).map { byte in
  (0..<8).reduce(UInt32(byte)) { crc, _ in crc & 1 == 1 ? 0xEDB8_8320 ^ crc >> 1 : crc >> 1 }
}

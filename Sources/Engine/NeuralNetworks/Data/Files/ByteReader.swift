/// Reads numbers from bytes, never beyond their end.
struct ByteReader {
  let bytes: [UInt8]
  private(set) var offset: Int
  /// One past the last byte that may be read.
  let end: Int

  init(_ bytes: [UInt8], at offset: Int = 0) {
    self.bytes = bytes
    self.offset = offset
    end = bytes.count
  }

  var rest: Int { end - offset }

  /// Takes so many bytes away, or says what is missing.
  mutating func take(_ count: Int, _ what: String) throws(DataFileError) -> Range<Int> {
    guard count >= 0, count <= rest else {
      throw DataFileError(
        .offset(offset),
        "the file ends within \(what): \(count) bytes expected, \(max(rest, 0)) left")
    }
    defer { offset += count }
    return offset..<offset + count
  }

  mutating func little(_ width: Int, _ what: String) throws(DataFileError) -> UInt64 {
    let range = try take(width, what)
    return range.reversed().reduce(0) { $0 << 8 | UInt64(bytes[$1]) }
  }

  mutating func big(_ width: Int, _ what: String) throws(DataFileError) -> UInt64 {
    let range = try take(width, what)
    return range.reduce(0) { $0 << 8 | UInt64(bytes[$1]) }
  }

  mutating func move(to place: UInt64, _ what: String) throws(DataFileError) {
    guard place <= UInt64(end) else {
      throw DataFileError(
        .offset(offset), "\(what) would be at byte \(place), beyond the file's end")
    }
    offset = Int(place)
  }
}

/// The type of a file's numbers.
enum ElementType: Hashable {
  case signed(bytes: Int)
  case unsigned(bytes: Int)
  case float(bytes: Int)
  case brainFloat
  case flag

  var byteCount: Int {
    switch self {
    case .signed(let bytes), .unsigned(let bytes), .float(let bytes): bytes
    case .brainFloat: 2
    case .flag: 1
    }
  }

  var isInteger: Bool {
    switch self {
    case .signed, .unsigned, .flag: true
    case .float, .brainFloat: false
    }
  }

  /// The number whose bytes, most significant first, are these bits.
  func value(_ bits: UInt64) -> Double {
    switch self {
    case .signed(let bytes):
      let shift = 64 - 8 * bytes
      return Double(Int64(bitPattern: bits << shift) >> shift)
    case .unsigned: return Double(bits)
    case .float(2): return Double(Float(halfBits: UInt16(truncatingIfNeeded: bits)))
    case .float(4): return Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
    case .float: return Double(bitPattern: bits)
    case .brainFloat: return Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits) << 16))
    case .flag: return bits == 0 ? 0 : 1
    }
  }
}

extension ByteReader {
  /// So many numbers of one type.
  ///
  /// - Throws: Before anything is allocated, where the file is too short for them.
  mutating func numbers(
    _ count: Int, of type: ElementType, bigEndian: Bool, _ what: String
  ) throws(DataFileError) -> [Double] {
    try ReadingLimits.check(numbers: count, offset)
    let width = type.byteCount
    let (size, overflow) = count.multipliedReportingOverflow(by: width)
    let range = try take(overflow ? .max : size, what)
    var values: [Double] = []
    values.reserveCapacity(count)
    for start in stride(from: range.lowerBound, to: range.upperBound, by: width) {
      var bits: UInt64 = 0
      for index in 0..<width {
        bits = bits << 8 | UInt64(bytes[bigEndian ? start + index : start + width - 1 - index])
      }
      values.append(type.value(bits))
    }
    return values
  }
}

/// The product of extents, nil where it overflows or an extent is negative.
func elementCount(_ shape: [Int]) -> Int? {
  var count = 1
  for extent in shape {
    let (product, overflow) = count.multipliedReportingOverflow(by: extent)
    guard extent >= 0, !overflow else { return nil }
    count = product
  }
  return count
}

extension Float {
  /// IEEE 754 binary16.
  fileprivate init(halfBits bits: UInt16) {
    let sign: Float = bits & 0x8000 == 0 ? 1 : -1
    let fraction = Float(bits & 0x3FF)
    switch bits >> 10 & 0x1F {
    case 0: self = sign * fraction * 0x1p-24
    case 31: self = fraction == 0 ? sign * .infinity : .nan
    case let exponent:
      self =
        sign * (1 + fraction * 0x1p-10)
        * Float(sign: .plus, exponent: Int(exponent) - 15, significand: 1)
    }
  }
}

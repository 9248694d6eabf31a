/// Reads numbers from bytes, with bounds checks.
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

  /// Consumes bytes.
  ///
  /// - Parameter what: A phrase for these bytes, for the error.
  /// - Throws: `DataFileError` if there are fewer.
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

extension ByteReader {
  /// Reads `count` numbers of one type.
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

/// Limits on the memory for reading a data file, checked against its length, its header or a count
/// of its fields before anything is allocated, so that a small file cannot fill the memory.
enum ReadingLimits {
  /// Bytes of an unpacked gzip or zip file.
  static let unpackedBytes = 512_000_000
  /// Numbers of one file.
  static let numbers = 100_000_000
  /// Bytes of a table's fields as strings.
  static let tableBytes = 1_500_000_000

  static func check(unpacked bytes: UInt64, _ offset: Int) throws(DataFileError) {
    guard bytes <= UInt64(unpackedBytes) else {
      throw DataFileError(
        .offset(offset),
        "it would unpack to \(bytes / 1_000_000) MB, and at most \(unpackedBytes / 1_000_000) MB"
          + " are read")
    }
  }

  static func check(numbers count: Int, _ offset: Int) throws(DataFileError) {
    guard count <= numbers else {
      throw DataFileError(
        .offset(offset), "it holds \(count) numbers, and at most \(numbers) are read")
    }
  }

  static func check(tableBytes bytes: Quantity) throws(DataFileError) {
    guard bytes <= Quantity(tableBytes) else {
      throw DataFileError(
        nil,
        "its table would take \(bytes.integer / 1_000_000) MB of memory, and at most"
          + " \(tableBytes / 1_000_000) MB are read")
    }
  }
}

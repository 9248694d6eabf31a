/// An array in the format of MNIST's files: big-endian, row-major.
///
/// - Source: LeCun, Cortes, Burges, *The MNIST database*.
struct IDXFile: Hashable {
  var shape: [Int]
  var values: [Double]
  /// Whether the numbers are bytes from 0 to 255, such as pixels.
  var isBytes: Bool

  init(_ bytes: [UInt8]) throws(DataFileError) {
    var reader = ByteReader(bytes)
    let magic = try reader.big(4, "the header")
    let types: [UInt64: ElementType] = [
      0x08: .unsigned(bytes: 1), 0x09: .signed(bytes: 1), 0x0B: .signed(bytes: 2),
      0x0C: .signed(bytes: 4), 0x0D: .float(bytes: 4), 0x0E: .float(bytes: 8),
    ]
    guard magic >> 16 == 0, let type = types[magic >> 8] else {
      throw DataFileError(.offset(0), "this is not an idx file")
    }
    var shape: [Int] = []
    for _ in 0..<magic & 0xFF { shape.append(Int(try reader.big(4, "the header"))) }
    guard !shape.isEmpty, let count = elementCount(shape) else {
      throw DataFileError(.offset(4), "the header gives no possible shape")
    }
    let name = "\(shape.map(String.init).joined(separator: "×")) numbers"
    values = try reader.numbers(count, of: type, bigEndian: true, name)
    self.shape = shape
    isBytes = type == .unsigned(bytes: 1)
  }
}

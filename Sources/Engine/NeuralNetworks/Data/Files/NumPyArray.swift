/// An array from a `.npy` file, row-major.
///
/// - Source: NumPy's `numpy.lib.format`, versions 1 to 3.
struct NumPyArray: Hashable {
  var shape: [Int]
  var values: [Double]
  var isInteger: Bool

  init(_ bytes: [UInt8]) throws(DataFileError) {
    var reader = ByteReader(bytes)
    guard bytes.count >= 10, bytes.starts(with: [0x93] + Array("NUMPY".utf8)) else {
      throw DataFileError(.offset(0), "this is not a file of NumPy's")
    }
    _ = try reader.take(6, "the header")
    let version = try reader.little(2, "the header") & 0xFF
    guard (1...3).contains(version) else {
      throw DataFileError(.offset(6), "version \(version) of NumPy's format is not known")
    }
    let length = Int(try reader.little(version == 1 ? 2 : 4, "the header"))
    let start = reader.offset
    let header = Header(bytes[try reader.take(length, "the header")])
    guard let descriptor = header.string("descr") else {
      throw DataFileError(.offset(start), "the header does not say what the numbers are")
    }
    guard let (type, bigEndian) = Self.type(descriptor) else {
      throw DataFileError(
        .offset(start), "`\(descriptor)` is not a type of numbers that can be read")
    }
    guard let shape = header.shape(), let count = elementCount(shape) else {
      throw DataFileError(.offset(start), "the header gives no possible shape")
    }
    let name = "\(shape.map(String.init).joined(separator: "×")) numbers"
    let values = try reader.numbers(count, of: type, bigEndian: bigEndian, name)
    self.shape = shape
    self.values = header.flag("fortran_order") ? Self.rowMajor(values, shape) : values
    isInteger = type.isInteger
  }

  /// `<f4`, `|u1`, `>i8` …
  private static func type(_ descriptor: String) -> (ElementType, bigEndian: Bool)? {
    let text = Array(descriptor.utf8)
    guard text.count == 3, let size = Int(String(decoding: text[2...], as: UTF8.self)) else {
      return nil
    }
    let bigEndian = text[0] == UInt8(ascii: ">")
    guard bigEndian || "<|=".utf8.contains(text[0]) else { return nil }
    switch (text[1], size) {
    case (UInt8(ascii: "f"), 2), (UInt8(ascii: "f"), 4), (UInt8(ascii: "f"), 8):
      return (.float(bytes: size), bigEndian)
    case (UInt8(ascii: "i"), 1), (UInt8(ascii: "i"), 2), (UInt8(ascii: "i"), 4),
      (UInt8(ascii: "i"), 8):
      return (.signed(bytes: size), bigEndian)
    case (UInt8(ascii: "u"), 1), (UInt8(ascii: "u"), 2), (UInt8(ascii: "u"), 4),
      (UInt8(ascii: "u"), 8):
      return (.unsigned(bytes: size), bigEndian)
    case (UInt8(ascii: "b"), 1): return (.flag, bigEndian)
    default: return nil
    }
  }

  /// Converts values from Fortran's order, in which the first index runs fastest.
  private static func rowMajor(_ values: [Double], _ shape: [Int]) -> [Double] {
    guard !values.isEmpty else { return values }
    var strides: [Int] = []
    var step = 1
    for extent in shape {
      strides.append(step)
      step *= extent
    }
    var index = [Int](repeating: 0, count: shape.count)
    return values.indices.map { _ in
      let place = zip(index, strides).reduce(0) { $0 + $1.0 * $1.1 }
      for axis in shape.indices.reversed() {
        index[axis] += 1
        if index[axis] < shape[axis] { break }
        index[axis] = 0
      }
      return values[place]
    }
  }

  /// The dictionary of a header: `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`.
  private struct Header {
    let text: [UInt8]

    init(_ bytes: ArraySlice<UInt8>) { text = Array(bytes) }

    /// The text after `'key':`, without leading spaces.
    private func value(_ key: String) -> ArraySlice<UInt8>? {
      for quote in ["'", "\""] {
        let pattern = Array((quote + key + quote).utf8)
        guard text.count >= pattern.count else { continue }
        for start in 0...text.count - pattern.count
        where text[start] == pattern[0] && text[start...].starts(with: pattern) {
          let rest = text[(start + pattern.count)...].drop { $0 == UInt8(ascii: " ") }
          guard rest.first == UInt8(ascii: ":") else { continue }
          return rest.dropFirst().drop { $0 == UInt8(ascii: " ") }
        }
      }
      return nil
    }

    func string(_ key: String) -> String? {
      guard let rest = value(key), let quote = rest.first,
        quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\""),
        let end = rest.dropFirst().firstIndex(of: quote)
      else { return nil }
      return String(decoding: rest[(rest.startIndex + 1)..<end], as: UTF8.self)
    }

    func flag(_ key: String) -> Bool { value(key)?.starts(with: "True".utf8) ?? false }

    func shape() -> [Int]? {
      guard let rest = value("shape"), rest.first == UInt8(ascii: "("),
        let end = rest.firstIndex(of: UInt8(ascii: ")"))
      else { return nil }
      var shape: [Int] = []
      for part in rest[(rest.startIndex + 1)..<end].split(separator: UInt8(ascii: ",")) {
        let word = String(decoding: part.filter { $0 != UInt8(ascii: " ") }, as: UTF8.self)
        if word.isEmpty { continue }
        guard shape.count < 32, let extent = Int(word) else { return nil }
        shape.append(extent)
      }
      return shape
    }
  }
}

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Named arrays of weights in the safetensors format: a header in JSON, then the numbers.
///
/// Reads F64, F32, F16, BF16, integers and BOOL; writes F32 and F64, sorted by name, the same bytes
/// for the same tensors.
/// - Source: <https://github.com/huggingface/safetensors>, *Format*.
package struct Safetensors: Hashable, Sendable {
  /// One named array.
  package struct Tensor: Hashable, Sendable {
    /// Extents, the outermost first.
    package var shape: [Int]
    /// Row-major.
    package var values: [Double]

    /// - Precondition: As many values as the shape has.
    package init(shape: [Int], values: [Double]) {
      precondition(
        elementCount(shape) == values.count, "\(values.count) numbers are not of shape \(shape)")
      self.shape = shape
      self.values = values
    }
  }

  /// The tensors by name.
  package var tensors: [String: Tensor]

  /// Tensors to write.
  package init(_ tensors: [String: Tensor]) { self.tensors = tensors }

  /// - Parameter path: For the error.
  /// - Throws: `EngineError.file` with the offset of the fault.
  package init(reading bytes: [UInt8], path: String) throws(EngineError) {
    do { tensors = try Self.read(bytes) } catch { throw error.at(path) }
  }

  private struct Entry: Decodable {
    var dtype: String
    var shape: [Int]
    var data_offsets: [Int]
  }

  /// One value of the header: a tensor, or the metadata, which are ignored.
  private struct Field: Decodable {
    var entry: Entry?

    init(from decoder: any Decoder) throws {
      entry =
        decoder.codingPath.last?.stringValue == "__metadata__" ? nil : try Entry(from: decoder)
    }
  }

  private static func read(_ bytes: [UInt8]) throws(DataFileError) -> [String: Tensor] {
    var reader = ByteReader(bytes)
    let length = try reader.little(8, "the header's length")
    let header = try reader.take(Int(clamping: length), "the header")
    let fields: [String: Field]
    do {
      fields = try JSONDecoder().decode([String: Field].self, from: Data(bytes[header]))
    } catch {
      throw DataFileError(
        .offset(8), "the header is not what safetensors has: JSON with types, shapes and offsets")
    }
    var tensors: [String: Tensor] = [:]
    var total = 0
    for (name, field) in fields.sorted(by: { $0.key < $1.key }) {
      guard let entry = field.entry else { continue }
      guard let type = types[entry.dtype] else {
        throw DataFileError(
          .offset(8), "`\(name)` has numbers of the unknown type `\(entry.dtype)`")
      }
      guard let count = elementCount(entry.shape), entry.data_offsets.count == 2,
        case let (start, end) = (entry.data_offsets[0], entry.data_offsets[1]),
        start >= 0, start <= end, end <= bytes.count - header.upperBound,
        count <= end - start, count * type.byteCount == end - start
      else {
        throw DataFileError(.offset(8), "the place of `\(name)` does not fit its shape or the file")
      }
      // Several tensors may share bytes of the file.
      total += count
      try ReadingLimits.check(numbers: total, 8)
      var place = ByteReader(bytes, at: header.upperBound + start)
      tensors[name] = Tensor(
        shape: entry.shape,
        values: try place.numbers(count, of: type, bigEndian: false, "`\(name)`"))
    }
    return tensors
  }

  private static let types: [String: ElementType] = [
    "F64": .float(bytes: 8), "F32": .float(bytes: 4), "F16": .float(bytes: 2),
    "BF16": .brainFloat, "I64": .signed(bytes: 8), "I32": .signed(bytes: 4),
    "I16": .signed(bytes: 2), "I8": .signed(bytes: 1), "U64": .unsigned(bytes: 8),
    "U32": .unsigned(bytes: 4), "U16": .unsigned(bytes: 2), "U8": .unsigned(bytes: 1),
    "BOOL": .flag,
  ]

  /// The file's bytes, in Float or Double.
  package func bytes(asDouble: Bool = false) -> [UInt8] {
    let width = asDouble ? 8 : 4
    var header = "{"
    var body: [UInt8] = []
    for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
      if header.utf8.count > 1 { header += "," }
      let end = body.count + tensor.values.count * width
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      header += "\(Self.quoted(name)):{\"dtype\":\"\(asDouble ? "F64" : "F32")\","
      header += "\"shape\":[\(shape)],\"data_offsets\":[\(body.count),\(end)]}"
      for value in tensor.values {
        let bits = asDouble ? value.bitPattern : UInt64(Float(value).bitPattern)
        for byte in 0..<width { body.append(UInt8(truncatingIfNeeded: bits >> UInt64(8 * byte))) }
      }
    }
    header += "}"
    // The numbers begin at a multiple of eight.
    while header.utf8.count % 8 != 0 { header += " " }
    let length = UInt64(header.utf8.count)
    return (0..<8).map { UInt8(truncatingIfNeeded: length >> UInt64(8 * $0)) } + Array(header.utf8)
      + body
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\":
        quoted += "\\\(scalar)"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

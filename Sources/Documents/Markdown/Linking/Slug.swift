/// Readable ids.
enum Slug {
  /// The text in lower case: letters, marks and digits of every script are kept, all else becomes
  /// hyphens.
  static func slug(of text: String) -> String {
    var slug = String.UnicodeScalarView()
    var hyphen = false
    for scalar in text.lowercased().unicodeScalars {
      if isKept(scalar) {
        if hyphen, !slug.isEmpty { slug.append("-") }
        hyphen = false
        slug.append(scalar)
      } else if scalar == "'" || scalar == "’" {
        continue
      } else {
        hyphen = true
      }
    }
    return slug.isEmpty ? "section" : String(slug)
  }

  private static func isKept(_ scalar: Unicode.Scalar) -> Bool {
    // The common characters, before the slower tests.
    if scalar.value < 0x80 { return scalar == "_" || isAlphanumeric(UInt8(scalar.value)) }
    if (0x4E00...0x9FFF).contains(scalar.value) { return true }
    let properties = scalar.properties
    return properties.isAlphabetic || properties.numericType != nil
      || properties.generalCategory == .nonspacingMark
      || properties.generalCategory == .spacingMark
  }
}

/// The ids that kramdown gives to the headings of a page, in order.
struct KramdownIDs {
  private var counts: [String: Int] = [:]

  /// - Parameter raw: The heading as written.
  mutating func next(for raw: String) -> String {
    let id = Self.id(for: raw)
    guard let count = counts[id] else {
      counts[id] = 0
      return id
    }
    counts[id] = count + 1
    return "\(id)-\(count + 1)"
  }

  /// The id before it is made unique on the page.
  static func id(for raw: String) -> String {
    var bytes: [UInt8] = []
    for byte in raw.utf8.drop(while: { !isLetter($0) }) {
      if isAlphanumeric(byte) {
        bytes.append(lowercased(byte))
      } else if byte == 0x20 || byte == UInt8(ascii: "-") {
        bytes.append(UInt8(ascii: "-"))
      }
    }
    return bytes.isEmpty ? "section" : String(decoding: bytes, as: UTF8.self)
  }
}

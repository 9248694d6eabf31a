/// Readable ids.
enum Slug {
  /// The text in lower case, its letters, marks and digits of every script kept, hyphens for all else.
  static func slug(of text: String) -> String {
    var slug = String.UnicodeScalarView()
    var hyphen = false
    for scalar in text.lowercased().unicodeScalars {
      let properties = scalar.properties
      let isKept =
        scalar == "_" || properties.isAlphabetic || properties.numericType != nil
        || properties.generalCategory == .nonspacingMark
        || properties.generalCategory == .spacingMark
      if isKept {
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
}

/// The ids that kramdown gives to the headings of a page, one after the other.
struct KramdownIDs {
  private var counts: [String: Int] = [:]

  /// - Parameter raw: The heading as it is written.
  mutating func next(for raw: String) -> String {
    var bytes: [UInt8] = []
    for byte in raw.utf8.drop(while: { !isLetter($0) }) {
      if isAlphanumeric(byte) {
        bytes.append(lowercased(byte))
      } else if byte == 0x20 || byte == UInt8(ascii: "-") {
        bytes.append(UInt8(ascii: "-"))
      }
    }
    let id = bytes.isEmpty ? "section" : String(decoding: bytes, as: UTF8.self)
    guard let count = counts[id] else {
      counts[id] = 0
      return id
    }
    counts[id] = count + 1
    return "\(id)-\(count + 1)"
  }
}

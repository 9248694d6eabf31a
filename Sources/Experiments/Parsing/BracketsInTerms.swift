/// Brackets inside a term of a flow list, as in `train: [reshape [1, 8, 8], conv 4]`.
///
/// In a flow list, YAML ends a value at a bracket or a comma, so such a term would need quotes.
/// While the YAML is parsed, stand-in characters replace the brackets after a word and the brackets
/// and commas inside them. Each replaces one character by one, so that lines and columns do not
/// change.
struct BracketsInTerms {
  /// Offsets of the replaced bytes, ascending.
  private var places: [Int] = []

  var isEmpty: Bool { places.isEmpty }

  /// `[`, `]` and `,` with characters that YAML treats as letters.
  private static let standIns: [(byte: UInt8, standIn: [UInt8])] = [
    (UInt8(ascii: "["), Array("\u{F700}".utf8)), (UInt8(ascii: "]"), Array("\u{F701}".utf8)),
    (UInt8(ascii: ","), Array("\u{F702}".utf8)),
  ]

  /// Scans the text once. Nothing is replaced in a text that already contains stand-ins.
  ///
  /// Only brackets that follow a word and spaces, or `=`, and are closed on the same line are
  /// replaced: those that YAML would not read as a list either. Ones in quotes and comments are
  /// restored unchanged.
  init(_ bytes: [UInt8]) {
    var found: [Int] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "["), Self.isWithinTerm(index, in: bytes) {
        let inside = Self.bracket(at: index, in: bytes)
        found += inside.places
        index = inside.end
      } else {
        index += 1
      }
    }
    if !found.isEmpty, !Self.hasStandIns(bytes) { places = found }
  }

  private static func isWithinTerm(_ index: Int, in bytes: [UInt8]) -> Bool {
    if index > 0, bytes[index - 1] == UInt8(ascii: "=") { return true }
    var end = index
    while end > 0, bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
    guard end < index, end > 0 else { return false }
    var start = end
    while start > 0, isOfWord(bytes[start - 1]) { start -= 1 }
    // `&name [1, 2]` and `!tag [1, 2]` are YAML lists.
    return start < end && (start == 0 || !"&!*".utf8.contains(bytes[start - 1]))
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    (97...122).contains(byte | 0x20) || (48...57).contains(byte) || byte >= 0x80
      || "_.)=-+".utf8.contains(byte)
  }

  /// The offsets to replace from a bracket to its end, and the offset at which to continue: the end
  /// of the line if the bracket is never closed.
  private static func bracket(at start: Int, in bytes: [UInt8]) -> (places: [Int], end: Int) {
    var places: [Int] = []
    var depth = 0
    var index = start
    while index < bytes.count, bytes[index] != UInt8(ascii: "\n") {
      let byte = bytes[index]
      if standIns.contains(where: { $0.byte == byte }) { places.append(index) }
      if byte == UInt8(ascii: "[") { depth += 1 }
      if byte == UInt8(ascii: "]") { depth -= 1 }
      index += 1
      if depth == 0 { return (places, index) }
    }
    return ([], index)
  }

  private static func hasStandIns(_ bytes: [UInt8]) -> Bool {
    bytes.indices.dropLast(2).contains { index in
      standIns.contains { bytes[index..<index + 3].elementsEqual($0.standIn) }
    }
  }

  /// The text with stand-ins.
  func hidden(in bytes: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + 2 * places.count)
    var start = 0
    for place in places {
      text += bytes[start..<place]
      text += Self.standIns.first { $0.byte == bytes[place] }!.standIn
      start = place + 1
    }
    return text + bytes[start...]
  }

  /// A value with its original characters restored.
  func shown(in value: String) -> [UInt8] {
    let bytes = Array(value.utf8)
    guard !isEmpty, bytes.contains(0xEF) else { return bytes }
    var text: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let end = min(index + 3, bytes.count)
      if let match = Self.standIns.first(where: { bytes[index..<end].elementsEqual($0.standIn) }) {
        text.append(match.byte)
        index = end
      } else {
        text.append(bytes[index])
        index += 1
      }
    }
    return text
  }
}

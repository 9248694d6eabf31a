/// Mutates texts: bytes, words, numbers and lines are removed, inserted, repeated and mixed with
/// those of other texts.
package struct Mutator {
  package var random: FuzzRandom
  /// The maximum length of a text in bytes.
  package var longest = 60_000

  package init(_ random: FuzzRandom) { self.random = random }

  /// - Parameters:
  ///   - vocabulary: Words to insert.
  ///   - others: Texts of the same kind, from which to take parts.
  package mutating func mutate(
    _ text: [UInt8], _ vocabulary: Vocabulary, others: [[UInt8]] = []
  ) -> [UInt8] {
    var bytes = text
    for _ in 0..<random.count(upTo: 12) {
      step(&bytes, vocabulary, others)
      if bytes.count > longest { bytes = Array(bytes.prefix(longest)) }
    }
    return bytes
  }

  private mutating func step(
    _ bytes: inout [UInt8], _ vocabulary: Vocabulary, _ others: [[UInt8]]
  ) {
    switch random.below(20) {
    case 0: flip(&bytes)
    case 1: overwrite(&bytes)
    case 2...5: insertWord(&bytes, vocabulary)
    case 6: replaceWord(&bytes, vocabulary)
    case 7, 8: replaceNumber(&bytes)
    case 9: removeRange(&bytes)
    case 10: copyRange(&bytes)
    case 11: repeatRange(&bytes)
    case 12: repeatLine(&bytes)
    case 13: removeLine(&bytes)
    case 14: swapLines(&bytes)
    case 15: nest(&bytes)
    case 16: prefixLines(&bytes)
    case 17: truncate(&bytes)
    case 18: splice(&bytes, others)
    default: insertLine(&bytes, others)
    }
  }

  // MARK: Bytes

  private mutating func flip(_ bytes: inout [UInt8]) {
    guard !bytes.isEmpty else { return }
    bytes[random.below(bytes.count)] ^= 1 << UInt8(random.below(8))
  }

  private mutating func overwrite(_ bytes: inout [UInt8]) {
    let byte = UInt8(truncatingIfNeeded: random.next())
    if bytes.isEmpty { bytes = [byte] } else { bytes[random.below(bytes.count)] = byte }
  }

  private mutating func removeRange(_ bytes: inout [UInt8]) {
    let start = random.below(bytes.count + 1)
    bytes.removeSubrange(start..<min(bytes.count, start + random.count(upTo: 400)))
  }

  private mutating func copyRange(_ bytes: inout [UInt8]) {
    let start = random.below(bytes.count + 1)
    let end = min(bytes.count, start + random.count(upTo: 400))
    bytes.insert(contentsOf: Array(bytes[start..<end]), at: random.below(bytes.count + 1))
  }

  private mutating func repeatRange(_ bytes: inout [UInt8]) {
    let start = random.below(bytes.count + 1)
    let end = min(bytes.count, start + random.count(upTo: 40))
    insert(Array(bytes[start..<end]), times: random.count(upTo: 1000), into: &bytes, at: end)
  }

  private mutating func truncate(_ bytes: inout [UInt8]) {
    guard random.once(in: 3) else { return }
    bytes = Array(bytes.prefix(random.below(bytes.count + 1)))
  }

  private func insert(
    _ part: [UInt8], times: Int, into bytes: inout [UInt8], at place: Int
  ) {
    let room = max(0, longest - bytes.count)
    let times = part.isEmpty ? 0 : min(times, room / part.count)
    var repeated: [UInt8] = []
    for _ in 0..<times { repeated += part }
    bytes.insert(contentsOf: repeated, at: place)
  }

  // MARK: Words and numbers

  private mutating func insertWord(_ bytes: inout [UInt8], _ vocabulary: Vocabulary) {
    let word = Array(random.element(of: vocabulary.words).utf8)
    let times = random.once(in: 12) ? random.count(upTo: 1000) : 1
    insert(word, times: times, into: &bytes, at: random.below(bytes.count + 1))
  }

  private mutating func replaceWord(_ bytes: inout [UInt8], _ vocabulary: Vocabulary) {
    guard let range = range(around: random.below(bytes.count), in: bytes, where: Self.isLetter)
    else { return insertWord(&bytes, vocabulary) }
    bytes.replaceSubrange(range, with: random.element(of: vocabulary.words).utf8)
  }

  private mutating func replaceNumber(_ bytes: inout [UInt8]) {
    let digits = bytes.indices.filter { Self.isDigit(bytes[$0]) }
    guard !digits.isEmpty,
      let range = range(around: random.element(of: digits), in: bytes, where: Self.isOfNumber)
    else { return }
    bytes.replaceSubrange(range, with: random.element(of: Vocabulary.numbers).utf8)
  }

  private func range(
    around place: Int, in bytes: [UInt8], where isInside: (UInt8) -> Bool
  ) -> Range<Int>? {
    guard bytes.indices.contains(place), isInside(bytes[place]) else { return nil }
    var start = place
    var end = place + 1
    while start > 0, isInside(bytes[start - 1]) { start -= 1 }
    while end < bytes.count, isInside(bytes[end]) { end += 1 }
    return start..<end
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
      || isDigit(byte)
  }

  private static func isOfNumber(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
  }

  // MARK: Lines

  private mutating func line(of bytes: [UInt8]) -> Range<Int> {
    let place = random.below(bytes.count + 1)
    let start = bytes[..<place].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let end = bytes[place...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
    return start..<end
  }

  private mutating func repeatLine(_ bytes: inout [UInt8]) {
    let range = line(of: bytes)
    insert(
      Array(bytes[range]), times: random.count(upTo: 1000), into: &bytes, at: range.upperBound)
  }

  private mutating func removeLine(_ bytes: inout [UInt8]) {
    bytes.removeSubrange(line(of: bytes))
  }

  private mutating func swapLines(_ bytes: inout [UInt8]) {
    let from = line(of: bytes)
    let moved = Array(bytes[from])
    bytes.removeSubrange(from)
    bytes.insert(contentsOf: moved, at: line(of: bytes).lowerBound)
  }

  private mutating func insertLine(_ bytes: inout [UInt8], _ others: [[UInt8]]) {
    guard !others.isEmpty else { return }
    let other = random.element(of: others)
    let taken = Array(other[line(of: other)])
    bytes.insert(contentsOf: taken, at: line(of: bytes).lowerBound)
  }

  /// Joins the head of one text to the tail of another.
  private mutating func splice(_ bytes: inout [UInt8], _ others: [[UInt8]]) {
    guard !others.isEmpty else { return }
    let other = random.element(of: others)
    let head = random.once(in: 2) ? line(of: bytes).lowerBound : random.below(bytes.count + 1)
    let tail = random.once(in: 2) ? line(of: other).lowerBound : random.below(other.count + 1)
    bytes = Array(bytes[..<head]) + Array(other[tail...])
  }

  private static let pairs = [
    ("[", "]"), ("{", "}"), ("(", ")"), ("**", "**"), ("> ", ""), ("- ", ""), ("<b>", "</b>"),
    ("{repeat 2: [", "]}"), ("{residual: [", "]}"), ("\\frac{", "}{2}"), ("`", "`"), ("[[", "]]"),
    ("{{#a}}", "{{/a}}"), ("\"", "\""), ("{a: ", "}"), ("-", ""), ("exp(", ")"), ("![", "]()"),
    ("<div>\n", "\n</div>"), ("*", "_"), ("\\left(", "\\right)"), ("  ", ""),
  ]

  /// Nests a part of the text in many pairs of delimiters.
  private mutating func nest(_ bytes: inout [UInt8]) {
    let (open, close) = random.element(of: Self.pairs)
    let depth = random.count(upTo: 3000)
    let start = random.below(bytes.count + 1)
    let end = min(bytes.count, start + random.below(60))
    insert(Array(close.utf8), times: depth, into: &bytes, at: end)
    insert(Array(open.utf8), times: depth, into: &bytes, at: start)
  }

  private static let prefixes = ["> ", "- ", "    ", "\t", "  ", "# ", "| ", ": ", "1. ", "* "]

  private mutating func prefixLines(_ bytes: inout [UInt8]) {
    let prefix = Array(random.element(of: Self.prefixes).utf8)
    var place = line(of: bytes).lowerBound
    for _ in 0..<random.count(upTo: 60) {
      bytes.insert(contentsOf: prefix, at: place)
      guard let end = bytes[place...].firstIndex(of: UInt8(ascii: "\n")) else { return }
      place = end + 1
    }
  }
}

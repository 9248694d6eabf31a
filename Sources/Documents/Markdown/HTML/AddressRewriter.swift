/// Reads HTML as a browser does, as far as addresses and ids go, and replaces addresses.
///
/// A page may be given whole, or piece by piece as it is written: a comment and the text of `script` and
/// `style` go on in the next piece, a tag does not. Attributes may be in either quotes or in none.
///
/// - Complexity: Linear in the length of the HTML.
package struct AddressRewriter: Sendable {
  /// An address in an attribute.
  package struct Address {
    /// The name of the element, in lower case.
    package var tag: String
    /// `href`, `src`, `poster`, `srcset`, or the `data` of an `object`.
    package var attribute: String
    /// As a browser reads it: with character references resolved.
    package var value: String
    /// The attribute with its name, from the start of the piece; of `srcset` all of it.
    package var attributeRange: Range<Int>
    /// The value as the HTML writes it.
    package var valueRange: Range<Int>

    /// Whether the address is shown or loaded with the page, not followed by its reader.
    package var isEmbedded: Bool { attribute != "href" }
  }

  /// What the next piece goes on with.
  private enum Context: Hashable {
    case markup
    case comment
    /// The text of an element that ends with this end tag.
    case rawText(end: String)
  }

  /// Every id, and every `name` of an anchor, in order.
  package private(set) var ids: [String] = []
  private var context = Context.markup
  private var html: [UInt8] = []
  private var output: [UInt8] = []
  /// Where `html` is copied to the output up to.
  private var copied = 0
  /// Addresses in it are not looked at.
  private var finished = 0..<0

  /// A rewriter at the start of a page.
  package init() {}

  /// Reads a piece of HTML.
  ///
  /// - Parameters:
  ///   - finished: A range whose addresses are final: only its ids are read.
  ///   - replacement: Gives the address to write, or `nil` to leave the one that is there.
  /// - Returns: The piece with its new addresses.
  package mutating func rewrite(
    _ html: [UInt8], finished: Range<Int> = 0..<0, _ replacement: (Address) -> String?
  ) -> [UInt8] {
    self.html = html
    self.finished = finished
    output = []
    copied = 0
    read(replacement)
    defer { (self.html, output) = ([], []) }
    guard copied > 0 else { return html }
    output += html[copied...]
    return output
  }

  private mutating func read(_ replacement: (Address) -> String?) {
    var index = resume()
    while index < html.count {
      guard html[index] == UInt8(ascii: "<"), index + 1 < html.count else {
        index += 1
        continue
      }
      let next = html[index + 1]
      if next == UInt8(ascii: "!"), html[index...].starts(with: "<!--".utf8) {
        context = .comment
        index = skip(to: "-->", from: index + 4)
      } else if isLetter(next) {
        index = startTag(at: index, replacement)
      } else {
        index += next == UInt8(ascii: "/") || next == UInt8(ascii: "!") ? 2 : 1
      }
    }
  }

  /// Where the markup of this piece starts: after the end of what the last one left open.
  private mutating func resume() -> Int {
    switch context {
    case .markup: 0
    case .comment: skip(to: "-->", from: 0)
    case .rawText(let end): skip(to: end, from: 0)
    }
  }

  /// Finds what ends the context; without it, the piece is within the context to its end.
  private mutating func skip(to mark: String, from start: Int) -> Int {
    let mark = Array(mark.utf8)
    var index = start
    while index + mark.count <= html.count {
      if html[index] | 0x20 == mark[0] | 0x20,
        html[index..<(index + mark.count)].elementsEqual(mark, by: { $0 == $1 || $0 | 0x20 == $1 })
      {
        context = .markup
        return index + mark.count
      }
      index += 1
    }
    return html.count
  }

  // MARK: Tags

  /// Reads the tag whose `<` is at `start`.
  ///
  /// - Returns: The index after it; after a tag that starts raw text, the index after that text.
  private mutating func startTag(at start: Int, _ replacement: (Address) -> String?) -> Int {
    var index = start + 1
    while index < html.count, !isNameEnd(html[index]) { index += 1 }
    let name = start + 1..<index
    while index < html.count, html[index] != UInt8(ascii: ">") {
      if isWhitespace(html[index]) || html[index] == UInt8(ascii: "/") {
        index += 1
        continue
      }
      index = attribute(at: index, ofTag: name, replacement)
    }
    let after = min(index + 1, html.count)
    guard index < html.count else { return after }
    let end: String
    switch name.count {
    case 6 where equals(name, "script"): end = "</script"
    case 5 where equals(name, "style"): end = "</style"
    default: return after
    }
    context = .rawText(end: end)
    return skip(to: end, from: after)
  }

  /// Reads one attribute.
  ///
  /// - Returns: The index after it.
  private mutating func attribute(
    at start: Int, ofTag tag: Range<Int>, _ replacement: (Address) -> String?
  ) -> Int {
    var index = start
    while index < html.count, !isNameEnd(html[index]) { index += 1 }
    let name = start..<index
    if name.isEmpty { index += 1 }
    while index < html.count, isWhitespace(html[index]) { index += 1 }
    guard index < html.count, html[index] == UInt8(ascii: "=") else { return index }
    index += 1
    while index < html.count, isWhitespace(html[index]) { index += 1 }
    guard index < html.count else { return index }
    var value = index..<index
    if html[index] == UInt8(ascii: "\"") || html[index] == UInt8(ascii: "'") {
      let quote = html[index]
      index += 1
      value = index..<index
      while index < html.count, html[index] != quote { index += 1 }
      // A value without an end would go on in the next piece.
      guard index < html.count else { return index }
      value = value.lowerBound..<index
      index += 1
    } else {
      while index < html.count, !isWhitespace(html[index]), html[index] != UInt8(ascii: ">") {
        index += 1
      }
      value = value.lowerBound..<index
    }
    read(name, value, ofTag: tag, replacement)
    return index
  }

  private mutating func read(
    _ name: Range<Int>, _ value: Range<Int>, ofTag tag: Range<Int>,
    _ replacement: (Address) -> String?
  ) {
    switch name.count {
    case 2 where equals(name, "id"): ids.append(text(value))
    case 4 where equals(name, "name") && equals(tag, "a"): ids.append(text(value))
    case 3 where equals(name, "src"), 4 where equals(name, "href"),
      4 where equals(name, "data") && equals(tag, "object"), 6 where equals(name, "poster"),
      6 where equals(name, "srcset"):
      guard !(finished.contains(tag.lowerBound) && value.upperBound <= finished.upperBound) else {
        return
      }
      let address = Address(
        tag: lowercase(tag), attribute: lowercase(name), value: text(value),
        attributeRange: name.lowerBound..<value.upperBound, valueRange: value)
      let new =
        address.attribute != "srcset"
        ? replacement(address)
        : Self.replaceSet(address.value) {
          var one = address
          one.value = $0
          return replacement(one)
        }
      guard let new else { return }
      output += html[copied..<value.lowerBound]
      var text = HTMLBytes()
      text.text(new)
      output += text.bytes
      copied = value.upperBound
    default: return
    }
  }

  /// Replaces the addresses of `srcset`: addresses with widths, separated by commas.
  static func replaceSet(_ set: String, _ replacement: (String) -> String?) -> String? {
    let candidates = set.split(separator: ",").map { candidate -> String in
      let words = candidate.split(separator: " ").map(String.init)
      guard let first = words.first else { return String(candidate) }
      return ([replacement(first) ?? first] + words.dropFirst()).joined(separator: " ")
    }
    let joined = candidates.joined(separator: ", ")
    return joined == set ? nil : joined
  }

  // MARK: Bytes

  private func equals(_ range: Range<Int>, _ name: StaticString) -> Bool {
    range.count == name.utf8CodeUnitCount && html.hasIgnoringCase(name, at: range.lowerBound)
  }

  private func lowercase(_ range: Range<Int>) -> String {
    String(decoding: html[range].map { lowercased($0) }, as: UTF8.self)
  }

  /// An attribute's value with the references that Markdown's writers and this project's give.
  private func text(_ range: Range<Int>) -> String {
    let raw = String(decoding: html[range], as: UTF8.self)
    guard raw.utf8.contains(UInt8(ascii: "&")) else { return raw }
    return raw.replacing("&quot;", with: "\"").replacing("&#39;", with: "'").replacing(
      "&#x27;", with: "'"
    )
    .replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
  }

  private func isNameEnd(_ byte: UInt8) -> Bool {
    isWhitespace(byte) || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/")
      || byte == UInt8(ascii: "=")
  }
}

/// Scans HTML as a browser does, as far as addresses and ids are concerned, and replaces addresses.
///
/// A page may be passed whole or in pieces as it is written: a comment, or the text of `script` and
/// `style`, may continue in the next piece; a tag may not. Attributes may be in single, double or
/// no quotes.
///
/// - Complexity: Linear in the length of the HTML.
package struct AddressRewriter: Sendable {
  /// An address in an attribute.
  package struct Address {
    /// The name of the element, in lower case.
    package var tag: String
    /// `href`, `src`, `poster`, `srcset`, or the `data` of an `object`.
    package var attribute: String
    /// The value as a browser reads it, with character references resolved.
    package var value: String
    /// The range of the attribute from its name to its value, in the piece; for `srcset`, all of
    /// it.
    package var attributeRange: Range<Int>
    /// The range of the value as written in the HTML.
    package var valueRange: Range<Int>

    /// Whether the address is shown or loaded with the page, rather than followed by the reader.
    package var isEmbedded: Bool { attribute != "href" }
  }

  /// The context in which the next piece continues.
  private enum Context: Hashable {
    case markup
    case comment
    /// The text of an element that is closed by this end tag.
    case rawText(end: String)
  }

  /// All ids and anchor names, in order.
  package private(set) var ids: [String] = []
  private var context = Context.markup
  private var html: [UInt8] = []
  private var output: [UInt8] = []
  /// The offset up to which `html` was copied to the output.
  private var copied = 0
  /// The range whose addresses are final.
  private var finished = 0..<0

  /// A rewriter at the start of a page.
  package init() {}

  /// Scans a piece of HTML.
  ///
  /// - Parameters:
  ///   - finished: A range whose addresses are final; only its ids are recorded.
  ///   - replacement: Returns a new address, or `nil` to keep the current one.
  /// - Returns: The piece with the new addresses.
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

  /// The offset at which the markup of this piece starts, after the end of a context that the
  /// previous piece left open.
  private mutating func resume() -> Int {
    switch context {
    case .markup: 0
    case .comment: skip(to: "-->", from: 0)
    case .rawText(let end): skip(to: end, from: 0)
    }
  }

  /// Finds the end of the context; if there is none, the rest of the piece belongs to the context.
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

  /// Scans the tag whose `<` is at `start`.
  ///
  /// - Returns: The index after the tag; if the tag starts raw text, the index after that text.
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

  /// Scans one attribute.
  ///
  /// - Returns: The index after the attribute.
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
      // A value without an end would continue in the next piece.
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

  /// Replaces the addresses of a `srcset`: addresses with widths, separated by commas.
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

  /// An attribute's value, with those references resolved that Markdown writers and this program
  /// produce.
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

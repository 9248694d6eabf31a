import Markup

/// One walk over a page's HTML that finds its ids and lets every address in it be replaced.
///
/// It reads tags as a browser does, as far as addresses and ids go: attributes in either quotes or in
/// none, comments and the texts of `script` and `style` left alone. Linear in the page's length.
struct HTMLPass {
  /// An address in an attribute.
  struct Address {
    /// In lower case.
    var tag: String
    var attribute: String
    /// With character references resolved.
    var value: String
  }

  private(set) var output: [UInt8] = []
  /// Every id of the page, and every `name` of an anchor, in order.
  private(set) var ids: [String] = []
  /// What stands within each heading that has an id, by its id.
  private(set) var headings: [String: [UInt8]] = [:]

  private let html: [UInt8]
  private let replacement: (Address) -> String?
  /// Where `html` is copied to the output up to.
  private var copied = 0
  private var openHeading: (id: String, start: Int)?

  /// - Parameter replacement: Gives what to write for an address, or `nil` to leave it.
  init(_ html: [UInt8], replacement: @escaping (Address) -> String?) {
    self.html = html
    self.replacement = replacement
    output.reserveCapacity(html.count + html.count / 16)
    run()
  }

  private mutating func run() {
    var index = 0
    while index < html.count {
      guard html[index] == UInt8(ascii: "<"), index + 1 < html.count else {
        index += 1
        continue
      }
      let next = html[index + 1]
      if next == UInt8(ascii: "!") {
        index =
          html[index...].starts(with: "<!--".utf8) ? end(of: "-->", from: index + 4) : index + 2
      } else if next == UInt8(ascii: "/") {
        closeTag(at: index)
        index += 2
      } else if isLetter(next) {
        index = startTag(at: index)
      } else {
        index += 1
      }
    }
    output += html[copied...]
  }

  /// Reads the tag whose `<` is at `start` and gives the index behind it.
  private mutating func startTag(at start: Int) -> Int {
    var index = start + 1
    while index < html.count, !isNameEnd(html[index]) { index += 1 }
    let name = start + 1..<index
    var id: String?
    while index < html.count, html[index] != UInt8(ascii: ">") {
      if isSpace(html[index]) || html[index] == UInt8(ascii: "/") {
        index += 1
        continue
      }
      let attributeStart = index
      while index < html.count, !isNameEnd(html[index]), html[index] != UInt8(ascii: "=") {
        index += 1
      }
      let attribute = attributeStart..<index
      if attribute.isEmpty { index += 1 }
      while index < html.count, isSpace(html[index]) { index += 1 }
      guard index < html.count, html[index] == UInt8(ascii: "=") else { continue }
      index += 1
      while index < html.count, isSpace(html[index]) { index += 1 }
      guard index < html.count else { break }
      let value: Range<Int>
      if html[index] == UInt8(ascii: "\"") || html[index] == UInt8(ascii: "'") {
        let quote = html[index]
        let valueStart = index + 1
        index = valueStart
        while index < html.count, html[index] != quote { index += 1 }
        value = valueStart..<index
        index = min(index + 1, html.count)
      } else {
        let valueStart = index
        while index < html.count, !isSpace(html[index]), html[index] != UInt8(ascii: ">") {
          index += 1
        }
        value = valueStart..<index
      }
      if let found = read(attribute, value, ofTag: name) { id = id ?? found }
    }
    let after = min(index + 1, html.count)
    if let id, name.count == 2, html[name.lowerBound] | 0x20 == UInt8(ascii: "h"),
      (UInt8(ascii: "1")...UInt8(ascii: "6")).contains(html[name.lowerBound + 1])
    {
      openHeading = (id, after)
    }
    for rawText in ["script", "style"] where equals(name, rawText) {
      return end(of: "</" + rawText, from: after)
    }
    return after
  }

  /// Looks at one attribute and gives the id that it is.
  private mutating func read(
    _ attribute: Range<Int>, _ value: Range<Int>, ofTag tag: Range<Int>
  ) -> String? {
    if equals(attribute, "id") {
      let id = text(value)
      ids.append(id)
      return id
    }
    if equals(attribute, "name"), equals(tag, "a") { ids.append(text(value)) }
    let isSet = equals(attribute, "srcset")
    guard
      isSet || equals(attribute, "href") || equals(attribute, "src") || equals(attribute, "poster")
        || (equals(attribute, "data") && equals(tag, "object"))
    else { return nil }
    let address = Address(
      tag: lowercased(tag), attribute: lowercased(attribute), value: text(value))
    guard let new = isSet ? replaceSet(address) : replacement(address) else { return nil }
    output += html[copied..<value.lowerBound]
    appendEscaped(new.utf8, to: &output)
    copied = value.upperBound
    return nil
  }

  /// `srcset`: addresses with widths, separated by commas.
  private func replaceSet(_ address: Address) -> String? {
    let candidates = address.value.split(separator: ",").map { candidate -> String in
      let words = candidate.split(separator: " ")
      guard let first = words.first else { return String(candidate) }
      var one = address
      one.value = String(first)
      return ([replacement(one) ?? one.value] + words.dropFirst().map(String.init))
        .joined(separator: " ")
    }
    let joined = candidates.joined(separator: ", ")
    return joined == address.value ? nil : joined
  }

  private mutating func closeTag(at start: Int) {
    guard let heading = openHeading, start + 3 < html.count,
      html[start + 2] | 0x20 == UInt8(ascii: "h"),
      (UInt8(ascii: "1")...UInt8(ascii: "6")).contains(html[start + 3])
    else { return }
    headings[heading.id] = Array(html[heading.start..<start])
    openHeading = nil
  }

  private func end(of mark: String, from start: Int) -> Int {
    let mark = Array(mark.utf8)
    var index = start
    while index + mark.count <= html.count {
      if html[index] | 0x20 == mark[0] | 0x20,
        html[index..<(index + mark.count)].elementsEqual(mark, by: { $0 == $1 || $0 | 0x20 == $1 })
      {
        return index + mark.count
      }
      index += 1
    }
    return html.count
  }

  private func equals(_ range: Range<Int>, _ name: String) -> Bool {
    range.count == name.utf8.count && zip(html[range], name.utf8).allSatisfy { $0 | 0x20 == $1 }
  }

  private func lowercased(_ range: Range<Int>) -> String {
    String(decoding: html[range], as: UTF8.self).lowercased()
  }

  /// An attribute's value with the references that this project's writers and Markdown's give.
  private func text(_ range: Range<Int>) -> String {
    let raw = String(decoding: html[range], as: UTF8.self)
    guard raw.utf8.contains(UInt8(ascii: "&")) else { return raw }
    return raw.replacing("&quot;", with: "\"").replacing("&#39;", with: "'")
      .replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
  }

  private func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

  private func isNameEnd(_ byte: UInt8) -> Bool {
    isSpace(byte) || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/")
      || byte == UInt8(ascii: "=")
  }
}

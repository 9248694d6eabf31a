import Diagnostics

/// Raw HTML of an article, and the addresses in it.
extension DocumentWriter {
  mutating func writeHTMLBlock(_ index: Int, _ node: Node) {
    html.line()
    let start = html.bytes.count
    var text = document.textBytes(of: index)
    if document.options.repairsHTML { text = closingAnchors(text) }
    if let tag = firstTagEnd(text) {
      writeTag(text[..<tag])
      html.attributes(list(node))
      text = text[tag...]
    }
    passOn(text)
    rewriteAddresses(from: start, of: node)
    if isPage, summary.isEmpty {
      summary = PlainText.firstParagraph(
        of: Array(html.bytes[start...]), limit: renderer.summaryLength)
    }
    html.line()
  }

  /// Writes inline HTML.
  mutating func writeInlineHTML(_ index: Int, _ node: Node) {
    let text = document.textBytes(of: index)
    if isLinkless {
      let name = HTMLTag.name(in: Array(text), at: 0, end: text.count)
      if name == [UInt8(ascii: "a")] || name == Array("img".utf8) { return }
    }
    let start = html.bytes.count
    passOn(text)
    rewriteAddresses(from: start, of: node)
  }

  /// Closes elements written like `<a name="x"/>`, which in HTML stays open, as `<a name="x"></a>`.
  private func closingAnchors(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let bytes = Array(text)
    guard HTMLTag.find("/>", in: bytes, from: 0, end: bytes.count) != nil else { return text }
    var result: [UInt8] = []
    var at = 0
    while at < bytes.count {
      if bytes[at] == UInt8(ascii: "<"),
        let end = HTMLTag.openTagEnd(in: bytes, at: at, end: bytes.count),
        bytes[end - 2] == UInt8(ascii: "/"),
        case let name = HTMLTag.name(in: bytes, at: at, end: end), HTMLNames.closable.contains(name)
      {
        result += bytes[at..<end - 2]
        result += Array("></".utf8) + name + [UInt8(ascii: ">")]
        at = end
      } else {
        result.append(bytes[at])
        at += 1
      }
    }
    return result[...]
  }

  /// The offset at which attributes can be added to the first tag; `nil` if there is none.
  private func firstTagEnd(_ text: ArraySlice<UInt8>) -> Int? {
    let bytes = Array(text)
    var at = 0
    while at < bytes.count, isWhitespace(bytes[at]) { at += 1 }
    guard at < bytes.count, bytes[at] == UInt8(ascii: "<"),
      let end = HTMLTag.openTagEnd(in: bytes, at: at, end: bytes.count)
    else { return nil }
    return text.startIndex + (bytes[end - 2] == UInt8(ascii: "/") ? end - 2 : end - 1)
  }

  mutating func openElement(_ index: Int, _ node: Node) {
    html.line()
    let start = html.bytes.count
    var tag = document.textBytes(of: index).dropLast()
    if tag.last == UInt8(ascii: "/") { tag.removeLast() }
    writeTag(tag)
    html.attributes(list(node))
    html.raw(node.holdsText ? ">" : ">\n")
    rewriteAddresses(from: start, of: node)
    if isParagraph(index) { paragraphStart = html.bytes.count }
    push(.element, index)
  }

  /// Writes the start of a tag, up to its `>`, without the `markdown` attribute, which is not for
  /// browsers.
  private mutating func writeTag(_ tag: ArraySlice<UInt8>) {
    let bytes = Array(tag) + [UInt8(ascii: ">")]
    let start = bytes.firstIndex(of: UInt8(ascii: "<")) ?? 0
    guard document.options.kramdown,
      let (whole, _) = HTMLTag.attributeRange("markdown", in: bytes, start..<bytes.count)
    else {
      html.passed(tag)
      return
    }
    html.passed(bytes[..<whole.lowerBound])
    html.passed(bytes[whole.upperBound..<bytes.count - 1])
  }

  mutating func closeElement(_ index: Int) {
    let bytes = Array(document.textBytes(of: index))
    if !document.nodes[index].holdsText { html.line() }
    if isParagraph(index) { summarizeParagraph() }
    let start = html.bytes.count
    html.raw("</")
    html.bytes += HTMLTag.name(in: bytes, at: 0, end: bytes.count)
    html.raw(">\n")
    rewriteAddresses(from: start, of: document.nodes[index])
  }

  private func isParagraph(_ index: Int) -> Bool {
    document.textBytes(of: index).prefix(2).elementsEqual("<p".utf8)
      && document.textBytes(of: index).dropFirst(2).first.map { !isAlphanumeric($0) } ?? false
  }

  /// Writes HTML through the tag filter, if that is on.
  private mutating func passOn(_ text: ArraySlice<UInt8>) {
    guard document.options.filtersTags else {
      html.passed(text)
      return
    }
    let bytes = Array(text)
    var copied = 0
    for at in bytes.indices where bytes[at] == UInt8(ascii: "<") {
      let name = HTMLTag.name(in: bytes, at: at, end: bytes.count)
      guard HTMLNames.filtered.contains(name) else { continue }
      html.passed(bytes[copied..<at])
      html.raw("&lt;")
      copied = at + 1
    }
    html.passed(bytes[copied...])
  }

  // MARK: Addresses

  /// Replaces the addresses in the HTML that was just written with those that the page needs, and
  /// records each with its position in the file.
  private mutating func rewriteAddresses(from start: Int, of node: Node) {
    guard let address = renderer.hooks.address else { return }
    let written = Array(html.bytes[start...])
    var found: [RenderedDocument.RawAddress] = []
    // An element's range includes its content, which must not be searched again for every element.
    let end = min(node.range.upperBound, node.range.lowerBound + 8 * written.count + 256)
    var places = SourcePlaces(of: document.file, in: node.range.lowerBound..<end)
    let rewritten = rewriter.rewrite(written) { raw in
      found.append(
        .init(
          value: raw.value, isEmbedded: raw.isEmbedded,
          range: places.next(written[raw.attributeRange], value: raw.valueRange)))
      return address(raw.value)
    }
    guard !found.isEmpty else { return }
    if !isLinkless { rawAddresses += found }
    html.bytes.replaceSubrange(start..., with: rewritten)
  }

  /// Writes the attributes of an element that is not raw HTML, replacing addresses with those that
  /// the page needs.
  mutating func write(
    _ list: AttributeList?, of node: Node, classes: String = "", except: Set<String> = []
  ) {
    guard var list, let address = renderer.hooks.address else {
      html.attributes(list, classes: classes, except: except)
      return
    }
    for index in list.pairs.indices {
      let name = list.pairs[index].name.lowercased()
      guard Self.addressAttributes.contains(name) else { continue }
      var found: [RenderedDocument.RawAddress] = []
      func resolve(_ value: String) -> String? {
        found.append(.init(value: value, isEmbedded: name != "href", range: node.range))
        return address(value)
      }
      let value = list.pairs[index].value
      let new =
        name == "srcset" ? AddressRewriter.replaceSet(value, resolve) : resolve(value)
      if let new { list.pairs[index].value = new }
      if !isLinkless { rawAddresses += found }
    }
    html.attributes(list, classes: classes, except: except)
  }

  private static let addressAttributes: Set<String> = ["href", "src", "poster", "srcset"]
}

/// Finds the positions in the file of consecutive attributes of a piece of HTML. The piece is part
/// of the file, without the prefixes of its lines and with attributes added to its tags.
private struct SourcePlaces {
  private let file: SourceFile
  private let range: Range<Int>
  /// The offset at which to continue; `nil` once an attribute was not found.
  private var next: Int?
  /// The last attribute that was found, in the piece, and its value's range in the file.
  private var last: (piece: Range<Int>, place: Range<Int>)?

  init(of file: SourceFile, in range: Range<Int>) {
    self.file = file
    self.range = range.clamped(to: 0..<file.bytes.count)
    next = self.range.lowerBound
  }

  /// - Parameters:
  ///   - attribute: The attribute with its name.
  ///   - value: The range of its value in the piece.
  /// - Returns: The value's range in the file; the range of the whole HTML if it is not found.
  mutating func next(_ attribute: ArraySlice<UInt8>, value: Range<Int>) -> Range<Int> {
    if let last, last.piece == attribute.indices { return last.place }
    guard var at = next else { return range }
    next = nil
    while at + attribute.count <= range.upperBound {
      if file.bytes[at] == attribute.first,
        file.bytes[at..<(at + attribute.count)].elementsEqual(attribute)
      {
        next = at + attribute.count
        let start = at + value.lowerBound - attribute.startIndex
        let place = start..<start + value.count
        last = (attribute.indices, place)
        return place
      }
      at += 1
    }
    return range
  }
}

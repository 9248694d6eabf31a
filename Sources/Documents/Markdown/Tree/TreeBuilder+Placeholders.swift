import Diagnostics

/// Insertion of the pieces that were set aside.
extension TreeBuilder {
  /// Puts a piece back into the tree.
  ///
  /// - Parameter offset: Its offset in the file, if the piece itself does not record it.
  /// - Returns: The offset in the file after the piece.
  mutating func insert(_ index: Int, at offset: Int) -> Int {
    guard index < source.placeholders.count else { return offset }
    let placeholder = source.placeholders[index]
    let place =
      placeholder.place.isEmpty
      ? offset..<offset + placeholder.original.count
      : Int(placeholder.place.lowerBound)..<Int(placeholder.place.upperBound)
    let content = source.placeholderText[
      Int(placeholder.content.lowerBound)..<Int(placeholder.content.upperBound)]
    switch placeholder.kind {
    case .formula:
      let skipped = Int(placeholder.content.lowerBound - placeholder.original.lowerBound)
      var tex = ExtractedText()
      tex.append(content, at: place.lowerBound + skipped)
      finishRun()
      var node = Node(.formula, place)
      node.first = Int32(
        addFormula(tex, node: document.nodes.count, place: place, isBlock: false))
      addLeaf(node)
    case .autolink:
      insertLink(content, isAddress: placeholder.payload == 1, place)
    case .footnote:
      var node = Node(.footnoteReference, place)
      node.first = placeholder.payload
      addLeaf(node)
    case .attributes:
      insertAttributes(placeholder, content, place)
    case .equationReference:
      finishRun()
      openLink(
        isImage: false, destination: "#" + String(decoding: content, as: UTF8.self), title: "",
        place)
      document.nodes[document.nodes.count - 1].equationStyle =
        placeholder.payload == 1 ? .parenthesized : .bare
      exit()
    case .comment: break
    case .html:
      if options.html == .escape {
        append(content, at: place)
      } else {
        addText(Node(.html, place), Array(content))
      }
    case .literal: append(content, at: place)
    }
    return place.upperBound
  }

  private mutating func insertLink(
    _ content: ArraySlice<UInt8>, isAddress: Bool, _ place: Range<Int>
  ) {
    guard linkDepth == 0 else {
      append(content, at: place)
      return
    }
    let text = String(decoding: content, as: UTF8.self)
    let scheme = isAddress ? "mailto:" : content.starts(with: "www.".utf8) ? "http://" : ""
    finishRun()
    var link = Node(.link, place)
    link.first = Int32(document.links.count)
    link.end = Int32(document.nodes.count + 2)
    document.links.append(
      Link(
        index: document.links.count, node: document.nodes.count, isImage: false,
        destination: scheme + text, title: "", text: text, range: place, html: options.html))
    let at = document.nodes.count
    document.nodes.append(link)
    var child = Node(.text, place, end: at + 2)
    child.first = Int32(document.text.count)
    child.second = Int32(content.count)
    document.text.append(contentsOf: content)
    document.nodes.append(child)
    lastSpan = at
  }

  private mutating func insertAttributes(
    _ placeholder: Placeholder, _ content: ArraySlice<UInt8>, _ place: Range<Int>
  ) {
    guard run < 0, lastSpan >= 0 else {
      append(
        source.placeholderText[
          Int(placeholder.original.lowerBound)..<Int(placeholder.original.upperBound)], at: place
      )
      return
    }
    let bytes = Array(content)
    let skipped = Int(placeholder.content.lowerBound - placeholder.original.lowerBound)
    let found = AttributeListParser.attributes(
      in: bytes, 0..<bytes.count, shift: place.lowerBound + skipped, html: options.html)
    guard !found.list.isEmpty else { return }
    let at = lastSpan
    if document.nodes[at].attributes >= 0 {
      document.attributeLists[Int(document.nodes[at].attributes)].merge(found.list)
    } else {
      document.nodes[at].attributes = Int32(document.attributeLists.count)
      document.attributeLists.append(found.list)
    }
  }

  /// The bytes with the pieces that were set aside replaced by their text in the article.
  func restored(_ text: Span<UInt8>) -> [UInt8] {
    let bytes = Array(copying: text)
    guard bytes.contains(PlaceholderMark.lead) else { return bytes }
    var result: [UInt8] = []
    var at = 0
    while at < bytes.count {
      guard bytes[at] == PlaceholderMark.lead, at + 3 < bytes.count, bytes[at + 1] >= 0x8D else {
        result.append(bytes[at])
        at += 1
        continue
      }
      if PlaceholderMark.isJoiner(bytes[at + 1]) {
        at += 4
        continue
      }
      guard at + 7 < bytes.count else { break }
      let index = PlaceholderMark.index(bytes[at + 2], bytes[at + 3], bytes[at + 6], bytes[at + 7])
      if index < source.placeholders.count {
        let original = source.placeholders[index].original
        result += source.placeholderText[Int(original.lowerBound)..<Int(original.upperBound)]
      }
      at += PlaceholderMark.length
    }
    return result
  }
}

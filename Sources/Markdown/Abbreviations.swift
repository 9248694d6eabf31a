/// The abbreviations of an article, to be looked for in its text.
struct AbbreviationIndex {
  private var names: [[UInt8]] = []
  private var attributes: [AttributeList] = []
  /// By first byte, the names that start with it, longest first.
  private var byFirst: [[Int]] = []

  var isEmpty: Bool { names.isEmpty }

  init(_ abbreviations: [Abbreviation]) {
    guard !abbreviations.isEmpty else { return }
    // The last definition of a name counts.
    var places: [[UInt8]: Int] = [:]
    for abbreviation in abbreviations where !abbreviation.name.isEmpty {
      var list = abbreviation.attributes
      if !abbreviation.title.isEmpty { list.set("title", abbreviation.title) }
      if let place = places[abbreviation.name] {
        attributes[place] = list
      } else {
        places[abbreviation.name] = names.count
        names.append(abbreviation.name)
        attributes.append(list)
      }
    }
    byFirst = [[Int]](repeating: [], count: 256)
    for (index, name) in names.enumerated() { byFirst[Int(name[0])].append(index) }
    for byte in byFirst.indices { byFirst[byte].sort { names[$0].count > names[$1].count } }
  }

  /// The next abbreviation in a range of text: whole words only, a space in a name also matches a line
  /// break and a no-break space.
  func next(in text: [UInt8], _ range: Range<Int>) -> (
    range: Range<Int>, attributes: AttributeList
  )? {
    var at = range.lowerBound
    while at < range.upperBound {
      let candidates = byFirst[Int(text[at])]
      if !candidates.isEmpty, at == range.lowerBound || !isWordByte(text[at - 1]) {
        for index in candidates {
          guard let end = matchEnd(names[index], text, at..<range.upperBound),
            end == range.upperBound || !isWordByte(text[end])
          else { continue }
          return (at..<end, attributes[index])
        }
      }
      at += 1
    }
    return nil
  }

  /// Where a name ends that starts with the range. A space in it may be a line break or a space that
  /// does not break.
  private func matchEnd(_ name: [UInt8], _ text: [UInt8], _ range: Range<Int>) -> Int? {
    var at = range.lowerBound
    for byte in name {
      guard at < range.upperBound else { return nil }
      if byte == text[at] || byte == 0x20 && text[at] == 0x0A {
        at += 1
      } else if byte == 0x20, at + 1 < range.upperBound, text[at] == 0xC2, text[at + 1] == 0xA0 {
        at += 2
      } else {
        return nil
      }
    }
    return at
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || byte == UInt8(ascii: "_")
  }
}

extension TreeBuilder {
  /// Splits a text node, the last one, at the abbreviations in it.
  mutating func splitAbbreviations(_ node: Int) {
    var node = node
    let first = Int(document.nodes[node].first)
    let end = first + Int(document.nodes[node].second)
    var start = first
    let place = document.nodes[node].range
    while let (range, attributes) = abbreviations.next(in: document.text, start..<end) {
      document.nodes[node].second = Int32(range.lowerBound - start)
      var found = Node(.abbreviation, place, end: document.nodes.count + 1)
      found.first = Int32(range.lowerBound)
      found.second = Int32(range.count)
      found.attributes = Int32(document.attributeLists.count)
      document.attributeLists.append(attributes)
      document.nodes.append(found)
      start = range.upperBound
      var rest = Node(.text, place, end: document.nodes.count + 1)
      rest.first = Int32(start)
      rest.second = Int32(end - start)
      node = document.nodes.count
      document.nodes.append(rest)
    }
  }
}

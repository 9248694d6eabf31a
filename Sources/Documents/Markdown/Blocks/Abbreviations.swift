/// The abbreviations of an article as a trie of their bytes, so that a lookup costs the length of
/// the match, however many abbreviations there are.
struct AbbreviationIndex {
  /// The maximum length of a name; longer ones are ignored, which keeps the time linear.
  private static let longestName = 255

  /// The index of the next node, by a node's index and a byte.
  private var children: [Int: Int] = [:]
  /// By node, the index of the attributes of the name that ends there; -1 for none.
  private var ends: [Int] = [-1]
  private var attributes: [AttributeList] = []
  /// By byte, whether a name starts with it.
  private var starts = [Bool](repeating: false, count: 256)

  var isEmpty: Bool { attributes.isEmpty }

  init(_ abbreviations: [Abbreviation]) {
    for abbreviation in abbreviations {
      guard (1...Self.longestName).contains(abbreviation.name.count) else { continue }
      var list = abbreviation.attributes
      if !abbreviation.title.isEmpty { list.set("title", abbreviation.title) }
      var node = 0
      for byte in abbreviation.name {
        let key = node << 8 | Int(byte)
        if let next = children[key] {
          node = next
        } else {
          children[key] = ends.count
          node = ends.count
          ends.append(-1)
        }
      }
      starts[Int(abbreviation.name[0])] = true
      // The last definition of a name wins.
      ends[node] = attributes.count
      attributes.append(list)
    }
  }

  /// The next abbreviation in a range of text: the longest match of whole words. A space in a name
  /// also matches a line break and a no-break space.
  func next(in text: [UInt8], _ range: Range<Int>) -> (
    range: Range<Int>, attributes: AttributeList
  )? {
    for at in range where starts[Int(text[at])] {
      guard at == range.lowerBound || !isWordByte(text[at - 1]),
        let (end, found) = longestMatch(in: text, at..<range.upperBound)
      else { continue }
      return (at..<end, attributes[found])
    }
    return nil
  }

  private func longestMatch(in text: [UInt8], _ range: Range<Int>) -> (end: Int, found: Int)? {
    var longest: (end: Int, found: Int)?
    var node = 0
    var at = range.lowerBound
    while at < range.upperBound {
      if let next = children[node << 8 | Int(text[at])] {
        node = next
        at += 1
      } else if text[at] == 0x0A, let next = children[node << 8 | 0x20] {
        node = next
        at += 1
      } else if at + 1 < range.upperBound, text[at] == 0xC2, text[at + 1] == 0xA0,
        let next = children[node << 8 | 0x20]
      {
        node = next
        at += 2
      } else {
        break
      }
      if ends[node] >= 0, at == range.upperBound || !isWordByte(text[at]) {
        longest = (at, ends[node])
      }
    }
    return longest
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || byte == UInt8(ascii: "_")
  }
}

extension TreeBuilder {
  /// Splits the last node, a text node, at the abbreviations in it.
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
